#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Bytes of memory that realistic programs need while they are suspended.

  frames.py [--build TREE] [--json FILE] [--only NAME ...] [--no-os]
  frames.py --golden [--write]      our sizes and outputs, compared with frames/golden.txt
  frames.py --same rust|cpp         the outputs of the twins, compared with the same

Each program in frames/ is there three times: C with coro, Rust, C++20. They have
the same variables, buffers and calls, wait at the same places, and print the same
result, a checksum, and how often they were suspended; else the program is an
error here. What a program's one task takes:

  ours    sizeof(coro_task(root))
  Rust    size_of_val(the root future)
  C++     the most that frames took together at any time, as they are allocated,
          without what malloc adds; the smaller of two builds, with and without
          coro_await_elidable
  alive   the largest set of bytes alive at one suspension, from our records (see
          `Alive`): what nobody can do without who keeps the same variables

All at -O2. A ratio over the bar is marked: more than a peer, or more than 1.05 of
what is alive.
"""

import argparse
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "frames"
GOLDEN = PROGRAMS / "golden.txt"
BARS = {"rust": 1.0, "cpp": 1.0, "alive": 1.05}


class Broken(Exception):
    """A program that cannot be built, or does not do what its twins do."""


class Alive:
    """The largest set of bytes alive at one suspension of a function: over its
    suspensions, the bytes of the arguments, values and variables it keeps there,
    of what a generator hands out, and the same for each frame among them. A
    callee's frame counts as what is alive in the callee at its own worst
    suspension. So does a variable that is a task, or the loop of a coro_for. The
    states, padding, and the places of results that are not there yet count
    nothing."""

    def __init__(self, record, source):
        self.frames = {f["symbol"]: f for f in json.loads(record)["frames"]}
        self.lines = source.read_text().splitlines()

    def of(self, symbol):
        frame = self.frames[symbol]
        members, suspensions = frame["members"], frame["suspensions"]
        if not suspensions:
            return 0
        return self.handed_out(frame) + max(
            sum(self.member(members[i]) for i in s["live"]) for s in suspensions
        )

    def handed_out(self, frame):
        """Bytes of a generator's value, which is no member: the rest of mostAlive."""
        if not any(re.search(r"yields_of.*\b%s\(" % frame["symbol"], l) for l in self.lines):
            return 0
        kept = max(s["bytes"] for s in frame["suspensions"])
        return frame["mostAlive"] - frame["stateSize"] - kept

    def member(self, m):
        if m["kind"] == "frame":
            return self.of(m["name"])
        for v in m.get("variables", []):
            task = re.fullmatch(r"struct coro_task_(\w+)", v["type"])
            if task and task[1] in self.frames:
                return self.of(task[1])
            loop = re.fullmatch(r"__coro_loop_(\d+)", v["name"])
            if loop:
                over = re.search(r"coro_for \([^,]*, (\w+)", self.lines[int(loop[1]) - 1])
                return self.of(over[1])
        return m["size"]


class Build:
    def __init__(self, tree, folder):
        self.folder = Path(folder)
        self.corocc = [str(tree / "bin" / "corocc")]
        wrapper = (tree / "bin" / "corocc").read_text()
        clang = re.search(r"^clang=.*:-([^}]*)}", wrapper, re.M)[1]
        self.clang = [clang, "-I" + str(HERE.parent.parent / "include")]
        self.cxx = [clang + "++"] if Path(clang + "++").exists() else None
        self.rustc = shutil.which("rustc") and [shutil.which("rustc")]
        self.ports = self.folder / "ports.o"
        self.command([clang, "-O2", "-c", PROGRAMS / "support" / "ports.c", "-o", self.ports])

    def command(self, command):
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode:
            raise Broken("%s\n%s" % (" ".join(map(str, command)), done.stderr))
        return done

    def run(self, name, command):
        """What the program prints, and the bytes it says it takes."""
        program = self.folder / name
        self.command(command + ["-o", program])
        done = self.command([program])
        return done.stdout.strip(), int(done.stderr or 0)

    def c(self, name, *flags):
        return self.run(name, self.corocc + [*flags, PROGRAMS / (name + ".c"), self.ports])

    def erased(self, name):
        flags = ["-O2", "-DCORO_ERASE_EFFECTS"]
        return self.run(name, self.clang + flags + [PROGRAMS / (name + ".c"), self.ports])[0]

    def rust(self, name, level="2"):
        flags = ["--edition=2021", "-Copt-level=" + level]
        return self.run(name, self.rustc + flags + [PROGRAMS / (name + ".rs")])

    def cpp(self, name, level, elide):
        flags = ["-std=c++20", "-fno-exceptions", level, "-DELIDE=%d" % elide]
        return self.run(name, self.cxx + flags + [PROGRAMS / (name + ".cpp"), self.ports])

    def alive(self, name):
        source = PROGRAMS / (name + ".c")
        record = self.folder / "record.json"
        self.command(
            self.corocc
            + ["-O2", "-g", "-fplugin-arg-coro-frames=" + str(record), "-c", source]
            + ["-o", self.folder / "record.o"]
        )
        root = re.search(r"^RUN\((\w+)", source.read_text(), re.M)[1]
        return Alive(record.read_text(), source).of(root)


def names(only):
    found = sorted(p.stem for p in PROGRAMS.glob("*.c"))
    return [n for n in found if not only or n in only]


def erasable(name):
    """Tasks, generators and errors mean nothing without effects."""
    text = (PROGRAMS / (name + ".c")).read_text()
    return not re.search(r"\bcoro_(task|for|try)\b", text)


