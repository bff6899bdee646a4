#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: compare-loops.py PROGRAM NAME=LIMIT...

Counts under callgrind the instructions of ours_NAME and of hand_NAME, with what
they call. The first may be at most LIMIT times the second."""
import re
import subprocess
import sys


def instructions(program, function):
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         f"--toggle-collect={function}", program],
        capture_output=True, text=True, check=False)
    count = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not count or not int(count.group(1)):
        sys.exit(done.stdout + done.stderr)
    return int(count.group(1))


def main():
    program, failed = sys.argv[1], False
    for wanted in sys.argv[2:]:
        name, limit = wanted.split("=")
        ours, hand = (instructions(program, f"{who}_{name}")
                      for who in ("ours", "hand"))
        print(f"{name}: {ours} instructions, by hand {hand}: "
              f"{ours / hand:.2f}, at most {limit}")
        failed |= ours > hand * float(limit)
    sys.exit(failed)


main()
