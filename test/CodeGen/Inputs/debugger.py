# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""debugger.py <program>: what gdb shows of stop()'s caller, each time."""

import re
import subprocess
import sys

VARIABLES = {"inner": ["depth", "twice"],
             "outer": ["n", "where", "text", "i", "got"]}

commands = ["set confirm off", "set debuginfod enabled off", "break stop",
            "run"]
for _ in range(4):
    commands += ["echo @@\\n", "up", "info locals", "info args", "continue"]
words = ["gdb", "-batch", "-nx"]
for command in commands:
    words += ["-ex", command]
out = subprocess.run([*words, sys.argv[1]], capture_output=True,
                     text=True).stdout
for number, part in enumerate(out.split("@@\n")[1:], 1):
    print("stop", number)
    name = re.search(r"#1 .* (inner|outer)\b", part)
    if not name:
        print("no caller:", part)
        continue
    name = name[1]
    values = dict(re.findall(r"^(\w+) = (.*)$", part, re.M))
    print(f"{name}: " + ", ".join(
        f"{v} = " + re.sub(r"^0x\w+ (<.*> )?", "", values.get(v, "missing"))
        for v in VARIABLES[name]))
