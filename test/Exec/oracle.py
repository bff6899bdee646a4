#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Effects erased or not, a program computes the same.

Compiles a program with -DCORO_ERASE_EFFECTS and without the plugin, then with
the plugin in many configurations; every run must have the same standard output,
standard error and exit status. Says which configurations differ.

What means nothing with effects erased, such as a generator, has its output in
the program instead, in lines `// ORACLE-EXPECTS: ...`; its status is then 0.

In the program, a line `// ORACLE-FLAGS: ...` adds options of clang, and:
  --lto      also link-time optimisation
  --stress   plain C: the plugin makes coroutines of all of it
  --only=... only levels and switches whose name matches one of these, by comma
"""

import argparse
import difflib
import hashlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"]
SWITCHES = ["no-overlay", "spill-all", "no-remat", "no-fuse", "no-direct-resume",
            "poison-dead"]
ARMS = ["poison,scribble,again", "context,guard,poison", "move,scribble",
        "poison,threads", "guard,move,context"]
LTO = ["-flto"]


def plugin(*switches):
    return [f"-fplugin-arg-coro-{s}" for s in switches]


def configurations(amount, lto):
    """Name -> clang's options. A switch shows what one level hides."""
    few = {level: [level] for level in LEVELS}
    few["-O0 poison-dead"] = ["-O0"] + plugin("poison-dead")
    few["-O2 poison-dead"] = ["-O2"] + plugin("poison-dead")
    few["-O2 spill-all"] = ["-O2"] + plugin("spill-all")
    few["-O2 no-fuse"] = ["-O2"] + plugin("no-fuse")
    if lto:
        few["-O2 lto"] = ["-O2"] + LTO
    if amount == "few":
        return few
    usual = dict(few)
    usual["-O2 -g"] = ["-O2", "-g"]
    for level in ["-O0", "-O2"]:
        for switch in SWITCHES:
            usual[f"{level} {switch}"] = [level] + plugin(switch)
    if amount == "usual":
        return usual
    every = dict(usual)
    every["-O2 lto"] = ["-O2"] + LTO
    every["-O2 thin lto"] = ["-O2", "-flto=thin"]
    every["-O0 -g"] = ["-O0", "-g"]
    every["-Og"] = ["-Og"]
    every["-O1 zero init"] = ["-O1", "-ftrivial-auto-var-init=zero"]
    for level in LEVELS:
        for switch in SWITCHES:
            every[f"{level} {switch}"] = [level] + plugin(switch)
        every[f"{level} no-overlay no-remat"] = [level] + plugin(
            "no-overlay", "no-remat")
    return every


class TooSlow(Exception):
    pass


