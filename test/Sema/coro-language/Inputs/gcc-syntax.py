# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""gcc-syntax.py <include folder>: the header in g++ and gcc, where they exist.

gcc has no plugin of ours: in C++ the header shows what C++ can use, in C the
parts that are ordinary C work alone.
"""

import shutil
import subprocess
import sys

CHECKS = [
    ("g++", "c++", "c++11", "#include <coro/coro.h>\n"),
    ("g++", "c++", "c++17", "#include <coro/coro.h>\n"),
    ("gcc", "c", "c11", "#include <coro/executor.h>\n#include <coro/time.h>\n"),
]
for compiler, language, standard, source in CHECKS:
    if shutil.which(compiler):
        subprocess.run([compiler, "-x", language, f"-std={standard}", "-Wall",
                        "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only",
                        f"-I{sys.argv[1]}", "-"],
                       input=source, text=True, check=True)
