"""Runs copies of a program whose section .debug.coro is damaged: damage.py
PROGRAM COUNT. Every copy has to end well."""

import os
import random
import subprocess
import sys

program, count = sys.argv[1], int(sys.argv[2])
section = program + ".section"
subprocess.run(["llvm-objcopy", "--dump-section", f".debug.coro={section}",
                program, os.devnull], check=True)
records = open(section, "rb").read()
whole = open(program, "rb").read()
start = whole.index(records)
copy = program + ".damaged"
for seed in range(count):
    dice = random.Random(seed)
    damaged = bytearray(whole)
    for _ in range(dice.choice([1, 3, 30, 300])):
        at = start + dice.randrange(len(records))
        damaged[at] = dice.choice([0, 1, 0x7f, 0x80, 0xff, dice.randrange(256)])
    with open(copy, "wb") as file:
        file.write(damaged)
    os.chmod(copy, 0o755)
    done = subprocess.run([copy], capture_output=True, timeout=60)
    if done.returncode or done.stderr:
        sys.exit(f"seed {seed}: status {done.returncode}\n"
                 + done.stderr.decode(errors="replace"))
