# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""each.py <coro-frames> <file>: of the file, each line that begins with `| ` is
a command that ends with status 2, and the line behind it a part of what its last
program says on stderr, once."""

import os
import re
import subprocess
import sys

tool, path = sys.argv[1:]
os.environ["PATH"] = os.path.dirname(tool) + os.pathsep + os.environ["PATH"]
with open(path, encoding="utf-8") as file:
    cases = re.findall(r"^\| (.+)\n(.+)$", file.read(), re.M)
if not cases:
    sys.exit("no commands")
wrong = 0
for command, expected in cases:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    if (done.returncode != 2 or done.stdout or
            done.stderr.count("coro-frames: error: " + expected) != 1):
        print(f"$ {command}\n{done.stdout}{done.stderr}status {done.returncode},"
              f" expected: {expected}")
        wrong = 1
sys.exit(wrong)
