# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What was measured, as one shape for every table.

A result is a dictionary: name, title, what, bar, baseline, columns (peers) and
lines. A line has a name, a unit, cells {peer: {value, low, high, ratio, ours}},
missing {peer: why} and, if the bar is one a machine can judge, `bar`, the largest
value that meets it. Less is better in all of them. A line that is a `part` of
another one is not listed among the losses, a result that is `derived` is not either.
"""

import dataclasses

from . import measure

# Differences that are none: two runs of one program differ by as much.
CLOSE = 1.03
OURS = "coro"
# Another way of ours to do the same: beside the peers, and none.
ALSO_OURS = {"closed"}
UNITS = {"time": "ns", "resident": "bytes"}


def new(name, title, what, columns, bar="", baseline="hand"):
    return {"name": name, "title": title, "what": what, "bar": bar,
            "baseline": baseline, "columns": columns, "lines": []}


def add_line(result, name, unit, rounds, missing=None):
    result["lines"].append(
        {"name": name, "unit": unit, "missing": missing or {},
         "cells": measure.summary(rounds, result["baseline"], OURS)})


def row_result(row, built, options):
    """Measures the programs of a row."""
    result = new(row.name, row.title, row.what, row.peers(), row.bar,
                 row.baseline)
    for variant, programs, missing in built:
        measure.check(f"{row.name} {variant['name']}", programs, row.check)
        count, kind = row.of(variant, "count"), row.of(variant, "measure")
        counts = {peer: row.of(variant, "counts").get(peer, count)
                  for peer in programs}
        if row.clock == "wall":
            options = dataclasses.replace(options, cpu=-1, clock="wall")
        run = {"time": measure.times, "resident": measure.resident}[kind]
        add_line(result, variant["name"], UNITS[kind],
                 run(programs, counts, options), missing)
    set_bars(result, row.limit)
    return result


def set_bars(result, limit):
    for line in result["lines"]:
        cells = line["cells"]
        if "same" in limit:
            form = line["name"].split()[0]
            first = next(other for other in result["lines"]
                         if other["name"].startswith(form))
            if OURS in first["cells"]:
                line["bar"] = first["cells"][OURS]["value"] * limit["same"]
        elif limit.get("peer") in cells:
            line["bar"] = cells[limit["peer"]]["value"] * limit["times"]


def ahead(result, line):
    """Peers that are ahead of us in a line, in most rounds, and how many times."""
    for peer in result["columns"]:
        cell = line["cells"].get(peer, {})
        if peer in ALSO_OURS:
            continue
        if cell.get("ours") and cell["ours"] > CLOSE and cell["ours_low"] > 1:
            yield peer, cell["ours"]


def losses(results):
    """Lines in which peers are ahead: (result, line, [(peer, how many times)]),
    the worst first."""
    found = []
    for result in results:
        for line in result["lines"]:
            peers = sorted(ahead(result, line), key=lambda found: -found[1])
            if peers and not result.get("derived") and not line.get("part"):
                found.append((result, line, peers))
    return sorted(found, key=lambda loss: -loss[2][0][1])


def missed(results):
    """Lines that do not meet their bar."""
    for result in results:
        for line in result["lines"]:
            mine = line["cells"].get(OURS)
            if mine and "bar" in line and mine["value"] > line["bar"] * CLOSE:
                yield result, line, mine["value"], line["bar"]