def measured(build, name, level):
    """Bytes by implementation; the twins' output must be ours."""
    output, ours = build.c(name, "-" + level)
    row = {"ours": ours, "rust": None, "cpp": None}
    outputs = {"C": output}
    if build.rustc:
        outputs["Rust"], row["rust"] = build.rust(name, level[1:])
    if build.cxx:
        both = [build.cpp(name, "-" + level, elide) for elide in (0, 1)]
        outputs["C++"], outputs["C++ elided"] = both[0][0], both[1][0]
        row["cpp"] = min(both[0][1], both[1][1])
    if len(set(outputs.values())) > 1:
        raise Broken("%s prints %s" % (name, outputs))
    return row


def geometric_mean(numbers):
    numbers = list(numbers)
    return math.exp(sum(map(math.log, numbers)) / len(numbers)) if numbers else None


def ratio(row, to):
    return row["ours"] / row[to] if row.get(to) else None


def cell(value, bar=None):
    if value is None:
        return "missing "
    if isinstance(value, int):
        return "%d " % value
    return "%.2f%s" % (value, "*" if bar is not None and value > bar + 1e-9 else " ")


def print_table(rows):
    head = ("program", "ours", "Rust", "C++", "/Rust", "/C++", "alive", "/alive")
    print("%-18s" % head[0] + "".join("%9s" % (h + " ") for h in head[1:]))
    for name, row in rows.items():
        cells = [cell(row[k]) for k in ("ours", "rust", "cpp")]
        cells += [cell(ratio(row, k), BARS[k]) for k in ("rust", "cpp")]
        cells += [cell(row["alive"]), cell(ratio(row, "alive"), BARS["alive"])]
        print("%-18s" % name + "".join("%9s" % c for c in cells))
    for to, title, bar in (("rust", "Rust's", 0.6), ("cpp", "C++'s", None), ("alive", "what is alive", 1.05)):
        ratios = [ratio(r, to) for r in rows.values() if ratio(r, to)]
        mean = geometric_mean(ratios)
        over = sum(r > BARS[to] + 1e-9 for r in ratios)
        print(
            "geometric mean of %-14s %s   over the bar: %d of %d"
            % (title, cell(mean, bar), over, len(ratios))
        )


def print_totals(rows, title):
    totals = []
    for key, label in (("ours", "ours"), ("rust", "Rust"), ("cpp", "C++")):
        values = [r[key] for r in rows.values()]
        totals.append("%s %s" % (label, "missing" if None in values else sum(values)))
    print("all programs at %s: %s bytes" % (title, ", ".join(totals)))


def table(build, arguments):
    rows, small = {}, {}
    for name in names(arguments.only):
        rows[name] = measured(build, name, "O2")
        rows[name]["alive"] = build.alive(name)
        if not arguments.no_os:
            small[name] = measured(build, name, "Os")
    print_table(rows)
    print_totals(rows, "-O2")
    if small:
        print_totals(small, "-Os")
    if arguments.json:
        Path(arguments.json).write_text(json.dumps({"O2": rows, "Os": small}, indent=1) + "\n")


def golden_rows():
    rows = {}
    for line in GOLDEN.read_text().splitlines():
        if line and not line.startswith("#"):
            name, o2, os, o0, output = line.split(maxsplit=4)
            rows[name] = (int(o2), int(os), int(o0), output)
    return rows


def golden(build, write):
    """Compares, or writes, the sizes of our tasks, and what programs print."""
    rows = {}
    for name in names(None):
        runs = [build.c(name, level) for level in ("-O2", "-Os", "-O0")]
        if len({output for output, _ in runs}) > 1:
            raise Broken("%s prints %s" % (name, [output for output, _ in runs]))
        rows[name] = (*(size for _, size in runs), runs[0][0])
        if erasable(name):  # without effects there are no rounds to count
            erased = build.erased(name)
            if not runs[0][0].startswith(erased + " "):
                raise Broken("%s prints %s with effects erased" % (name, erased))
    if write:
        with open(GOLDEN, "w") as out:
            out.write("# Written by `frames.py --golden --write`: bytes of the task on\n")
            out.write("# x86-64 at -O2, -Os and -O0; result, checksum and rounds of the run.\n")
            for name, (o2, os, o0, output) in rows.items():
                out.write("%-18s %5d %5d %5d  %s\n" % (name, o2, os, o0, output))
        return
    before = golden_rows()
    for name in sorted(set(rows) | set(before)):
        if rows.get(name) != before.get(name):
            print("%s: is %s, was %s" % (name, rows.get(name), before.get(name)))
    if rows != before:
        sys.exit("frames: if that is meant, run frames.py --golden --write")


def same(build, language):
    """The outputs of one language are those in the golden table."""
    for name, (*_, wanted) in golden_rows().items():
        if language == "rust":
            got = build.rust(name, "0")[0] if build.rustc else wanted
        else:
            got = build.cpp(name, "-O0", 0)[0] if build.cxx else wanted
        if got != wanted:
            raise Broken("%s in %s prints %s, not %s" % (name, language, got, wanted))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=Path, default=HERE.parent.parent / "build")
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--json")
    parser.add_argument("--no-os", action="store_true", help="leave the totals at -Os out")
    parser.add_argument("--golden", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--same", choices=("rust", "cpp"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            build = Build(arguments.build, folder)
            if arguments.golden:
                golden(build, arguments.write)
            elif arguments.same:
                same(build, arguments.same)
            else:
                table(build, arguments)
        except Broken as e:
            sys.exit("frames: %s" % e)


if __name__ == "__main__":
    main()
