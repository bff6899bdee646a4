# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""sections.py <work folder> <source> <flag>... -- <clang>...

Compiles a source with the plugin, and without it and with -DPLAIN, which leaves
out all that has effects, at every level of optimisation and with each of the
flags in turn. Functions named plain_* must be the same bytes in both, and no
object may have a table for an unwinder.
"""

import os
import re
import subprocess
import sys

LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"]


def names(clang, path):
    tool = subprocess.check_output(
        [clang[0], "-print-prog-name=llvm-objdump"], text=True).strip()
    text = subprocess.check_output([tool, "-h", path], text=True)
    return re.findall(r"^ *\d+ (\S+) ", text, re.M)


def contents(clang, path, section):
    tool = subprocess.check_output(
        [clang[0], "-print-prog-name=llvm-objcopy"], text=True).strip()
    dump = path + ".section"
    subprocess.run([tool, f"--dump-section={section}={dump}", path,
                    path + ".copy"], check=True)
    with open(dump, "rb") as file:
        return file.read()


def main():
    folder, source = sys.argv[1:3]
    split = sys.argv.index("--")
    variants = [[]] + [v.split("+") for v in sys.argv[3:split]]
    clang = sys.argv[split + 1:]
    plain = [w for w in clang if not re.match("-fplugin", w)] + ["-DPLAIN"]
    os.makedirs(folder, exist_ok=True)
    one, other = (os.path.join(folder, n) for n in ("one.o", "other.o"))
    wrong = 0
    for level in LEVELS:
        for variant in variants:
            common = [level, *variant, "-ffunction-sections", "-c", source]
            subprocess.run([*clang, *common, "-o", one], check=True)
            subprocess.run([*plain, *common, "-o", other], check=True)
            sections = names(clang, one)
            functions = [s for s in sections if s.startswith(".text.plain_")]
            tables = [s for s in sections if "except_table" in s]
            expected = [s for s in names(clang, other)
                        if s.startswith(".text.plain_")]
            if sorted(functions) != sorted(expected) or not functions:
                print("other functions:", level, *variant, functions, expected)
                wrong = 1
                continue
            if tables:
                print("unwind tables:", level, *variant, *tables)
                wrong = 1
            for section in functions:
                if (contents(clang, one, section) !=
                        contents(clang, other, section)):
                    print(section, "differs:", level, *variant)
                    wrong = 1
    sys.exit(wrong)


main()
