#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: count-instructions.py FOLDER COUNT -- OPT...

Runs the passes under callgrind on a function with COUNT of something, and with
four times as many: suspensions in a row, 50 values that are alive over all of
them, branches and loops around them, calls, variables whose addresses are known
elsewhere; and on COUNT small functions. Linear is a factor of 4 and quadratic 16;
what opt takes to start is taken off. Each is asked for by itself, so that what is
linear hides nothing.
"""
import pathlib
import re
import subprocess
import sys

LIMIT = 5
HEAD = """declare void @__coro_suspend()
declare i32 @get(i32)
declare void @use(ptr)
declare !coro.yields !0 !coro.limit !1 i32 @waits(i32)
!0 = !{}
!1 = !{i64 32}
"""


def block(n):
    lines = []
    for i in range(n):
        lines += [f"  %g{i} = call i32 @get(i32 %v{i})",
                  "  call void @__coro_suspend()",
                  f"  %v{i + 1} = add i32 %g{i}, {i}"]
    return function("block", lines, n)


def calls(n):
    return function("calls", [
        f"  %v{i + 1} = call i32 @waits(i32 %v{i})" for i in range(n)], n)


def variables(n):
    lines = [f"  %a{i} = alloca i32" for i in range(n)]
    for i in range(n):
        lines += [f"  call void @llvm.lifetime.start.p0(LIFETIMEptr %a{i})",
                  f"  store i32 %v{i}, ptr %a{i}",
                  f"  call void @use(ptr %a{i})",
                  "  call void @__coro_suspend()",
                  f"  %v{i + 1} = load i32, ptr %a{i}",
                  f"  call void @llvm.lifetime.end.p0(LIFETIMEptr %a{i})"]
    return function("variables", lines, n)


def function(name, lines, n):
    return "\n".join([f"define i32 @{name}(i32 %v0) !coro.yields !0 {{",
                      *lines, f"  ret i32 %v{n}", "}", ""])


def alive(n):
    lines = [f"  %k{i} = call i32 @get(i32 {i})" for i in range(50)]
    for i in range(n):
        lines += [f"  %v{i + 1} = call i32 @get(i32 %v{i})",
                  "  call void @__coro_suspend()"]
    lines += [f"  %w{i} = call i32 @get(i32 %k{i})" for i in range(50)]
    return function("alive", lines, n)


def branches(n):
    """A loop around a suspension, in an arm that may be passed by."""
    lines = ["  br label %b0"]
    for i in range(n):
        lines += [f"b{i}:",
                  f"  %p{i} = phi i32 "
                  + (f"[ %p{i - 1}, %b{i - 1} ], [ %n{i - 1}, %l{i - 1} ]"
                     if i else "[ %v0, %0 ]"),
                  f"  %c{i} = icmp eq i32 %p{i}, {i}",
                  f"  br i1 %c{i}, label %l{i}, label %b{i + 1}",
                  f"l{i}:",
                  f"  %q{i} = phi i32 [ %p{i}, %b{i} ], [ %n{i}, %l{i} ]",
                  "  call void @__coro_suspend()",
                  f"  %n{i} = call i32 @get(i32 %q{i})",
                  f"  %d{i} = icmp eq i32 %n{i}, 0",
                  f"  br i1 %d{i}, label %l{i}, label %b{i + 1}"]
    lines += [f"b{n}:",
              f"  %v{n} = phi i32 [ %p{n - 1}, %b{n - 1} ],"
              f" [ %n{n - 1}, %l{n - 1} ]"]
    return function("branches", lines, n)


def functions(n):
    return "".join(f"""define i32 @small{i}(i32 %n) !coro.yields !0 {{
  br label %loop
loop:
  %left = phi i32 [ %n, %0 ], [ %next, %loop ]
  call void @__coro_suspend()
  %next = sub i32 %left, 1
  %more = icmp ne i32 %next, 0
  br i1 %more, label %loop, label %end
end:
  ret i32 %n
}}
""" for i in range(n))


def instructions(opt, folder, text):
    path = folder / "module.ll"
    lifetime = "" if newer(opt) else "i64 4, "
    path.write_text(HEAD + text.replace("LIFETIME", lifetime))
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         *opt, "-passes=coro", str(path), "-o", "/dev/null"],
        capture_output=True, text=True, check=False)
    count = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not count:
        sys.exit(done.stderr)
    return int(count.group(1))


def without_debug_information(opt, folder):
    """valgrind gives up on debug information that it cannot read."""
    flag = "-load-pass-plugin="
    strip = pathlib.Path(opt[0]).with_name("llvm-strip")
    for i, option in enumerate(opt):
        if option.startswith(flag):
            copy = folder / "plugin.so"
            subprocess.run([str(strip), option[len(flag):], "-o", str(copy)],
                           check=True)
            opt[i] = flag + str(copy)


def newer(opt):
    version = subprocess.run([opt[0], "--version"], capture_output=True,
                             text=True, check=True).stdout
    return int(re.search(r"version (\d+)", version).group(1)) >= 22


def main():
    folder, n = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    opt = sys.argv[sys.argv.index("--") + 1:]
    folder.mkdir(exist_ok=True)
    without_debug_information(opt, folder)
    start = instructions(opt, folder, "")
    failed = False
    for shape in block, alive, branches, calls, variables, functions:
        once, more = (instructions(opt, folder, shape(k)) - start
                      for k in (n, 4 * n))
        print(f"{shape.__name__}: {once} and {more} instructions, "
              f"{more / once:.2f} times as many")
        failed |= more > LIMIT * once
    sys.exit(failed)


main()
