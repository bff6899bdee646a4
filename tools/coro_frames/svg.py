# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Frames as a picture: bytes from left to right, a row for each suspension, and
in it what that suspension keeps. What stands above one another in two rows
shares its bytes.

Small frames are drawn to scale. In large ones each run of bytes between two
boundaries is as wide as the logarithm of its length, so that a counter is seen
beside a buffer.
"""

from html import escape
from math import log2

from coro_frames.frames import (fixed_parts, function_of, label, line_of, many,
                                place_of, type_of, waits_for)

LEFT, RIGHT, WIDTH = 190, 80, 800
ROW, GAP = 24, 4
MAX_ROWS = 60
CHAR = 7.3  # of the font, in pixels

# Of each kind: name, fill and ink in light, the same in dark.
KINDS = {
    "state": ("state, result", "#e3e6ea", "#3d434d", "#3a404a", "#d3d8df"),
    "argument": ("argument", "#fbe5d6", "#7a3300", "#5a3212", "#ffd0ab"),
    "value": ("value", "#dce8fb", "#0b4396", "#1f3a63", "#bcd6ff"),
    "variable": ("variable", "#d9f2e4", "#0a4d2d", "#124a2e", "#a6ebc6"),
    "frame": ("frame of a callee", "#f1e2fb", "#5c1d7a", "#46285c", "#e5c4fb"),
}


def style():
    def rules(fill, ink):
        return "".join(f".{kind} rect{{fill:{row[fill]};stroke:{row[ink]}}}"
                       f".{kind} text{{fill:{row[ink]}}}"
                       for kind, row in KINDS.items())
    return (
        "text{font:12px ui-monospace,'DejaVu Sans Mono',monospace;fill:#1d1f23}"
        ".title{font-weight:bold;font-size:14px}.soft{fill:#5b616b}"
        ".paper{fill:#fff}.lane{fill:#f4f5f7}.tick{stroke:#c3c8d0}"
        ".cell rect{stroke-width:1}" + rules(1, 2) +
        "@media (prefers-color-scheme:dark){text{fill:#e6e8eb}"
        ".soft{fill:#a0a7b2}.paper{fill:#16181c}.lane{fill:#20242a}"
        ".tick{stroke:#49505b}" + rules(3, 4) + "}")


class Axis:
    """Where a byte is on paper."""

    def __init__(self, frame):
        parts = [(m["offset"], m["size"]) for m in frame["members"]]
        parts += [(offset, size) for offset, size, _ in fixed_parts(frame)]
        ends = {0, frame["size"]}
        for offset, size in parts:
            ends |= {offset, offset + size}
        self.marks = sorted(e for e in ends if 0 <= e <= frame["size"])
        runs = [b - a for a, b in zip(self.marks, self.marks[1:])]
        self.scaled = frame["size"] <= 128
        widths = runs if self.scaled else [log2(1 + run) + 1 for run in runs]
        # A frame of a few bytes need not fill the page.
        unit = min(WIDTH / max(sum(widths), 1), 24 if self.scaled else 60)
        self.places = [LEFT]
        for width in widths:
            self.places.append(self.places[-1] + width * unit)
        self.end = self.places[-1]

    def at(self, byte):
        return self.places[self.marks.index(byte)]


def shortened(text, width):
    """As much of the text as fits."""
    room = int((width - 8) / CHAR)
    if len(text) <= room:
        return text
    return text[:room - 1] + "…" if room > 3 else ""


def cell(axis, y, kind, offset, size, name, tip):
    x, width = axis.at(offset), axis.at(offset + size) - axis.at(offset)
    shown = shortened(name, width)
    drawn = (f'<text x="{x + width / 2:.1f}" y="{y + 16}" '
             f'text-anchor="middle">{escape(shown)}</text>' if shown else "")
    return (f'<g class="cell {kind}"><title>{escape(tip)}</title>'
            f'<rect x="{x + .5:.1f}" y="{y + .5:.1f}" rx="3" '
            f'width="{max(width - 1, 1):.1f}" height="{ROW - 1}"/>{drawn}</g>')


def fixed_cell(axis, y, offset, size, what):
    return cell(axis, y, "state", offset, size, what,
                f"{what}: {many(size, 'byte')} at {offset}")


def lane(axis, y, left, right, cells):
    tip = f"<title>{escape(left)}</title>"
    return [f'<text x="{LEFT - 10}" y="{y + 16}" text-anchor="end">{tip}'
            f'{escape(shortened(left, LEFT))}</text>',
            f'<rect class="lane" x="{LEFT}" y="{y}" height="{ROW}" '
            f'width="{axis.end - LEFT:.1f}"/>', *cells,
            f'<text class="soft" x="{axis.end + 10:.1f}" y="{y + 16}">'
            f'{escape(right)}</text>']


def ruler(axis, y, height):
    """Offsets, where there is room for them, and lines down from them."""
    out, last = [], -100.0
    for mark, x in zip(axis.marks, axis.places):
        text = str(mark)
        out.append(f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{y + 4}" '
                   f'y2="{y + height}"/>')
        if x - last > (len(text) + 1) * CHAR:
            out.append(f'<text class="soft" x="{x:.1f}" y="{y}" '
                       f'text-anchor="middle">{text}</text>')
            last = x
    return out


def rows_of(frame):
    """(what stands at the left, members) of each row; one for suspensions in
    a row that wait for the same and keep the same."""
    rows = []
    for number, suspension in enumerate(frame["suspensions"]):
        line, who = line_of(suspension), waits_for(suspension) or "suspend"
        where = f"line {line}" if line else f"at {number}"
        row = [where, who, suspension["live"], suspension["bytes"]]
        if rows and rows[-1][1:] == row[1:]:
            if where not in rows[-1][0].split(", "):
                rows[-1][0] += ", " + where.removeprefix("line ")
        else:
            rows.append(row)
    return rows


def member_cell(axis, y, frame, member):
    name, kind = label(member, function_of(frame)), type_of(member)
    tip = (f"{name}{': ' + kind if kind else ''}, {many(member['size'], 'byte')}"
           f" at {member['offset']}")
    style_of = "state" if member["kind"] == "result" else member["kind"]
    return cell(axis, y, style_of, member["offset"], member["size"], name, tip)


def panel(frame, top):
    """The drawing of a frame, and where it ends."""
    axis, out = Axis(frame), []
    where = place_of(frame)
    out.append(f'<text class="title" x="16" y="{top + 16}">'
               f'{escape(frame["symbol"])}</text>')
    about = (f"{where + ': ' if where else ''}{many(frame['size'], 'byte')}, "
             f"alignment {frame['align']}"
             f"{'' if axis.scaled else ', not to scale'}")
    out.append(f'<text class="soft" x="16" y="{top + 34}">{escape(about)}'
               '</text>')
    rows = rows_of(frame)
    shown = rows[:MAX_ROWS]
    y = top + 64
    out += ruler(axis, y - 8, (len(shown) + 1) * (ROW + GAP) + 8)
    for places, who, live, kept in shown:
        cells = [fixed_cell(axis, y, 0, frame["stateSize"], "state")]
        cells += [member_cell(axis, y, frame, frame["members"][i])
                  for i in live if frame["members"][i]["size"]]
        out += lane(axis, y, f"{places}: {who}", f"{kept} kept", cells)
        y += ROW + GAP
    ends = fixed_parts(frame)
    out += lane(axis, y, "at the end", "",
                [fixed_cell(axis, y, *part) for part in ends])
    y += ROW + GAP
    if len(rows) > len(shown):
        out.append(f'<text class="soft" x="{LEFT}" y="{y + 14}">and '
                   f'{many(len(rows) - len(shown), "row")} more</text>')
        y += ROW
    return out, y + 24, axis.end + RIGHT


def legend(top):
    out, x = [], 16
    for kind, row in KINDS.items():
        out.append(f'<g class="cell {kind}"><rect x="{x + .5}" y="{top + .5}" '
                   f'width="18" height="14" rx="3"/></g>'
                   f'<text x="{x + 26}" y="{top + 12}">{row[0]}</text>')
        x += 26 + len(row[0]) * CHAR + 24
    return out, x


def picture(frames):
    out, width = legend(16)
    y = 48
    for frame in frames:
        drawn, y, end = panel(frame, y)
        out += drawn
        width = max(width, end)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" '
            f'height="{y}" viewBox="0 0 {width:.0f} {y}">\n'
            f'<style>{style()}</style>\n'
            f'<rect class="paper" width="100%" height="100%"/>\n' +
            "\n".join(out) + "\n</svg>\n")
