#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""corocc --annotate: a C file as a page that shows what suspends.

  coro-annotate <corocc> [corocc's arguments] file.c [-o file.html]

Compiles the file, throws the object away, and puts together what the plugin
wrote: the calls that may suspend, which are the front end's
(-fplugin-arg-coro-suspends-json), and what each frame keeps at each suspension,
which is the layout's (-fplugin-arg-coro-frames). The two meet at lines and
columns, so it compiles with -g. A call without a suspension in the layout was
optimised away, or its callee never suspends.
"""

import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlparse

# What a call is for the style sheet, and what it does.
KINDS = {
    "call": ("wait", "waits"),
    "next": ("wait", "waits"),
    "suspend": ("suspend", "suspends"),
    "yield": ("yield", "yields a value"),
    "cleanup": ("cleanup", "waits at the end of the scope"),
    "raise": ("raise", "may raise"),
}

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1d1f23;
  --soft: #5b616b; --line: #d8dce2; --row: #eef4fc; --wait: #0b57d0;
  --waitback: #dce8fb; --suspend: #8a3a00; --suspendback: #fbe5d6;
  --yield: #0a5c36; --yieldback: #d9f2e4;
  --cleanup: #7a2480; --cleanupback: #f6e0f7;
  --raise: #a3101f; --raiseback: #fbdcdf; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e6e8eb;
  --soft: #a0a7b2; --line: #363b44; --row: #1d2735; --wait: #a9c8ff;
  --waitback: #1f3a63; --suspend: #ffbd8a; --suspendback: #56300f;
  --yield: #8ee0b4; --yieldback: #124a2e;
  --cleanup: #efb0f3; --cleanupback: #4f2353;
  --raise: #ffb0b8; --raiseback: #5a1a21; } }
body { margin: 1.5rem auto; padding: 0 1rem; max-width: 72rem;
  background: var(--paper); color: var(--ink);
  font: 0.95rem/1.45 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0 0 0.3rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.4rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 0.3rem; }
p { margin: 0.3rem 0 0.8rem; color: var(--soft); }
code, .source { font: 0.85rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.source { border-collapse: collapse; width: 100%; }
.source th, .source td { padding: 0 0.7rem; vertical-align: top;
  font-weight: normal; text-align: right; color: var(--soft);
  white-space: nowrap; }
.source thead th { border-bottom: 1px solid var(--line); }
.source .text { width: 100%; text-align: left; color: var(--ink);
  border-left: 1px solid var(--line); white-space: pre-wrap; tab-size: 8; }
.source .kept { color: var(--ink); }
.source tr.mark { background: var(--row); }
.s { position: relative; border-radius: 3px; padding: 0 2px; margin: 0 -2px;
  text-decoration: underline 2px; text-underline-offset: 3px; }
.wait { color: var(--wait); background: var(--waitback); }
.suspend { color: var(--suspend); background: var(--suspendback);
  text-decoration-style: dashed; }
.yield { color: var(--yield); background: var(--yieldback);
  text-decoration-style: double; }
.cleanup { color: var(--cleanup); background: var(--cleanupback);
  text-decoration-style: dotted; }
.raise { color: var(--raise); background: var(--raiseback);
  text-decoration-style: wavy; }
.tip { display: none; position: absolute; left: 0; top: 1.7em; z-index: 1;
  padding: 0.4rem 0.7rem; white-space: pre; color: var(--ink);
  background: var(--paper); border: 1px solid var(--soft); border-radius: 4px;
  box-shadow: 0 2px 8px #0006; }
.s:hover .tip, .s:focus .tip { display: block; }
.list { border-collapse: collapse; }
.list th, .list td { padding: 0.15rem 0.8rem 0.15rem 0; text-align: left;
  vertical-align: top; border-bottom: 1px solid var(--line); }
.list .n { text-align: right; }
.scroll { overflow-x: auto; }
:target { outline: 2px solid var(--wait); }
"""


def text(value):
    return html.escape(str(value))


def size(count):
    return f"{count} byte" + ("" if count == 1 else "s")


class Call:
    """A place of the file that may suspend, and what is kept there; or one
    that may raise."""

    def __init__(self, kind, begin, end, name, function):
        self.kind, self.begin, self.end = kind, begin, end
        self.name, self.function = name, function
        self.frame, self.suspensions, self.certain = None, [], True

    def head(self):
        return f"{self.name} {KINDS[self.kind][1]}"

    def verdict(self):
        """What to say of it in a few words."""
        if self.kind == "raise":
            return "does not suspend"
        if self.suspensions:
            return f"keeps {size(self.kept())} of a frame of " \
                   f"{self.frame['size']}"
        if not self.frame:
            return "is not compiled in this build"
        return "does not suspend in this build" if self.certain else \
            "keeps what is not known here"

    def kept(self):
        return max((s["bytes"] for s in self.suspensions), default=0)

    def live(self):
        """Members of the frame that are alive, in the order they lie."""
        numbers = {n for s in self.suspensions for n in s["live"]}
        members = [self.frame["members"][n] for n in sorted(numbers)]
        return sorted(members, key=lambda m: m["offset"])


def member_name(member, function):
    """A member in the words of the source."""
    if member["kind"] == "frame":
        return f"the frame of {member['name']}"
    names = []
    for variable in member["variables"]:
        where = variable.get("function", function)
        names.append(variable.get("name", "?") +
                     (f" of {where}" if where != function else ""))
    if names:
        return ", ".join(names)
    return "the result" if member["kind"] == "result" else \
        member.get("name", "") or "a temporary value"


def member_type(member):
    return member["variables"][0].get("type", "") if member["variables"] else ""


class Source:
    """The lines of a file, where positions count as editors and clang do."""

    def __init__(self, path):
        raw = Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf")
        self.lines = re.split("\r\n|\n|\r", raw.decode("utf-8", "replace"))
        if self.lines[-1] == "":
            self.lines.pop()

    def index(self, position):
        """From units of UTF-16 to a place in a line."""
        number = position["line"]
        if number >= len(self.lines):
            return number, 0
        units = self.lines[number].encode("utf-16-le")
        before = units[:2 * position["character"]]
        return number, len(before.decode("utf-16-le", "replace"))

    def column(self, place):
        """As debug information counts: bytes from 1."""
        number, index = place
        return len(self.lines[number][:index].encode()) + 1


def calls_of(report, source):
    """The calls of the main file."""
    calls = []
    for entry in report["suspends"] + report["raises"]:
        if entry["location"]["uri"] != report["uri"]:
            continue
        shown = entry["selectionRange"]
        call = Call(entry["kind"], source.index(shown["start"]),
                    source.index(shown["end"]), entry["callee"]["name"],
                    entry["function"]["name"])
        call.start = source.index(entry["location"]["range"]["start"])
        calls.append(call)
    return sorted(calls, key=lambda call: (call.begin, call.start))


def find_call(calls, source, where, name):
    """The call that a suspension belongs to: the one at that column, of that
    name or the only one of the line. What stands elsewhere is a cleanup, which
    runs where a scope ends."""
    line = [c for c in calls if where["line"] - 1 in (c.start[0], c.begin[0])]
    column = [c for c in line if where.get("column") in
              (source.column(c.start), source.column(c.begin))]
    named = [c for c in line if c.name == name]
    cleanups = [c for c in calls if c.kind == "cleanup" and c.name == name]
    for found in (column, named, line if len(line) == 1 else [], cleanups):
        if found:
            return found[0]
    return None


def join(calls, frames, source, path):
    """Gives each call the suspensions that the layout has there. Of the copies
    of a function, f<argument>, the one with the largest frame counts."""
    shown = set()
    for frame in sorted(frames, key=lambda frame: -frame["size"]):
        function = frame.get("function", "").partition("<")[0]
        if function in shown:
            continue
        shown.add(function)
        own = [c for c in calls if c.function == function
               and c.kind != "raise"]
        for call in own:
            call.frame = frame
        for suspension in frame["suspensions"]:
            # The last is in the function itself, the others in what was fused.
            places = suspension["where"]
            where = places[-1] if places else {}
            fused = places[-2]["function"] if len(places) > 1 else ""
            call = None
            if Path(where.get("file", "")) == path and "line" in where:
                call = find_call(own, source, where,
                                 suspension.get("callee", fused))
            if call:
                call.suspensions.append(suspension)
            else:  # a line that #line renamed: nothing certain can be said
                for each in own:
                    each.certain = False


def tip(call):
    """What hovering shows, as lines of text."""
    lines = [call.head(), call.verdict()]
    for member in call.live():
        name = member_name(member, call.function)
        kind = member_type(member)
        lines.append(f"  {name}: {size(member['size'])}" +
                     (f", {kind}" if kind else ""))
    return lines


def code(source, number, calls):
    """A line of the source with its marks."""
    line, done, out = source.lines[number], 0, []
    for identity, call in calls:
        start = max(call.begin[1], done)
        end = call.end[1] if call.end[0] == number else len(line)
        if call.begin[1] < done:  # one macro, several suspensions
            end = start
        out.append(text(line[done:start]))
        style = KINDS[call.kind][0]
        out.append(f'<a class="s {style}" href="#s{identity}" '
                   f'aria-describedby="t{identity}">{text(line[start:end])}'
                   f'<span class="tip" role="tooltip" id="t{identity}">'
                   f'{text(chr(10).join(tip(call)))}</span></a>')
        done = end
    out.append(text(line[done:]))
    return "".join(out)


def listing(source, calls, frames, path):
    own = {}
    for frame in frames:
        if Path(frame.get("file", "")) == path:
            own.setdefault(frame["line"] - 1, frame)
    rows = []
    for number in range(len(source.lines)):
        here = [(i, c) for i, c in enumerate(calls) if c.begin[0] == number]
        kept = [c for _, c in here if c.suspensions]
        margin = title = ""
        if kept:
            most = max(kept, key=Call.kept)
            margin = f"{most.kept()} of {most.frame['size']}"
            title = f"{size(most.kept())} of the frame are kept here"
        elif number in own:
            margin = f"frame {own[number]['size']}"
            title = f"the frame takes {size(own[number]['size'])}"
        hint = f' title="{text(title)}"' if title else ""
        mark = ' class="mark"' if here else ""
        rows.append(
            f'<tr id="L{number + 1}"{mark}>'
            f'<th scope="row">{number + 1}</th><td class="kept"{hint}>{margin}'
            f'</td><td class="text">{code(source, number, here)}</td></tr>')
    return ('<table class="source"><thead><tr><th scope="col">line</th>'
            '<th scope="col">bytes kept</th>'
            '<th scope="col" class="text">source</th></tr></thead><tbody>\n' +
            "\n".join(rows) + "\n</tbody></table>")


def suspensions(calls):
    rows = []
    for identity, call in enumerate(calls):
        kept = "<br>".join(
            f"<code>{text(member_name(m, call.function))}</code> "
            f"{size(m['size'])}" for m in call.live())
        line = call.begin[0] + 1
        rows.append(
            f'<tr id="s{identity}"><td class="n"><a href="#L{line}">{line}</a>'
            f'</td><td><code>{text(call.function)}</code></td>'
            f'<td>{text(call.head())}</td><td>{call.verdict()}</td>'
            f'<td>{kept}</td></tr>')
    return ('<div class="scroll"><table class="list"><thead><tr>'
            '<th scope="col" class="n">line</th><th scope="col">in</th>'
            '<th scope="col">what</th><th scope="col">kept</th>'
            '<th scope="col">that is</th></tr></thead><tbody>\n' +
            "\n".join(rows) + "\n</tbody></table></div>")


def frame_table(frame):
    function = frame.get("function", frame["symbol"])
    rows = [(0, frame["stateSize"], "the state", "")]
    rows += [(m["offset"], m["size"], member_name(m, function), member_type(m))
             for m in frame["members"]]
    body = "\n".join(
        f'<tr><td class="n">{offset}</td><td class="n">{count}</td>'
        f'<td><code>{text(name)}</code></td><td><code>{text(kind)}</code></td>'
        f'</tr>' for offset, count, name, kind in sorted(rows))
    return (f"<h3><code>{text(function)}</code>: {size(frame['size'])}, "
            f"alignment {frame['align']}</h3>\n"
            '<div class="scroll"><table class="list"><thead><tr>'
            '<th scope="col" class="n">offset</th>'
            '<th scope="col" class="n">bytes</th><th scope="col">what</th>'
            f'<th scope="col">type</th></tr></thead><tbody>\n{body}\n'
            '</tbody></table></div>')


def page(path, calls, frames, source):
    present = dict.fromkeys(KINDS[c.kind] for c in calls)
    legend = " ".join(f'<span class="s {style}">{does}</span>'
                      for style, does in present)
    own = [f for f in frames if Path(f.get("file", "")) == path]
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(path.name)}: what suspends</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{text(path.name)}</h1>
<p>Marked calls may suspend or raise: {legend or "there are none"}. Point at one, or go
to it with the keyboard, to see what is kept meanwhile.</p>
{listing(source, calls, frames, path)}
<h2>Marked calls</h2>
{suspensions(calls) if calls else "<p>None.</p>"}
<h2>Frames</h2>
<p>Things that are not needed at the same time may share bytes.</p>
{chr(10).join(map(frame_table, own))}
</body>
</html>
"""


def output(arguments):
    """Takes -o out of the arguments: they, and the file it names."""
    rest, name, i = [], None, 0
    while i < len(arguments):
        if arguments[i] == "-o" and i + 1 < len(arguments):
            i += 1
            name = arguments[i]
        elif arguments[i].startswith("-o") and len(arguments[i]) > 2 \
                and not arguments[i].startswith("-objc"):
            name = arguments[i][2:]
        else:
            rest.append(arguments[i])
        i += 1
    return rest, name


def main():
    rest, name = output(sys.argv[2:])
    with tempfile.TemporaryDirectory() as folder:
        suspends, frames = Path(folder, "suspends"), Path(folder, "frames")
        done = subprocess.run(
            [sys.argv[1], *rest, "-g", "-c", "-o", "/dev/null",
             f"-fplugin-arg-coro-suspends-json={suspends}",
             f"-fplugin-arg-coro-frames={frames}"])
        if done.returncode:
            return done.returncode
        report = json.loads(suspends.read_text())
        records = json.loads(frames.read_text())["frames"]
    path = Path(unquote(urlparse(report["uri"]).path))
    source = Source(path)
    calls = calls_of(report, source)
    join(calls, records, source, path)
    Path(name or path.with_suffix(".html").name).write_text(
        page(path, calls, records, source), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
