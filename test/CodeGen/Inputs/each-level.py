# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""each-level.py <work folder> <source>... -- <clang>... -- <library>...

Compiles, links and runs a program at every level of optimisation, with -g and
without, and with some flags that change what clang generates.
"""

import os
import subprocess
import sys

VARIANTS = [[level, *debug] for level in
            ("-O0", "-Og", "-O1", "-O2", "-O3", "-Os", "-Oz")
            for debug in ([], ["-g"])]
VARIANTS += [["-O0", "-fsanitize=undefined", "-fsanitize-trap=undefined"],
             ["-O2", "-fexceptions"], ["-O1", "-fno-strict-aliasing"],
             ["-O2", "-fstack-protector-all"], ["-O2", "-fwrapv"],
             ["-O2", "-ftrivial-auto-var-init=pattern"], ["-O2", "-fno-inline"],
             ["-O0", "-ftrivial-auto-var-init=zero"], ["-O2", "-fPIC"]]

folder = sys.argv[1]
split = sys.argv.index("--")
sources = sys.argv[2:split]
rest = sys.argv[split + 1:]
split = rest.index("--")
clang, libraries = rest[:split], rest[split + 1:]
os.makedirs(folder, exist_ok=True)
program = os.path.join(folder, "program")
wrong = 0
for variant in VARIANTS:
    subprocess.run([*clang, *variant, *sources, *libraries, "-o", program],
                   check=True)
    if subprocess.run([program]).returncode:
        print("wrong with", *variant)
        wrong = 1
sys.exit(wrong)
