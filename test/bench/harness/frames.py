# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The table of what realistic programs need while they are suspended: measured by
test/bench/frames.py, which says what each figure is."""

import json
import math
import subprocess
import sys
from pathlib import Path

from . import results
from .tools import BENCH

COLUMNS = {"alive": "alive", "coro": "ours", "cxx": "cpp", "rust": "rust"}


def measured(build, folder):
    """By program, bytes by implementation."""
    found = Path(folder) / "frames.json"
    done = subprocess.run(
        [sys.executable, BENCH / "frames.py", "--build", Path(build).resolve(),
         "--no-os", "--json", found], text=True, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit("bench: the programs of frames/ do not agree")
    return json.loads(found.read_text())["O2"]


def table(build, folder):
    result = results.new(
        "frames", "frame bytes", "bytes of a task, everything it calls included",
        list(COLUMNS), "at most C++20's and Rust's each, and 1.05 of what is "
        "alive; 0.6 of Rust's in the geometric mean", baseline="rust")
    rows = measured(build, folder)
    for name, row in rows.items():
        cells = {peer: row[key] for peer, key in COLUMNS.items() if row[key]}
        missing = {peer: "no compiler" for peer in COLUMNS if peer not in cells}
        add(result, name.replace("_", " "), cells, missing)
        peers = [cells[peer] for peer in ("cxx", "rust") if peer in cells]
        result["lines"][-1]["bar"] = min(peers + [1.05 * cells["alive"]])
    means = {peer: math.exp(sum(math.log(row[key]) for row in rows.values())
                            / len(rows))
             for peer, key in COLUMNS.items()
             if all(row[key] for row in rows.values())}
    add(result, "geometric mean", means, {})
    result["lines"][-1]["bar"] = (0.6 * means["rust"] if "rust" in means
                                  else 1.05 * means["alive"])
    return result


def add(result, name, cells, missing):
    results.add_line(result, name, "bytes",
                     {peer: [value] for peer, value in cells.items()}, missing)
    # What is alive is a limit, no peer: nobody is behind for being above it.
    result["lines"][-1]["cells"].get("alive", {}).pop("ours", None)
