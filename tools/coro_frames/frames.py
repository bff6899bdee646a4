# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a frame is here: a dict as -fplugin-arg-coro-frames writes it in JSON
(docs/inspecting.md). This says it in words."""

import os


class Trouble(Exception):
    """Something the user can mend; the text says how."""


def many(count, what):
    return f"{count} {what}" + ("" if count == 1 else "s")


def function_of(frame):
    """The name in the source; a copy of a generic has another in the object."""
    return frame.get("function") or frame["symbol"]


def place_of(where):
    """file:line, as far as it is known."""
    if not where.get("file"):
        return ""
    name = os.path.basename(where["file"])
    return f"{name}:{where['line']}" if where.get("line") else name


def label(member, function=""):
    """What a part of a frame is called. Variables of other functions, which
    were fused, say whose they are."""
    names = []
    for variable in member["variables"]:
        owner = variable.get("function", "")
        names.append(variable.get("name", "?") +
                     (f" of {owner}" if owner and owner != function else ""))
    if names:
        return ", ".join(dict.fromkeys(names))
    if member["kind"] == "frame":
        return f"frame of {member['name']}"
    if member.get("name"):
        return member["name"]
    text = {"argument": "an argument", "variable": "a variable",
            "result": "the result"}.get(member["kind"], "a value")
    return f"{text} of line {member['line']}" if member.get("line") else text


def type_of(member):
    types = dict.fromkeys(v.get("type", "") for v in member["variables"])
    return ", ".join(filter(None, types))


def fixed_parts(frame):
    """(offset, size, what) of that which is there whatever is alive."""
    parts = [(0, frame["stateSize"], "state")]
    for key, what in (("result", "result"), ("error", "error"),
                      ("yielded", "yielded value")):
        if key in frame:
            parts.append((frame[key]["offset"], frame[key]["size"], what))
    return parts


def waits_for(suspension):
    """What a suspension waits for. Of a callee that was fused, its name; the
    places go from the innermost to the frame's own function."""
    if suspension.get("callee"):
        return suspension["callee"]
    places = suspension["where"]
    return places[-2].get("function", "") if len(places) > 1 else ""


def line_of(suspension):
    """The line in the frame's own function; 0 where none is known."""
    places = suspension["where"]
    return places[-1].get("line", 0) if places else 0


def ranges(numbers):
    """1, 2, 3, 7 as 1-3 7."""
    groups = []
    for n in numbers:
        if groups and groups[-1][1] == n - 1:
            groups[-1][1] = n
        else:
            groups.append([n, n])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in groups)


def most_alive(frame):
    """The largest number of bytes that matter at one time. What an older
    compiler wrote does not say it."""
    kept = max((s["bytes"] for s in frame["suspensions"]), default=0)
    return frame.get("mostAlive", kept)


def kept_at(frame):
    """For each member, the suspensions that keep it."""
    at = [[] for _ in frame["members"]]
    for number, suspension in enumerate(frame["suspensions"]):
        for member in suspension["live"]:
            at[member].append(number)
    return at
