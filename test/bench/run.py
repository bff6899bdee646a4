#!/usr/bin/python3
"""Builds the benchmark programs, runs them, and prints their tables.

Times are medians of alternating rounds inside one process; the second column
is the ratio to what is written by hand. Compile times are medians of whole
compilations, with and without the plugin, in turn, in seconds of processor
time, which other work on the machine changes little.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COROCC = os.path.join(ROOT, "build", "bin", "corocc")
PLUGIN = os.path.join(ROOT, "build", "lib", "libcoro.so")
ROUNDS = 9


def clang():
    """The clang that corocc was made for."""
    for line in open(COROCC):
        if line.startswith("clang="):
            return line.split(":-")[1].rstrip("}\n")
    sys.exit("bench: no clang in " + COROCC)


def programs(folder):
    for name in ("resume",):
        source = os.path.join(ROOT, "test", "bench", name + ".c")
        program = os.path.join(folder, name)
        subprocess.run([COROCC, "-O2", source, "-o", program], check=True)
        subprocess.run([program], check=True)


def levels(folder):
    """C with coro, C, and C++ in one program."""
    objects = []

    def compiled(compiler, name):
        objects.append(os.path.join(folder, name + ".o"))
        source = os.path.join(ROOT, "test", "bench", name)
        subprocess.run(compiler + ["-O2", "-c", source, "-o", objects[-1]], check=True)

    for name in ("levels.c", "levels-raises.c", "levels-codes.c"):
        compiled([COROCC], name)
    compiled([clang() + "++", "-std=c++23"], "levels-throws.cpp")
    program = os.path.join(folder, "levels")
    subprocess.run([COROCC] + objects + ["-lstdc++", "-o", program], check=True)
    subprocess.run([program], check=True)


def handler_frame(folder):
    program = os.path.join(folder, "echo")
    source = os.path.join(ROOT, "docs", "examples", "echo.c")
    subprocess.run([COROCC, "-O2", source, "-o", program], check=True)
    size = subprocess.run([program, "--frame"], check=True, capture_output=True)
    print("frame: echo's connection     %6d bytes" % int(size.stdout))


def code_sizes():
    for name in ("raising.py", "cancelling.py"):
        script = os.path.join(ROOT, "test", "bench", name)
        build = os.path.join(ROOT, "build")
        subprocess.run([sys.executable, script, "--build", build], check=True)


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def plain_file(folder):
    """A file without effects: the time the plugin adds, and its object."""
    source = os.path.join(folder, "plain.c")
    with open(source, "w") as out:
        out.write("#include <stdio.h>\n#include <string.h>\n")
        for i in range(1500):
            out.write(
                "int f%d(int n, char *p) { int s = 0; for (int i = 0; i < n; i++)"
                ' { s += p[i] * %d; if (s %% 7 == 3) printf("%%d\\n", s); }'
                " memset(p, s, (size_t)n); return s; }\n" % (i, i)
            )
    with_plugin, without, same = [], [], True
    for _ in range(ROUNDS):
        objects = []
        for flags, times in ((["-fplugin=" + PLUGIN], with_plugin), ([], without)):
            objects.append(os.path.join(folder, "plain%d.o" % len(objects)))
            command = [clang(), "-O2", "-c", source, "-o", objects[-1]] + flags
            times.append(seconds(command))
        with open(objects[0], "rb") as a, open(objects[1], "rb") as b:
            same = same and a.read() == b.read()
    a, b = statistics.median(with_plugin), statistics.median(without)
    print("compile, no effects: plugin  %6.3f s   %5.2f" % (a, a / b))
    print("compile, no effects: without %6.3f s   %5.2f" % (b, 1.0))
    print("objects identical            %s" % ("yes" if same else "NO"))
    return same


FRONT_END_COROUTINES = 200
FRONT_END_LINES = 10000


def front_end_source():
    """Functions that call one another, wait, and do ordinary things between."""
    lines = ["#include <coro/coro.h>", "void use(int *);"]
    body = FRONT_END_LINES // FRONT_END_COROUTINES - 7
    for i in range(FRONT_END_COROUTINES):
        lines.append("yields static int step%d(int n) {" % i)
        lines += ["  int sum = n, kept[4] = {n};", "  for (int i = 0; i < n; i++) {"]
        for j in range(body):
            lines.append(
                "    coro_suspend();"
                if j % 10 == 0
                else "    if (sum %% %d == i) sum += kept[i & 3] * %d;" % (j + 2, j)
            )
        callee = "step%d(sum)" % (i - 1) if i % 8 else "sum"
        lines += ["    use(kept);", "  }", "  return %s;" % callee, "}", ""]
    last = "step%d" % (FRONT_END_COROUTINES - 1)
    lines.append("int run(void) { return coro_block_on(%s, 1); }" % last)
    return "\n".join(lines) + "\n"


def front_end(folder):
    """A file full of effects: what checking them adds to parsing it."""
    source = os.path.join(folder, "effects.c")
    with open(source, "w") as out:
        out.write(front_end_source())
    checked, erased = [], []
    syntax = [clang(), "-fsyntax-only", "-I" + os.path.join(ROOT, "include"), source]
    for _ in range(ROUNDS):
        checked.append(seconds(syntax + ["-fplugin=" + PLUGIN]))
        erased.append(seconds(syntax + ["-DCORO_ERASE_EFFECTS"]))
    a, b = statistics.median(checked), statistics.median(erased)
    print("front end, effects: checked  %6.3f s   %5.2f" % (a, a / b))
    print("front end, effects: erased   %6.3f s   %5.2f" % (b, 1.0))


def main():
    with tempfile.TemporaryDirectory() as folder:
        programs(folder)
        levels(folder)
        handler_frame(folder)
        code_sizes()
        front_end(folder)
        if not plain_file(folder):
            sys.exit(1)


if __name__ == "__main__":
    main()
