#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds the benchmark programs, runs them in turns, and prints their tables.

Each figure is a median of rounds, beside its ratio to what is written by hand; an
exclamation mark says that a peer is ahead. Results go to build/bench/: results.json
and chart.svg. docs/performance.md explains the rows.
"""

import argparse
import json
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from harness import (chart, compiling, derived, docs, frames,  # noqa: E402
                     measure, others, results, rows, table)
from harness.tools import ROOT, Tools, machine  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(
        prog="tools/dev bench", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [row.name for row in rows.all_rows()] + EXTRA
    parser.add_argument("--rounds", type=int, default=15, metavar="N",
                        help="rounds in which the peers take turns (15)")
    parser.add_argument("--milliseconds", type=float, default=5, metavar="N",
                        help="time of one turn (5)")
    parser.add_argument("--only", action="append", metavar="ROW", choices=names,
                        help="this row, more than once if need be: " +
                        ", ".join(names))
    parser.add_argument("--cpu", type=int, metavar="N",
                        help="where the programs run: the last one; -1: anywhere")
    parser.add_argument("--jobs", type=int, default=2, metavar="N",
                        help="compilers at a time (2)")
    parser.add_argument("--check", action="store_true",
                        help="only build, run each program briefly, and compare "
                        "what the peers compute")
    parser.add_argument("--others", action="store_true",
                        help="what errors, cleanups and generics cost, instead")
    parser.add_argument("--write-docs", action="store_true",
                        help="replace the tables of docs/performance.md and its "
                        "chart")
    parser.add_argument("--from", dest="former", type=Path, metavar="JSON",
                        help="the results of a former run; only what --only "
                        "names is measured again")
    parser.add_argument("--output", type=Path, metavar="FOLDER",
                        help="where results.json and chart.svg go")
    parser.add_argument("--build", type=Path, default=ROOT / "build",
                        metavar="FOLDER", help="the build tree (build)")
    return parser.parse_args()


EXTRA = ["allocations", "frames", "compile", "size", "ways"]


def measured(args, folder):
    """The results of the rows and of the tables made from them, as they come."""
    tools = Tools(args.build)
    builder = rows.Builder(tools, folder / "programs", args.jobs)
    cpu = max(os.sched_getaffinity(0)) if args.cpu is None else args.cpu
    options = measure.Options(args.rounds, args.milliseconds, cpu)
    everything = list(rows.all_rows())
    only = args.only or [row.name for row in everything] + EXTRA
    found, built = [], {}
    for row in everything:
        if row.name in needed(only):
            built[row.name] = builder.build(row)
            result = results.row_result(row, built[row.name], options)
            found.append(result)
            if row.name in only:
                yield result
    if "allocations" in only:
        yield derived.allocations(built, builder,
                                  ["hand", "coro", "cxx", "rust", "switch",
                                   "boost", "threads"])
    if "frames" in only:
        yield frames.table(tools, folder)
    if "compile" in only:
        yield compiling.times(tools, folder, args.rounds)
    if "size" in only:
        yield compiling.sizes(tools, folder, everything)
    if "ways" in only:
        yield derived.ways(found)


def needed(only):
    """The rows, and those that tables are made of."""
    names = set(only)
    if "allocations" in only:
        names |= {name for name, _ in derived.ALLOCATING}
    if "ways" in only:
        names |= {row for _, row, _ in derived.QUESTIONS}
    return names


def check(args, folder):
    """Builds what is asked for and compares checksums."""
    builder = rows.Builder(Tools(args.build), folder / "programs", args.jobs)
    for row in rows.all_rows():
        if not args.only or row.name in args.only:
            row.variants = [variant for variant in row.variants
                            if variant.get("check", True)]
            for variant, programs, missing in builder.build(row):
                name = f"{row.name} {variant['name']}".strip()
                measure.check(name, programs, row.check)
                print(f"{name}: {', '.join(programs)} agree" +
                      "".join(f", no {peer}" for peer in missing))


def begun(args):
    """What the results go into."""
    if args.former:
        return json.loads(args.former.read_text())
    return {"machine": machine(), "versions": Tools(args.build).versions(),
            "results": []}


def keep(report, result):
    """In place of the former one of that name, or at the end."""
    found = report["results"]
    names = [former["name"] for former in found]
    at = names.index(result["name"]) if result["name"] in names else len(found)
    found[at:at + 1] = [result]


def write(folder, report):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(report, indent=1) + "\n")
    (folder / "chart.svg").write_text(chart.svg(report["results"]))


def main():
    args = arguments()
    folder = args.output or args.build / "bench"
    if args.check:
        return check(args, folder)
    if args.others:
        folder.mkdir(parents=True, exist_ok=True)
        return others.tables(Tools(args.build), folder, args.build)
    report = begun(args)
    again = args.former and not args.only
    for result in list(report["results"]) if again else measured(args, folder):
        print(table.text(result), flush=True)
        keep(report, result)
        write(folder, report)
    print(table.closing(report["results"]))
    print(f"{folder}/results.json, {folder}/chart.svg")
    if args.write_docs:
        docs.write(report)


if __name__ == "__main__":
    main()
