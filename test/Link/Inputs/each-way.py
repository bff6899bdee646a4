#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: each-way.py FOLDER SOURCES -- COMPILER...

Builds the chain of three units in many ways, and runs each: the program prints
the same in all of them.
"""
import pathlib
import subprocess
import sys

EXPECTED = """\
one: 2 314 name of 2
large: 128
total: 18
note: end
316
one: 4 317 name of 4
large: 256
total: 18
note: end
321
"""
UNITS = ["one", "two", "three"]
WAYS = {
    **{level: [[level]] * 4 for level in ["-O0", "-O1", "-O2", "-Os", "-Oz"]},
    "-O2 -g": [["-O2", "-g"]] * 4,
    "-O0 -g": [["-O0", "-g"]] * 4,
    "units at 0, 2, 3, linked at 1": [["-O0"], ["-O2"], ["-O3"], ["-O1"]],
    "units at 2, 0, 2, linked at 0": [
        ["-O2"], ["-O0"], ["-O2"], ["-O2", "-Wl,--lto-O0"]],
}


def build(compiler, folder, sources, flags):
    objects = []
    for unit, options in zip(UNITS, flags):
        objects.append(str(folder / (unit + ".o")))
        subprocess.run([*compiler, "-flto", *options, "-c",
                        str(sources / (unit + ".c")), "-o", objects[-1]],
                       check=True)
    program = folder / "program"
    subprocess.run([*compiler, "-flto", *flags[-1], *objects, "-o",
                    str(program)], check=True)
    return subprocess.run([str(program)], capture_output=True, text=True)


def main():
    folder, sources = map(pathlib.Path, sys.argv[1:3])
    compiler = sys.argv[sys.argv.index("--") + 1:]
    failed = False
    for name, flags in WAYS.items():
        done = build(compiler, folder, sources, flags)
        if done.returncode or done.stdout != EXPECTED:
            print(f"{name}: status {done.returncode}\n{done.stdout}",
                  file=sys.stderr)
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