def execute(command, seconds, env=None):
    """(status, stdout, stderr). Ends what the command started as well."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
        stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise TooSlow() from None
    return process.returncode, out, err


def clang(name, verb, command):
    """Nothing, or what clang said."""
    try:
        status, out, err = execute(command, 120)
    except TooSlow:
        return f"{name} takes over 120 s to {verb}"
    if status or err:
        return f"{name} does not {verb}:\n{(out + err).decode()}"
    return ""


class Oracle:
    def __init__(self, options, source, flags):
        self.options = options
        self.source = source
        self.flags = flags
        self.clang = f"{options.llvm}/bin/clang"
        self.lib = f"{options.build}/lib"
        stem = re.sub(r"\W", "_", str(source.resolve()))
        self.work = Path(options.build) / "test" / "oracle" / stem
        self.work.mkdir(parents=True, exist_ok=True)
        self.seen = {}

    def compile(self, name, flags):
        """The object, and what clang said if there is none."""
        target = self.work / "program.o"
        message = clang(name, "compile", [
            self.clang, "-std=gnu17", "-Wall", "-Werror",
            "-fno-crash-diagnostics", "-I", self.options.include, *self.flags,
            *flags, "-c", str(self.source), "-o", str(target)])
        return target, message

    def link(self, name, target, flags, runtime):
        program = self.work / "program"
        lto = [f for f in flags if f.startswith("-flto")]
        if lto:
            lto.append(f"-Wl,--load-pass-plugin={self.lib}/libcoro.so")
        message = clang(name, "link", [
            self.clang, "-fuse-ld=lld", *lto, str(target),
            f"{self.lib}/{runtime}", "-pthread", "-lm", "-o", str(program)])
        return program, message

    def run(self, program, arms="none"):
        try:
            return execute([str(program)], self.options.seconds,
                           dict(os.environ, CORO_STRESS=arms))
        except TooSlow:
            return "timeout", b"", b""

    def outcome(self, name, flags, runtime, arms="none"):
        """(status, stdout, stderr) and no message, or None and a message."""
        target, message = self.compile(name, flags)
        if message:
            return None, message
        # The same object in the same circumstances is the same run.
        key = hashlib.sha256(target.read_bytes() + arms.encode()).digest()
        if key not in self.seen:
            program, message = self.link(name, target, flags, runtime)
            if message:
                return None, message
            self.seen[key] = self.run(program, arms)
        return self.seen[key], ""

    def expected(self):
        printed = re.findall(r"^// ORACLE-EXPECTS: ?(.*)$",
                             self.source.read_text(), re.M)
        if printed:
            return (0, "".join(p + "\n" for p in printed).encode(), b""), ""
        result, message = self.outcome(
            "effects erased", ["-O1", "-DCORO_ERASE_EFFECTS"],
            "libcoro_rt_blocking.a")
        self.seen.clear()
        return result, message

    def actual(self, name, flags, arms):
        return self.outcome(name, [f"-fplugin={self.lib}/libcoro.so"] +
                            plugin("verify") + flags, "libcoro_rt.a", arms)


def describe(name, expected, actual):
    lines = [f"{name} differs from what is expected:"]
    if expected[0] != actual[0]:
        lines.append(f"  status {actual[0]}, expected {expected[0]}")
    for stream, index in (("stdout", 1), ("stderr", 2)):
        old, new = (r[index].decode(errors="replace").splitlines()
                    for r in (expected, actual))
        diff = list(difflib.unified_diff(old, new, f"erased {stream}",
                                         f"{name} {stream}", lineterm="", n=1))
        lines += ["  " + line for line in diff[:20]]
    return "\n".join(lines)


def chosen(options):
    """The configurations that the command line and the program ask for."""
    found = configurations(options.amount, options.lto)
    if options.only:
        wanted = options.only.split(",")
        found = {n: f for n, f in found.items() if any(w in n for w in wanted)}
    return found


def compare(oracle, options):
    expected, message = oracle.expected()
    if expected is None:
        return [message]
    if expected[0] == "timeout" or expected[2]:
        return [f"effects erased: {expected[0]}, {expected[2].decode()}"]
    wrong = []
    for index, (name, flags) in enumerate(chosen(options).items()):
        arms = "none"
        if options.stress:
            arms = ARMS[index % len(ARMS)]
            flags = flags + plugin("stress")
            name += f" stress CORO_STRESS={arms}"
        actual, message = oracle.actual(name, flags, arms)
        if actual is None:
            wrong.append(message)
        elif actual != expected:
            wrong.append(describe(name, expected, actual))
    return wrong


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter,
        allow_abbrev=False)
    parser.add_argument("source", type=Path)
    parser.add_argument("--llvm", default="/usr/lib/llvm-22")
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--build", default=str(root / "build"))
    parser.add_argument("--include", default=str(root / "include"))
    parser.add_argument("--seconds", type=float, default=20, help="for one run")
    for amount in ["few", "usual", "all"]:
        parser.add_argument(f"--{amount}", dest="amount", action="store_const",
                            const=amount)
    parser.set_defaults(amount="usual")
    parser.add_argument("--lto", action="store_true")
    parser.add_argument("--stress", action="store_true")
    parser.add_argument("--only")
    options = parser.parse_args()
    in_source = " ".join(re.findall(r"^// ORACLE-FLAGS:(.*)$",
                                    options.source.read_text(), re.M)).split()
    _, flags = parser.parse_known_args([str(options.source)] + in_source,
                                       namespace=options)
    return options, flags


def main():
    options, flags = arguments()
    wrong = compare(Oracle(options, options.source, flags), options)
    for message in wrong:
        print(message)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
