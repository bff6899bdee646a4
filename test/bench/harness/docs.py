# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Puts figures into docs/performance.md, between its markers

    <!-- bench: NAME -->
    <!-- end -->

where NAME is a table's name, `machine`, `lost` or `missed`; and writes the chart
beside it. Everything else of the page is written by people.
"""

import re

from . import chart, table
from .results import OURS, losses, missed
from .tools import ROOT

PAGE = ROOT / "docs" / "performance.md"


def lost(found):
    rows = losses(found)
    if not rows:
        return "In no line is a peer ahead."
    out = ["| row | here | ahead |", "|---|---:|---|"]
    for result, line, peers in rows:
        mine = table.number(line["cells"][OURS]["value"])
        out.append(f"| {table.row_name(result, line)} | {mine} {line['unit']} "
                   f"| {table.leaders(line, peers)} |")
    return "\n".join(out)


def late(found):
    rows = list(missed(found))
    if not rows:
        return "All bars are met."
    out = ["| row | here | wanted |", "|---|---:|---:|"]
    for result, line, value, bar in rows:
        out.append(f"| {table.row_name(result, line)} | {table.number(value)} "
                   f"{line['unit']} | {table.number(bar)} |")
    return "\n".join(out)


def about(report):
    versions = ", ".join(f"{name}: {version}" for name, version in
                         report["versions"].items())
    where = report["machine"]
    return f"{where['cores']} cores, {where['cpu']}. {versions}."


def write(report):
    found = report["results"]
    parts = {result["name"]: table.markdown(result) for result in found}
    parts |= {"machine": about(report), "lost": lost(found),
              "missed": late(found)}

    def replaced(match):
        part = parts.get(match[2])
        return f"{match[1]}\n{part}\n{match[3]}" if part else match[0]

    text = PAGE.read_text()
    PAGE.write_text(re.sub(r"(<!-- bench: (\w+) -->)\n.*?(<!-- end -->)",
                           replaced, text, flags=re.S))
    PAGE.with_suffix(".svg").write_text(chart.svg(found))
