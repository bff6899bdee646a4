# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Frames as text."""

from coro_frames.frames import (fixed_parts, function_of, kept_at, label,
                                line_of, many, most_alive, place_of, ranges,
                                type_of, waits_for)


def headline(frame):
    where = place_of(frame)
    name = frame["symbol"] + (f" ({where})" if where else "")
    text = (f"{name}: {many(frame['size'], 'byte')}, alignment "
            f"{frame['align']}, {many(len(frame['suspensions']), 'suspension')}, "
            f"at most {most_alive(frame)} alive")
    if "limit" in frame:
        text += f", coro_frame({frame['limit']})"
    return text


def aligned(rows, right):
    """Rows as lines; the columns in `right` are numbers."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  " + "  ".join(
        cell.rjust(width) if i in right else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(row, widths))).rstrip()
        for row in rows]


def part_rows(frame):
    function = function_of(frame)
    rows = [(offset, size, what, "", "")
            for offset, size, what in fixed_parts(frame)]
    for member, at in zip(frame["members"], kept_at(frame)):
        rows.append((member["offset"], member["size"], label(member, function),
                     type_of(member), ranges(at)))
    rows.sort(key=lambda row: row[:2])
    return [("offset", "bytes", "what", "type", "kept at")] + [
        tuple(map(str, row)) for row in rows]


def suspension_rows(frame):
    rows = [("at", "line", "waits for", "bytes kept")]
    for number, suspension in enumerate(frame["suspensions"]):
        line = line_of(suspension)
        rows.append((str(number), str(line) if line else "",
                     waits_for(suspension), str(suspension["bytes"])))
    return rows


def table(frame):
    lines = [headline(frame)] + aligned(part_rows(frame), (0, 1))
    if frame["suspensions"]:
        lines += [""] + aligned(suspension_rows(frame), (0, 1, 3))
    return "\n".join(lines)


def brief(frames):
    """A line each, with the most bytes that matter at one time."""
    rows = [("bytes", "alive", "suspensions", "function", "place")]
    for frame in frames:
        rows.append((str(frame["size"]), str(most_alive(frame)),
                     str(len(frame["suspensions"])), frame["symbol"],
                     place_of(frame)))
    return "\n".join(aligned(rows, (0, 1, 2)))
