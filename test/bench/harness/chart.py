# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A chart of ratios, as SVG: to what is written by hand, and then to whatever else
tables compare with.

One line for each line of the tables, a mark for each peer; the steps of the scale
are as wide as each other. Left of 1 is less. Its own paper is light or dark, as
the reader prefers.
"""

from xml.sax.saxutils import escape

from .results import OURS
from .table import row_name
from .tools import LABELS

COLOURS = {"coro": "#d9480f", "cxx": "#3b82c4", "rust": "#8a63c9",
           "switch": "#3f9142", "boost": "#6f9a2f", "ucontext": "#8a8a8a",
           "threads": "#b08d2e"}
STEPS = [0.2, 0.5, 1, 2, 5, 10, 100, 1000, 10000]
LEFT, RIGHT, TOP, LINE = 260, 36, 56, 20
WIDTH = 900
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #333 }
.heading { font-weight: bold }
.rule { stroke: #999; stroke-opacity: .35 } .one { stroke: #777 }
.paper { fill: #fff }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .paper { fill: #161b22 }
}
"""


class Scale:
    """Where a ratio is: each step takes the same width."""

    def __init__(self, largest):
        self.steps = [step for step in STEPS if step <= largest]
        last = len(self.steps)
        self.steps += STEPS[last:last + 1]

    def x(self, ratio):
        ratio = min(max(ratio, self.steps[0]), self.steps[-1])
        width = (WIDTH - LEFT - RIGHT) / (len(self.steps) - 1)
        for i, (low, high) in enumerate(zip(self.steps, self.steps[1:])):
            if ratio <= high:
                return LEFT + width * (i + (ratio - low) / (high - low))
        return WIDTH - RIGHT


def marks(line, scale, y):
    """Ours is drawn last, on top, and larger."""
    for peer in sorted(COLOURS, key=lambda peer: peer == OURS):
        cell = line["cells"].get(peer)
        if cell and cell.get("ratio"):
            radius = 6 if peer == OURS else 4.5
            name = f"{LABELS[peer]}: {cell['ratio']:.2f}"
            yield (f'<circle cx="{scale.x(cell["ratio"]):.1f}" cy="{y}" '
                   f'r="{radius}" fill="{COLOURS[peer]}">'
                   f"<title>{escape(name)}</title></circle>")


def legend():
    x = LEFT
    for peer, colour in COLOURS.items():
        yield f'<circle cx="{x}" cy="16" r="5" fill="{colour}"/>'
        yield f'<text x="{x + 9}" y="20">{escape(LABELS[peer])}</text>'
        x += 28 + 7 * len(LABELS[peer])


def grouped(results):
    """Lines by what they are compared with, as (heading, None) and (name, line)."""
    groups = {}
    for result in results:
        for line in result["lines"]:
            if not result.get("derived") and not line.get("part") and \
                    line["cells"].get(OURS, {}).get("ratio"):
                groups.setdefault(result["baseline"], []).append(
                    (row_name(result, line), line))
    for baseline, lines in groups.items():
        yield f"times {LABELS[baseline]}", None
        yield from lines


def rules(scale, height):
    for step in scale.steps:
        x = scale.x(step)
        kind = "rule one" if step == 1 else "rule"
        yield (f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" '
               f'y2="{height - 8}"/>')
        yield (f'<text x="{x:.1f}" y="{TOP - 14}" text-anchor="middle">'
               f"{step:g} x</text>")


def svg(results):
    rows = list(grouped(results))
    ratios = [cell["ratio"] for _, line in rows if line
              for peer, cell in line["cells"].items()
              if peer in COLOURS and cell.get("ratio")]
    scale = Scale(max(ratios, default=1))
    height = TOP + LINE * len(rows) + 12
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
           f'height="{height}" viewBox="0 0 {WIDTH} {height}">',
           "<title>Times what each line is compared with</title>",
           f"<style>{STYLE}</style>",
           '<rect class="paper" width="100%" height="100%"/>', *legend(), *rules(scale, height)]
    for i, (name, line) in enumerate(rows):
        y = TOP + LINE * i + LINE // 2
        kind = "" if line else ' class="heading"'
        out.append(f'<text x="{LEFT - 14}" y="{y + 4}" text-anchor="end"{kind}>'
                   f"{escape(name)}</text>")
        out.extend(marks(line, scale, y) if line else [])
    return "\n".join(out + ["</svg>"]) + "\n"
