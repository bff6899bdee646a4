# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""objects.py same|twice|debug <work folder> <source> <flag>... -- <clang>...

Compares objects byte for byte, at every level of optimisation and with each of
the flags in turn:

  same    with the plugin (-fplugin among clang's words) and without
  twice   twenty compilations with the plugin
  debug   code and data with -g and without
"""

import os
import re
import subprocess
import sys

LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"]


def run(command):
    subprocess.run(command, check=True)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def loaded(clang, path, level):
    """What of an object gets into memory. At -O0 -g a part keeps its frame's
    address where the debugger finds it, so there it is the data alone."""
    sections = [".rodata", ".data.rel.ro"] + [".text"] * (level != "-O0")
    tool = subprocess.check_output(
        [clang[0], "-print-prog-name=llvm-objcopy"], text=True).strip()
    contents = []
    for section in sections:
        dump = path + section
        run([tool, f"--dump-section={section}={dump}", path, path + ".copy"])
        contents.append(read(dump))
    return contents


def main():
    how, folder, source = sys.argv[1:4]
    split = sys.argv.index("--")
    variants = [[]] + [v.split("+") for v in sys.argv[4:split]]
    clang = sys.argv[split + 1:]
    plain = [w for w in clang if not re.match("-fplugin", w)]
    os.makedirs(folder, exist_ok=True)
    one, other = (os.path.join(folder, n) for n in ("one.o", "other.o"))
    wrong = 0
    for level in LEVELS:
        for variant in variants:
            common = [level, *variant, "-c", source, "-o"]
            run([*clang, *common, one])
            if how == "same":
                run([*plain, *common, other])
                equal = read(one) == read(other)
            elif how == "debug":
                run([*clang, "-g", *common, other])
                equal = (loaded(clang, one, level) ==
                         loaded(clang, other, level))
            else:
                equal = True
                for _ in range(20):
                    run([*clang, *common, other])
                    equal = equal and read(one) == read(other)
            if not equal:
                print("objects differ:", level, *variant)
                wrong = 1
    sys.exit(wrong)


main()
