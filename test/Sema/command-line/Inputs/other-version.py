# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""other-version.py <libcoro.so>: loads it into each clang that does not fit."""

import glob
import subprocess
import sys

ours = None
for clang in sorted(glob.glob("/usr/lib/llvm-*/bin/clang")):
    done = subprocess.run([clang, f"-fplugin={sys.argv[1]}", "-fsyntax-only",
                           "-x", "c", "/dev/null"],
                          capture_output=True, text=True)
    if done.returncode == 0:
        if ours:
            print("carried on:", clang, "and", ours)
        ours = clang
    elif "this libcoro.so is built for clang" not in done.stderr:
        print(clang, "carried on, or said something else:", done.stderr)
