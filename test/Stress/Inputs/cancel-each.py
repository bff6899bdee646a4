#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Cancels a program of stress mode at its first suspension, its second, ...

  cancel-each.py SOURCE TARGET -- COMPILER FLAGS...

All of the first ones, then fewer; until one run comes to its end.
"""

import os
import subprocess
import sys

source, target, _, *compiler = sys.argv[1:]
subprocess.run([compiler[0], "-w", source] + compiler[1:] +
               ["-pthread", "-o", target], check=True)


def cancelled(number):
    """False where there is no such suspension."""
    environment = dict(os.environ, CORO_STRESS="poison",
                       CORO_STRESS_CANCEL=str(number))
    run = subprocess.run([target], env=environment, capture_output=True,
                         text=True, errors="replace", timeout=60, check=False)
    was = "coro stress: cancelled" in run.stderr
    # One that comes to its end has a status of its own.
    if run.returncode < 0 or "Sanitizer" in run.stderr or (
            was and run.returncode != 0):
        sys.exit(f"cancelled at {number}: status {run.returncode}\n"
                 + run.stderr[-2000:])
    return was


number = runs = 0
while True:
    number += 1 if number < 60 else number // 8
    if not cancelled(number):
        break
    runs += 1
    if runs > 200:
        break
if not runs:
    sys.exit("nothing was cancelled")
print(f"cancelled {runs} times")
