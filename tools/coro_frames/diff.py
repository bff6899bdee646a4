# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What changed in the frames between two builds."""

from collections import defaultdict

from coro_frames.frames import function_of, label, many, place_of, type_of


def pairs(before, after):
    """Each frame of either side with its counterpart or None. Static functions
    of different files may have one name, and a file may have been renamed."""
    rest, found = list(before), {}
    for same in (lambda f: (f["symbol"], place_of(f).partition(":")[0]),
                 lambda f: f["symbol"]):
        waiting = defaultdict(list)
        for frame in rest:
            waiting[same(frame)].append(frame)
        for index, frame in enumerate(after):
            if index not in found and waiting[same(frame)]:
                found[index] = waiting[same(frame)].pop(0)
        rest = [frame for left in waiting.values() for frame in left]
    return ([(found.get(index), frame) for index, frame in enumerate(after)] +
            [(frame, None) for frame in rest])


def parts(frame):
    """(type, bytes) of each part, by what it is; there may be several of which
    nothing more is known."""
    found = defaultdict(list)
    for member in frame["members"]:
        text = label(member, function_of(frame))
        # The line of what has no name changes with every edit above it.
        if not member["variables"] and not member.get("name"):
            text = text.partition(" of line ")[0]
        found[text].append((type_of(member), member["size"]))
    return found


def typed(text, kind):
    return f"{text} ({kind})" if kind else text


def changed(text, old, new):
    """One part that has another size or type."""
    if old[0] == new[0]:
        return f"  ~ {typed(text, old[0])}: {old[1]} -> {new[1]}"
    return f"  ~ {typed(text, f'{old[0]} -> {new[0]}')}: {old[1]} -> {new[1]}"


def changes(before, after):
    """Lines of what came, went, and changed within a frame."""
    old, new = parts(before), parts(after)
    lines = []
    for text in dict.fromkeys([*old, *new]):
        a, b = sorted(old[text]), sorted(new[text])
        for part in list(a):
            if part in b:
                a.remove(part)
                b.remove(part)
        lines += [changed(text, *both) for both in zip(a, b)]
        both = min(len(a), len(b))
        lines += [f"  - {typed(text, kind)}: {size}" for kind, size in a[both:]]
        lines += [f"  + {typed(text, kind)}: {size}" for kind, size in b[both:]]
    return lines


def compared(before, after):
    """The lines for one frame, none if nothing changed."""
    if not before:
        return [f"{after['symbol']}: new, {after['size']} bytes"]
    if not after:
        return [f"{before['symbol']}: gone, was {before['size']} bytes"]
    lines = changes(before, after)
    growth = after["size"] - before["size"]
    if not lines and not growth and before["align"] == after["align"]:
        return []
    size = (f"{before['size']} -> {after['size']} bytes ({growth:+})" if growth
            else f"{after['size']} bytes as before")
    if before["align"] != after["align"]:
        size += f", alignment {before['align']} -> {after['align']}"
    if not lines and growth > 0:
        lines = ["  what it holds is the same, and placed otherwise"]
    return [f"{after['symbol']}: {size}"] + lines


def diff(before, after):
    """The text, and whether a frame grew."""
    lines, grew, shrank, new, gone = [], 0, 0, 0, 0
    for old, frame in pairs(before, after):
        lines += compared(old, frame)
        new += not old
        gone += not frame
        if old and frame:
            grew += frame["size"] > old["size"]
            shrank += frame["size"] < old["size"]
    lines.append(f"{many(len(after), 'frame')}: {grew} grew, {shrank} shrank, "
                 f"{new} new, {gone} gone")
    return "\n".join(lines), grew > 0
