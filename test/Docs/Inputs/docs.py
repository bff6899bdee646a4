#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The documentation is a test: what it shows is compiled, run and compared.

  docs.py --build <build tree> page.md...
  docs.py --names <folder of tables> <folder of pages>
  docs.py --links <folder>

In a page, a fenced block says what it is behind the three backticks:

  c <name>.c       a part of docs/examples/<name>.c, or all of it, word for word
  c wrong [flag]   does not compile; the `text` block that follows has all the
                   messages, without clang's excerpts of the source and its
                   notes about macros
  c warns [flag]   compiles; the `text` block that follows has all the messages
  c right          compiles without a warning (a unit, it need not link)
  c <name>         kept in a file of that name for the commands of the page
  console          `$ command` and what it prints, stderr included; a line `...`
                   stands for any number of lines, and `[...]` for a part of one
Everything else is prose. Commands of a page run in one folder, which begins
with a copy of docs/examples; $CORO there is the build tree, $CORO_SOURCE the
source, $LLVM the prefix of the clang that is found first.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
MESSAGE = re.compile(r"^\S+?:\d+:\d+: (error|warning|note): |^\S*(error|warning): ")


def blocks(page):
    """(line, info, text) of every fenced block."""
    found, info, start, lines = [], None, 0, []
    for number, line in enumerate(page.read_text().splitlines(), 1):
        fence = line.lstrip()
        if fence.startswith("```"):
            if info is None:
                info, start, lines = fence[3:].strip(), number, []
            else:
                text = textwrap.dedent("\n".join(lines) + "\n")
                found.append((start, info, text))
                info = None
        elif info is not None:
            lines.append(line)
    if info is not None:
        raise SystemExit(f"{page}:{start}: a block without an end")
    return found


def matches(expected, actual):
    """True if the lines agree, `...` being any number of lines."""
    def line(text):
        parts = [re.escape(p) for p in text.split("[...]")]
        return ".*".join(parts) + "\n"
    pattern = "".join("(?:.*\n)*?" if text.strip() == "..." else line(text)
                      for text in expected)
    return re.fullmatch(pattern, "".join(text + "\n" for text in actual))


class Page:
    def __init__(self, path, build, work):
        self.path = path
        self.work = work
        self.wrong = []
        self.corocc = f"{build}/bin/corocc"
        self.env = dict(os.environ, CORO=str(build), LC_ALL="C",
                        CORO_SOURCE=str(ROOT),
                        LLVM=str(Path(shutil.which("clang")).parents[1]),
                        PATH=f"{build}/bin:{os.environ['PATH']}")

    def complain(self, line, text):
        self.wrong.append(f"{self.path}:{line}: {text}")

    def compile(self, source, *flags):
        (self.work / "example.c").write_text(source)
        return subprocess.run(
            [self.corocc, "-O1", *flags, "-c", "example.c", "-o", "example.o"],
            cwd=self.work, env=self.env, capture_output=True, text=True)

    def check_part(self, line, name, text):
        whole = (DOCS / "examples" / name).read_text()
        if text not in whole:
            self.complain(line, f"not a part of docs/examples/{name}")

    def check_messages(self, line, text, flags, said, wrong):
        done = self.compile(text, *flags)
        actual = [l for l in done.stderr.splitlines() if MESSAGE.match(l)
                  and "note: expanded from" not in l]
        if wrong != bool(done.returncode) or not matches(said.splitlines(), actual):
            self.complain(line, "the compiler says:\n" + "\n".join(actual))

    def check_right(self, line, text):
        done = self.compile(text, "-Wall", "-Werror")
        if done.returncode or done.stderr:
            self.complain(line, "does not compile:\n" + done.stderr)

    def check_console(self, line, text):
        for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = command[:-1] + more.removeprefix("> ")
            done = subprocess.run(
                ["bash", "-c", command], cwd=self.work, env=self.env, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, timeout=120)
            if not matches(output.splitlines(), done.stdout.splitlines()):
                self.complain(line, f"$ {command}\n{done.stdout}")

    def check(self):
        found = blocks(self.path)
        for index, (line, info, text) in enumerate(found):
            words = info.split()
            if words[:2] in (["c", "wrong"], ["c", "warns"]):
                follows = found[index + 1][1:] if index + 1 < len(found) else ()
                if not follows or follows[0] != "text":
                    self.complain(line, "no text block with the messages")
                else:
                    self.check_messages(line, text, words[2:], follows[1],
                                        words[1] == "wrong")
            elif words == ["c", "right"]:
                self.check_right(line, text)
            elif len(words) == 2 and (DOCS / "examples" / words[1]).exists():
                self.check_part(line, words[1], text)
            elif len(words) == 2:
                (self.work / words[1]).write_text(text)
            elif words == ["console"]:
                self.check_console(line, text)
            elif words == ["c"] and "#include" in text:
                self.complain(line, "say what this is: see docs.py")
        return self.wrong


def check_page(path, build):
    with tempfile.TemporaryDirectory() as work:
        for example in (DOCS / "examples").iterdir():
            shutil.copy(example, work)
        return Page(path, build, Path(work)).check()


def check_names(tables, folder):
    """One page for each bracketed name, and no others."""
    names = {name for table in tables.glob("*.def") for name in re.findall(
        r'CORO_DIAG\(\w+, \w+,\s*"([^"]+)"', table.read_text())}
    pages = {p.stem for p in folder.glob("*.md")} - {"index"}
    return ([f"{name} has no page {folder / name}.md"
             for name in sorted(names - pages)] +
            [f"{folder / page}.md is about no diagnostic"
             for page in sorted(pages - names)])


def check_links(folder):
    """Every relative link names a file, and every page is linked to."""
    wrong, linked = [], set()
    pages = sorted(folder.rglob("*.md"))
    for page in pages:
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text()):
            path = target.split("#")[0]
            if not path or "://" in path:
                continue
            linked.add((page.parent / path).resolve())
            if not (page.parent / path).exists():
                wrong.append(f"{page}: no file {target}")
    return wrong + [f"{page}: no page links here" for page in pages
                    if page.resolve() not in linked and page.name != "index.md"]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--links", action="store_true")
    parser.add_argument("paths", type=Path, nargs="+")
    options = parser.parse_args()
    wrong = []
    for path in options.paths:
        if options.names:
            wrong += check_names(options.names, path)
        elif options.links:
            wrong += check_links(path)
        else:
            wrong += check_page(path, options.build.resolve())
    if wrong:
        print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
