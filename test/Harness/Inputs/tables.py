# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints the tables of made-up figures: tables.py <test/bench> <page>

Prints them as a terminal gets them, and writes them into the page as Markdown with
the chart beside it.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])

from harness import docs, results, table  # noqa: E402


def main():
    made_up = results.new("resume", "resume", "one thing", ["hand", "coro", "cxx",
                                                            "rust"], "1.05 x")
    # The second round was disturbed for all: the ratios do not see it.
    results.add_line(made_up, "behind", "ns", {
        "hand": [2.0, 20.0, 2.0], "coro": [3.0, 30.0, 3.0],
        "cxx": [4.0, 40.0, 4.0]}, {"rust": "no rustc"})
    results.add_line(made_up, "as good", "ns", {
        "hand": [2.0, 2.0, 2.0], "coro": [2.04, 2.04, 2.04],
        "cxx": [2.0, 2.0, 2.0]}, {"rust": "no rustc"})
    results.set_bars(made_up, {"peer": "hand", "times": 1.05})
    print(table.text(made_up))
    print(table.closing([made_up]))
    docs.PAGE = Path(sys.argv[2])
    docs.write({"results": [made_up], "machine": {"cpu": "a cpu", "cores": 2},
                "versions": {"clang": "22"}})


main()
