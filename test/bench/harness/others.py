# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What errors, cleanups and generics cost beside the same by hand: the programs of
test/bench/others/, which print tables of their own."""

import subprocess
import sys
from pathlib import Path

from .tools import BENCH, run

OTHERS = BENCH / "others"


def levels(tools, folder):
    """A value or an error up through 20 functions. One program, since its
    columns take turns: C with coro, C, and C++."""
    objects = []
    for name in ("levels.c", "levels-raises.c", "levels-codes.c",
                 "levels-throws.cpp"):
        compiler = ([tools.clangxx, "-std=c++23"] if name.endswith("cpp")
                    else [tools.corocc])
        objects.append(str(Path(folder) / (name + ".o")))
        run(compiler + ["-O2", "-c", str(OTHERS / name), "-o", objects[-1]])
    program = str(Path(folder) / "levels")
    run([tools.corocc] + objects + ["-lstdc++", "-o", program])
    subprocess.run([program], check=True)


def tables(tools, folder, build):
    levels(tools, folder)
    for name in ("raising.py", "cancelling.py", "generics.py"):
        subprocess.run([sys.executable, OTHERS / name, "--build", build],
                       check=True)
