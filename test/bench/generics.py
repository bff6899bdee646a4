#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a generic used with many callbacks costs against the same by hand.

  generics.py --build <build tree> [--callbacks 20]

Two programs: one function that yields_as its argument, called with each of the
callbacks; and that function written out for each of them. Prints the number of
copies and the bytes of code and of constant data, for several levels.
"""

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

HEAD = "#include <coro/coro.h>\n"
CALLBACK = """
yields static int callback{i}(int n) {{
  int kept = n * {i};
  coro_yield_now();
  return kept + n;
}}
"""
BODY = """ {{
  int most = 0;
  for (int i = 0; i < count; i++) {{
    int got = {call}(values[i]);
    if (got < 0)
      return got;
    if (got > most)
      most = got;
    values[i] = got;
  }}
  return most;
}}
"""
GENERIC = ("yields_as(f) static int walk(int (*f)(int), int *values, int count)"
           + BODY.format(call="f"))
USE = """
yields int use{i}(int *values, int count) {{
  return {call}values, count);
}}
"""


def generic(count):
    text = HEAD + GENERIC
    for i in range(count):
        text += CALLBACK.format(i=i)
        text += USE.format(i=i, call=f"walk(callback{i}, ")
    return text


def by_hand(count):
    text = HEAD
    for i in range(count):
        text += CALLBACK.format(i=i)
        text += (f"yields static int walk{i}(int *values, int count)"
                 + BODY.format(call=f"callback{i}"))
        text += USE.format(i=i, call=f"walk{i}(")
    return text


def sections(objdump, path):
    """Bytes of code and of constant data."""
    done = subprocess.run([objdump, "-h", path], check=True, text=True,
                          capture_output=True)
    sizes = {"text": 0, "rodata": 0}
    for name, size in re.findall(r"^ +\d+ \.(\S+) +([0-9a-f]+)", done.stdout,
                                 re.M):
        for kind in sizes:
            if name.startswith((kind, f"data.rel.ro" if kind == "rodata"
                                else kind)):
                sizes[kind] += int(size, 16)
    return sizes["text"], sizes["rodata"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--callbacks", type=int, default=20)
    parser.add_argument("--objdump", default="objdump")
    args = parser.parse_args()
    corocc = Path(args.build) / "bin" / "corocc"
    with tempfile.TemporaryDirectory() as work:
        for level in ["-O0", "-O1", "-O2", "-Os", "-Oz"]:
            for name, text in [("generic", generic(args.callbacks)),
                               ("by hand", by_hand(args.callbacks))]:
                source = Path(work) / "program.c"
                source.write_text(text)
                done = subprocess.run(
                    [corocc, level, "-c", source, "-o", f"{work}/program.o",
                     "-mllvm", "-stats"],
                    check=True, capture_output=True, text=True)
                copies = re.search(r"(\d+) effect-specialise", done.stderr)
                code, data = sections(args.objdump, f"{work}/program.o")
                print(f"{level}  {name}: {copies[1] if copies else 0:>3} copies,"
                      f" {code:6} bytes of code, {data:6} of constants")


if __name__ == "__main__":
    main()
