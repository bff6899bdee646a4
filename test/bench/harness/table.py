# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Results as text for a terminal and as Markdown."""

import re

from .results import OURS, ahead, losses, missed
from .tools import LABELS


def number(value):
    if value >= 100000:
        return f"{value:,.0f}".replace(",", " ")
    whole = value >= 100 or value >= 10 and value == int(value)
    return f"{value:.0f}" if whole else f"{value:.2f}"


def cell_text(result, line, peer):
    """One figure, its ratio, and ! where it is ours and a peer is ahead."""
    cell = line["cells"].get(peer)
    if not cell:
        return "missing" if peer in line.get("missing", {}) else ""
    text = cell.get("text") or number(cell["value"])
    if cell.get("ratio") and peer != result["baseline"]:
        text += " " + number(cell["ratio"]).rjust(5)
    lost = peer == OURS and any(ahead(result, line))
    return text + ("!" if lost else " ")


def grid(result):
    """Heads and lines of a result, as text."""
    heads = [""] + [LABELS[peer] for peer in result["columns"]]
    body = [[", ".join(filter(None, [line["name"], line["unit"]]))] +
            [cell_text(result, line, peer) for peer in result["columns"]]
            for line in result["lines"]]
    return heads, body


def text(result):
    heads, body = grid(result)
    widths = [max(len(row[i]) for row in [heads] + body)
              for i in range(len(heads))]
    out = [f"{result['title']}: {result['what']}"]
    if result["bar"]:
        out.append(f"  wanted: {result['bar']}")
    for row in [heads] + body:
        first = row[0].ljust(widths[0])
        rest = (item.rjust(width) for item, width in zip(row[1:], widths[1:]))
        out.append(("  " + "  ".join([first, *rest])).rstrip())
    return "\n".join(out + why_missing(result)) + "\n"


def why_missing(result):
    reasons = {}
    for line in result["lines"]:
        for peer, why in line.get("missing", {}).items():
            reasons[peer] = why
    return [f"  missing: {LABELS[peer]}: {why}" for peer, why in reasons.items()]


def closing(results):
    """What is lost, and which bars are missed."""
    out = []
    lost = losses(results)
    out.append("Lost:" if lost else "Lost: nothing")
    for result, line, peers in lost:
        mine = line["cells"][OURS]
        out.append(f"  {row_name(result, line):34} {number(mine['value']):>9} "
                   f"{line['unit']}: {leaders(line, peers)}")
    late = list(missed(results))
    out.append("Bars missed:" if late else "Bars missed: none")
    for result, line, value, bar in late:
        out.append(f"  {row_name(result, line):34} {number(value):>9} "
                   f"{line['unit']}, wanted {number(bar)}")
    return "\n".join(out) + "\n"


def leaders(line, peers):
    """Who is ahead, with what, and how many times as much ours is."""
    return ", ".join(f"{LABELS[peer]} {number(line['cells'][peer]['value'])} "
                     f"({number(times)} x)" for peer, times in peers)


def row_name(result, line):
    return f"{result['title']} {line['name']}".strip()


def markdown(result):
    heads, body = grid(result)
    out = [f"One operation: {result['what']}."]
    if result["bar"]:
        out[0] += f" Wanted: {result['bar']}."
    out += ["", "| " + " | ".join(heads) + " |",
            "|---" + "|---:" * (len(heads) - 1) + "|"]
    for row in body:
        cells = [re.sub(r" +([0-9.]+)(!?)$", r" (\1)\2", item.strip())
                 for item in row[1:]]
        cells = [f"**{item[:-1]}**" if item.endswith("!") else item
                 for item in cells]
        out.append("| " + " | ".join([row[0], *cells]) + " |")
    notes = [item.strip() for item in why_missing(result)]
    return "\n".join(out + [""] * bool(notes) + notes)
