#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a generic used with many callbacks costs against the same by hand.

  generics.py --build <build tree> [--callbacks 20]

Pairs of programs that differ in one thing: one function that yields_as its
argument, called with each of the callbacks; and that function written out for
each of them. Three shapes:

  once     every callback is small and is given in one place, so that callback,
           copy and caller become one function
  thrice   it is given in three places, and a copy has three callers
  apart    the same, and nothing is inlined: each copy and each callback is a
           function of its own

and two without any pair, for scale: the generic used with ordinary functions
("plain"), and with effects erased ("erased", shape once).

Prints the number of copies in the object, the bytes of code (.text*), of
constant data (.rodata*, .data.rel.ro*) and of all that is loaded, unwind tables
included.
"""

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

HEAD = "#include <coro/coro.h>\n"
CALLBACK = """
{yields} static {apart} int callback{i}(int n) {{
  int kept = n * {i};
  {wait}
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
GENERIC = ("yields_as(f) static {apart} int"
           " walk(int (*f)(int), int *values, int count)" + BODY)
BY_HAND = "yields static {apart} int walk{i}(int *values, int count)" + BODY
USE = """
{yields} int use{i}_{place}(int *values, int count) {{
  return {call}values, count + {place});
}}
"""
SHAPES = {"once": (1, ""), "thrice": (3, ""),
          "apart": (3, "__attribute__((noinline))")}


def program(count, shape, by_hand, yields="yields"):
    places, apart = SHAPES[shape]
    text = HEAD if by_hand else HEAD + GENERIC.format(apart=apart, call="f")
    for i in range(count):
        text += CALLBACK.format(i=i, apart=apart, yields=yields,
                                wait="coro_yield_now();" if yields else "")
        if by_hand:
            text += BY_HAND.format(i=i, apart=apart, call=f"callback{i}")
        call = f"walk{i}(" if by_hand else f"walk(callback{i}, "
        for place in range(places):
            text += USE.format(i=i, place=place, call=call, yields=yields)
    return text


def output(*command):
    return subprocess.run(command, check=True, text=True,
                          capture_output=True).stdout


def sections(path):
    """Bytes of code, of constant data, and of all that is loaded."""
    code = data = loaded = 0
    for name, size, flags in re.findall(
            r"^ +\d+ (\S+) +([0-9a-f]+) .*\n +(.*)$",
            output("objdump", "-h", path), re.M):
        if "ALLOC" not in flags:
            continue
        loaded += int(size, 16)
        if name.startswith(".text"):
            code += int(size, 16)
        elif name.startswith((".rodata", ".data.rel.ro")):
            data += int(size, 16)
    return code, data, loaded


def copies(path):
    """Copies that are functions of their own."""
    return len(set(re.findall(r" (walk<\w+>|walk\d+)\.start$",
                              output("nm", path), re.M)))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--callbacks", type=int, default=20)
    args = parser.parse_args()
    corocc = str(Path(args.build) / "bin" / "corocc")
    n = args.callbacks
    rows = [(shape, name, program(n, shape, name == "by hand"), [])
            for shape in SHAPES for name in ("generic", "by hand")]
    rows.append(("once", "plain", program(n, "once", False, yields=""), []))
    rows.append(("once", "erased", program(n, "once", False),
                 ["-DCORO_ERASE_EFFECTS"]))
    print("level  shape   program  copies    code  constants  loaded")
    with tempfile.TemporaryDirectory() as work:
        source, target = Path(work) / "program.c", f"{work}/program.o"
        for level in ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"]:
            for shape, name, text, flags in rows:
                source.write_text(text)
                output(corocc, level, *flags, "-c", str(source), "-o", target)
                code, data, loaded = sections(target)
                print(f"{level:6} {shape:7} {name:8} {copies(target):6} "
                      f"{code:7} {data:10} {loaded:7}")


if __name__ == "__main__":
    main()
