# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""same-frames.py <coro-frames> <frames.json> <object>: the records of the object
say the same as the compiler did, of every function in it."""

import json
import subprocess
import sys

tool, file, obj = sys.argv[1:]
with open(file, encoding="utf-8") as said:
    expected = {f["symbol"]: f for f in json.load(said)["frames"]}
for frame in expected.values():
    for member in frame["members"]:
        del member["why"]  # for messages only
found = json.loads(subprocess.check_output([sys.executable, tool, "--json", obj]))
# A program has those of the runtime too, where it was built with -g.
actual = {f["symbol"]: f for f in found["frames"] if f["symbol"] in expected}
if not expected or actual != expected:
    sys.exit(f"in {file}: {expected}\nin {obj}: {actual}")
