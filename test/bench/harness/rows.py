# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The rows: a folder each, with row.toml and a program for each peer.

row.toml:

  title     what the row is called
  what      what one operation is
  bar       what is wanted of it, in words
  baseline  the peer the others are compared with; by hand, unless it says so
  limit     the same for the machine: {peer, times} or {variant, times}
  measure   "time" (ns for each operation), or "resident" (bytes of memory each
            leaves behind)
  clock     "cpu" (processor time, which other work changes little) or "wall", for
            what several threads do; those are not tied to one processor
  count     operations in one run; without it, as many as take some milliseconds
  counts    the same for single peers, {peer: count}
  check     operations in the run that compares checksums
  absent    peers that have no program here, and why

and for each line, if there are several, a [[variants]] with a name and `defines`:
macros in C, configuration options (--cfg) in Rust. `measure`, `count`, `counts`
and `absent` may be said of a variant instead; `check = false` leaves it out of the
tests, for a row of many variants that differ in a number.
"""

import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from .tools import BENCH, COMMON, LABELS, run

SUFFIXES = {".c", ".cpp", ".rs", ".go"}


@dataclass
class Row:
    folder: Path
    title: str
    what: str
    bar: str = ""
    baseline: str = "hand"
    limit: dict = field(default_factory=dict)
    measure: str = "time"
    clock: str = "cpu"
    count: int = 0
    counts: dict = field(default_factory=dict)
    check: int = 100
    absent: dict = field(default_factory=dict)
    variants: list = field(default_factory=lambda: [{"name": ""}])

    @property
    def name(self):
        return self.folder.name

    def sources(self):
        """In the order of the columns."""
        found = {path.stem: path for path in self.folder.iterdir()
                 if path.suffix in SUFFIXES}
        return [found[peer] for peer in LABELS if peer in found]

    def peers(self):
        here = {source.stem for source in self.sources()} | self.absent.keys()
        return [peer for peer in LABELS if peer in here]

    def of(self, variant, key):
        """What is said of the variant, or else of the row."""
        return variant.get(key, getattr(self, key))


def all_rows():
    order = tomllib.loads((BENCH / "rows" / "order.toml").read_text())
    for name in order["rows"]:
        folder = BENCH / "rows" / name
        yield Row(folder, **tomllib.loads((folder / "row.toml").read_text()))


class Builder:
    """Builds the programs of rows into a folder."""

    def __init__(self, tools, folder, jobs):
        self.tools, self.folder, self.jobs = tools, Path(folder), jobs
        self.folder.mkdir(parents=True, exist_ok=True)
        self.driver = str(self.folder / "driver.o")
        self.preload = str(self.folder / "count_allocations.so")
        self.newest = max(
            path.stat().st_mtime
            for path in [*COMMON.iterdir(), *(BENCH / "rows").glob("*/*"),
                         *Path(tools.plugin).parent.glob("libcoro*")])
        run(tools.compile(COMMON / "driver.c", self.driver, "hand"))
        run([tools.clang, "-O2", "-shared", "-fPIC", "-o", self.preload,
             str(COMMON / "count_allocations.c")])

    def build(self, row):
        """For each variant: programs by peer, and why the others are missing."""
        lines, commands = [], []
        for variant in row.variants:
            programs, missing = {}, dict(row.of(variant, "absent"))
            for source in row.sources():
                if source.stem in missing:
                    continue
                why = self.tools.missing(source)
                if why:
                    missing[source.stem] = why
                    continue
                target = self._target(row, variant, source)
                programs[source.stem] = target
                commands.append(self.tools.compile(
                    source, target, source.stem, variant.get("defines", []),
                    link=[self.driver]))
            lines.append((variant, programs, missing))
        with ThreadPoolExecutor(self.jobs) as pool:
            list(pool.map(self._make, commands))
        return lines

    def _make(self, command):
        """Runs the command unless its program is newer than all it could have
        been made of, and was made by the same command."""
        target = Path(command[command.index("-o") + 1])
        made_by = target.with_name(target.name + ".command")
        said = "\n".join(command)
        if (target.exists() and made_by.exists()
                and target.stat().st_mtime > self.newest
                and made_by.read_text() == said):
            return
        run(command)
        made_by.write_text(said)

    def _target(self, row, variant, source):
        name = "-".join(filter(None, [row.name, variant["name"], source.stem]))
        return str(self.folder / name.replace(" ", "-"))
