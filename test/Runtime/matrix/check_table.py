# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says which primitives of the headers have no row in the table, which rows
name a file that does not use the primitive, and which name nothing.

usage: check_table.py <include/coro> <folder of the table>"""

import pathlib
import re
import sys

headers, folder = map(pathlib.Path, sys.argv[1:])

WAITS = re.compile(r"\bCORO_(?:YIELDS|TRIES_FIRST)\b[^;{}]*?\b(coro_\w+)\s*\(")
STARTS = re.compile(r"\b(coro_\w+_op_init|coro_\w*_try_\w+|coro_try_\w+)\s*\(")
# Of macros only those of headers where they wait or spawn.
MACROS = re.compile(r"^#define (coro_\w+)\(", re.M)
MACROS_OF = {"cancel.h", "combine.h", "offload.h", "once.h", "scope.h",
             "spawn.h"}


def primitives():
    for header in headers.glob("*.h"):
        text = header.read_text()
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        if header.name in MACROS_OF:
            yield from MACROS.findall(text)
        text = re.sub(r"^#(?:[^\n]*\\\n)*[^\n]*", "", text, flags=re.M)
        yield from WAITS.findall(text)
        yield from STARTS.findall(text)


def uses(name, text):
    return re.search(rf"\b{name}\b", text)


rows = {}
for line in (folder / "table.txt").read_text().splitlines():
    if line and not line.startswith("#"):
        name, where, *why = line.split(maxsplit=2)
        rows[name] = where
        if where == "-" and not why:
            print(f"{name}: no reason")

# The files that have RUN lines, and the headers these include.
run = "".join(p.read_text() for p in folder.glob("*.c"))
found = set(primitives())
for name in sorted(found - rows.keys()):
    print(f"{name}: no row")
for name, where in rows.items():
    if name not in found:
        print(f"{name}: no such primitive")
    elif where != "-" and not uses(name, (folder / where).read_text()):
        print(f"{name}: not in {where}")
    elif where.endswith(".h") and f'"{where}"' not in run:
        print(f"{where}: nobody includes it")
