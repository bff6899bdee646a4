# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tables made of the rows' programs and results: allocations, the ways."""

from . import measure, results

ALLOCATING = [("call", ""), ("return", "apart 1"), ("return", "apart 16"),
              ("spawn", ""), ("life", "setup"), ("generator", "tree")]


def allocations(built, builder, columns):
    """Allocations of one operation of each of the rows that could have some."""
    result = results.new("allocations", "allocations", "taken from the heap, or "
                         "mapped, for one operation of that row", columns,
                         "0, but for boxes")
    for name, variant_name in ALLOCATING:
        for variant, programs, _ in built.get(name, []):
            if variant["name"] != variant_name:
                continue
            wanted = {peer: path for peer, path in programs.items()
                      if peer in columns}
            counted = measure.allocations(wanted, builder.preload)
            results.add_line(result, f"{name} {variant_name}".strip(), "",
                             {peer: [n] for peer, n in counted.items()})
    return result


# The ways to implement a coroutine: which peer stands for each, in each row.
WAYS = {
    "threads": {"life": "threads", "resume": "threads", "call": "hand",
                "generator": None},
    "full": {"life": "full", "resume": "switch", "depth": "switch",
             "call": "switch", "generator": "switch"},
    "small": {"life": "small", "resume": "switch", "depth": "switch",
              "call": "switch", "generator": "switch"},
    "outermost": dict.fromkeys(
        ["life", "resume", "depth", "call", "generator"], "rust"),
    "innermost": dict.fromkeys(
        ["life", "resume", "depth", "call", "generator"], "cxx"),
    "coro": dict.fromkeys(
        ["life", "resume", "depth", "call", "generator"], "coro"),
}
# What is asked of each: line, row, variant.
QUESTIONS = [
    ("set up, run, free", "life", "setup"),
    ("memory at rest", "life", "at rest"),
    ("yield", "resume", ""),
    ("yield, 17 calls deep", "depth", "apart 17"),
    ("call that does not yield", "call", ""),
    ("a value of a generator", "generator", "loop"),
]
THROUGH = 1.5  # times the plain loop: more, and the optimiser saw a call


def ways(found):
    """Five ways to implement a coroutine: threads, fibers with full and with
    small stacks, stackless resumed from the outermost frame (as Rust), the
    innermost resumed directly (as C++20, and here)."""
    rows = {result["name"]: result for result in found}
    result = results.new("ways", "ways to implement a coroutine",
                         "one coroutine, yield there and back, call, or value",
                         list(WAYS), baseline="")
    result["derived"] = True
    for name, row, variant in QUESTIONS:
        line = next((line for line in rows.get(row, {"lines": []})["lines"]
                     if line["name"] == variant), None)
        if not line:
            continue
        cells, missing = {}, {}
        for way, peers in WAYS.items():
            peer = peers.get(row)
            if peer in line["cells"]:
                cells[way] = {"value": line["cells"][peer]["value"]}
            elif peer in line["missing"]:
                missing[way] = line["missing"][peer]
        result["lines"].append({"name": name, "unit": line["unit"],
                                "cells": cells, "missing": missing})
        if row == "generator":
            result["lines"].append(seen_through(line, cells))
    return result


def seen_through(line, cells):
    """Whether a loop over a generator costs what a loop does."""
    loop = line["cells"]["hand"]["value"]
    answers = {way: {"value": cell["value"] / loop,
                     "text": "yes" if cell["value"] < loop * THROUGH else "no"}
               for way, cell in cells.items()}
    answers["threads"] = {"value": 0, "text": "no"}
    return {"name": "the optimiser sees through", "unit": "", "cells": answers,
            "missing": {}}
