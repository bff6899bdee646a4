#!/usr/bin/python3
"""How compile time grows with a program, beside C++20 coroutines.

    test/bench/compile_time.py [-O2] [--shape NAME] [--with NAME] [--scale 0.1]
                               [--rounds 3]

Each shape is compiled with n, 2n and 4n of something in it, with coro, without
it (effects erased), and as C++20 coroutines, in turn, at -O0 and at -O2. 4n is a
function with 10,000 suspensions, one with 100,000 instructions, one with 2000
values alive over as many suspensions, and 2000 functions. The figures are the
least processor seconds of some rounds, less what compiling an empty file takes,
and in brackets the growth from half of it: 2 is linear, 4 is quadratic. What
clang's own passes make superlinear is so without coro too. What takes more than
--limit seconds is given up and not tried with more.
"""

import argparse
import math
import os
import resource
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

C = "#include <coro/coro.h>\nint get(int);\n"
CPP = """#include <coroutine>
extern "C" int get(int);
struct Task {
  struct promise_type {
    int value;
    std::coroutine_handle<> caller;
    Task get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct Final {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> h) noexcept {
        return h.promise().caller;
      }
      void await_resume() noexcept {}
    };
    Final final_suspend() noexcept { return {}; }
    void return_value(int v) { value = v; }
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
  bool await_ready() noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
    handle.promise().caller = caller;
    return handle;
  }
  int await_resume() { return handle.promise().value; }
  ~Task() { handle.destroy(); }
};
"""
WAIT = {"c": "coro_suspend();", "cpp": "co_await std::suspend_always{};"}
RETURN = {"c": "return", "cpp": "co_return"}


def one_function(language, lines):
    head = "yields int f(int x)" if language == "c" else "Task f(int x)"
    return head + " {\n" + "\n".join(lines) + f"\n{RETURN[language]} x;\n}}\n"


def suspensions(language, n):
    return one_function(
        language, [f"x += get(x ^ {i}); {WAIT[language]}" for i in range(n)])


def instructions(language, n):
    """About ten instructions a line, a suspension every thousand."""
    return one_function(language, [
        f"x += get(x ^ {i}); if (x > {i}) x -= 3 * x;"
        + (WAIT[language] if i % 100 == 0 else "") for i in range(n // 10)])


def variables(language, n):
    """As many values alive across suspensions as there are of those."""
    names = [f"v{i}" for i in range(n)]
    return one_function(
        language, [f"int {v} = get({i}); {WAIT[language]}"
                   for i, v in enumerate(names)]
        + ["x += " + " + ".join(names[i:i + 50]) + ";"
           for i in range(0, n, 50)])


def functions(language, n):
    """Each waits in a loop and calls the one before."""
    text = []
    for i in range(n):
        if language == "c":
            text.append(f"yields int f{i}(int x) {{ for (int i = 0; i < x; i++)"
                        " { x += get(i); coro_suspend(); }"
                        + (f" if (get(x)) x += f{i - 1}(x);" if i % 10 else "")
                        + " return x; }")
        else:
            text.append(f"Task f{i}(int x) {{ for (int i = 0; i < x; i++)"
                        " { x += get(i); co_await std::suspend_always{}; }"
                        + (f" if (get(x)) x += co_await f{i - 1}(x);"
                           if i % 10 else "") + " co_return x; }")
    return "\n".join(text) + "\n"


SHAPES = {
    "suspensions": (suspensions, 2500),
    "instructions": (instructions, 25000),
    "variables": (variables, 500),
    "functions": (functions, 500),
}


def compilers(arguments):
    """Of each: the language, and the command."""
    clang = arguments.clang
    coro = [clang, "-fplugin=" + arguments.plugin,
            "-I" + os.path.join(ROOT, "include")]
    erased = [clang, "-DCORO_ERASE_EFFECTS", "-I" + os.path.join(ROOT, "include")]
    every = {"coro": ("c", coro), "erased": ("c", erased),
             "C++20": ("cpp", [clang + "++", "-std=c++20", "-fno-exceptions"])}
    return {name: every[name] for name in arguments.compilers or every}


def seconds(command, path, limit):
    """Infinite where it takes too long."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run([*command, "-w", "-c", path, "-o", os.devnull],
                       check=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return math.inf
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime
            - before.ru_utime - before.ru_stime)


def measure(shape, level, arguments, folder):
    write, count = SHAPES[shape]
    count = max(1, int(count * arguments.scale))
    jobs = []
    for name, (language, command) in compilers(arguments).items():
        for factor in (0, 1, 2, 4):
            path = os.path.join(folder, f"{shape}-{factor}.{language}")
            with open(path, "w", encoding="utf-8") as file:
                file.write(C if language == "c" else CPP)
                if factor:
                    file.write(write(language, count * factor))
            jobs.append((name, factor, [*command, level], path))
    least = {}
    for _ in range(arguments.rounds):
        for name, factor, command, path in jobs:
            if least.get((name, factor // 2)) == math.inf:
                taken = math.inf
            else:
                taken = seconds(command, path, arguments.limit)
            least[name, factor] = min(taken, least.get((name, factor), taken))
    for name in compilers(arguments):
        row = [least[name, factor] - least[name, 0] for factor in (1, 2, 4)]
        line = f"{shape:<14}{level:<4}{count:>7}  {name:<7}"
        for i, taken in enumerate(row):
            if taken == math.inf:
                line += f"{'>' + str(arguments.limit):>8}      "
                continue
            line += f"{taken:>8.2f}"
            if i:
                line += f" ({taken / max(row[i - 1], 0.005):.1f})"
        print(line, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-O", dest="levels", action="append")
    parser.add_argument("--shape", choices=SHAPES, action="append")
    parser.add_argument("--with", dest="compilers", action="append",
                        choices=("coro", "erased", "C++20"))
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--clang", default="/usr/lib/llvm-22/bin/clang")
    parser.add_argument("--plugin",
                        default=os.path.join(ROOT, "build/lib/libcoro.so"))
    arguments = parser.parse_args()
    print(f"{'shape':<18}{'n':>7}  {'':<7}{'n':>8}{'2n':>8}{'':6}{'4n':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for shape in arguments.shape or SHAPES:
            for level in arguments.levels or ("0", "2"):
                measure(shape, "-O" + level, arguments, folder)


if __name__ == "__main__":
    main()
