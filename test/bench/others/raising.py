#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The size of a file of 50 functions that may fail, written in three ways.

  raising.py --build <build tree>

  raises      with raises(int)
  codes       an int that is returned, the value through a pointer
  throws      C++ exceptions

The functions read numbers and marks, check limits and fill records; each calls
two to four others. Three shapes:

  together   the compiler inlines what it likes
  apart      it inlines nothing
  cleanups   the same, and whatever calls something holds what a cleanup
             releases

Prints the bytes of code (.text*), of the unwind information that C functions
have as well (.eh_frame) and of the tables exceptions need (.gcc_except_table),
and the ratio of code to `codes`. Ends with 1 if there is anything for an unwinder
of exceptions in the object of `raises`.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = """
struct input { const char *at, *end; };
struct record { int fields[3]; };
enum { NO_DIGIT = 1, TOO_MUCH, NO_MARK, TOO_LITTLE, NO_RECORD };
"""
SHAPES = ("together", "apart", "cleanups")
APART = "__attribute__((noinline)) "


class Raises:
    suffix, flags = ".c", []
    head = ("#include <coro/coro.h>" + HEAD +
            "void enter(struct input *in);\nvoid leave(struct input *in);\n"
            "static inline void left(struct input **held) { leave(*held); }\n")
    guard = "__attribute__((cleanup(left))) struct input *held = in; enter(in);"

    def __init__(self, shape):
        self.apart = "" if shape == "together" else APART
        self.held = shape == "cleanups"

    def function(self, result, name, parameters, body, holds=False):
        guard = self.guard if holds and self.held else ""
        return (f"{self.apart}raises(int) {result} {name}({parameters}) {{\n"
                f"  {guard}\n{body}}}\n")

    def get(self, to, name, arguments):
        return f"  {to} = {name}({arguments});\n"

    def do(self, name, arguments):
        return f"  {name}({arguments});\n"

    def fail(self, error):
        return f"coro_raise({error});"

    def give(self, value):
        return f"  return {value};\n"


class Throws(Raises):
    suffix, flags = ".cpp", ["-std=c++23"]
    head = (HEAD + "void enter(input *in);\nvoid leave(input *in);\n"
            "struct holder { input *in; ~holder() { leave(in); } };\n")
    guard = "holder held{in}; enter(in);"

    def function(self, *args, **kwargs):
        return super().function(*args, **kwargs).replace("raises(int) ", "")

    def fail(self, error):
        return f"throw static_cast<int>({error});"


class Codes(Raises):
    head = (HEAD + "void enter(struct input *in);\n"
            "void leave(struct input *in);\n")

    def function(self, result, name, parameters, body, holds=False):
        if result != "void":
            parameters += f", {result} *result"
        held = holds and self.held
        if held:
            body = re.sub(r"\breturn error;", "goto out;", body)
            body = re.sub(r"\breturn ([A-Z_]+);", r"{ error = \1; goto out; }",
                          body)
            body = "  enter(in);\n" + body + "out:\n  leave(in);\n"
        ending = "error" if held else "0"
        error = "  int error = 0;\n" if "error" in body or held else ""
        return (f"{self.apart}int {name}({parameters}) {{\n{error}{body}"
                f"  return {ending};\n}}\n")

    def get(self, to, name, arguments):
        declared = f"  {to};\n" if to.startswith("int ") else ""
        return (f"{declared}  if ((error = {name}({arguments}, "
                f"&{to.removeprefix('int ')})))\n    return error;\n")

    def do(self, name, arguments):
        return f"  if ((error = {name}({arguments})))\n    return error;\n"

    def fail(self, error):
        return f"return {error};"

    def give(self, value):
        return f"  *result = {value};\n"


def number(way, i):
    return way.function("int", f"number{i}", "struct input *in", f"""\
  int value = 0;
  if (in->at == in->end || *in->at < '0' || *in->at > '9')
    {way.fail("NO_DIGIT")}
  while (in->at < in->end && *in->at >= '0' && *in->at <= '9') {{
    if (value > {i * 37 + 100})
      {way.fail("TOO_MUCH")}
    value = value * 10 + (*in->at++ - '0');
  }}
""" + way.give("value"))


def mark(way, i):
    return way.function("void", f"mark{i}", "struct input *in", f"""\
  if (in->at == in->end || *in->at != '{chr(ord('a') + i)}')
    {way.fail("NO_MARK")}
  in->at++;
""")


def field(way, i):
    body = way.do(f"mark{i % 10}", "in")
    body += way.get("int value", f"number{(i * 3) % 10}", "in")
    body += way.do(f"mark{(i + 3) % 10}", "in")
    body += f"  if (value < {i})\n    {way.fail('TOO_LITTLE')}\n"
    return way.function("int", f"field{i}", "struct input *in, int scale",
                        body + way.give("value * scale"), holds=True)


def record(way, i):
    body = way.get("out->fields[0]", f"field{i}", "in, 1")
    body += way.get("out->fields[1]", f"field{(i + 4) % 15}", "in, 10")
    if i % 2:
        body += way.do(f"mark{i % 10}", "in")
    if i % 3:
        body += way.get("out->fields[2]", f"field{(i + 9) % 15}",
                        "in, out->fields[0]")
    body += (f"  if (out->fields[0] + out->fields[1] > {i * 50})\n"
             f"    {way.fail('NO_RECORD')}\n")
    return way.function("void", f"record{i}",
                        "struct input *in, struct record *out", body,
                        holds=True)


def program(way):
    parts = [number(way, i) for i in range(10)]
    parts += [mark(way, i) for i in range(10)]
    parts += [field(way, i) for i in range(15)]
    parts += [record(way, i) for i in range(15)]
    return way.head + "\n".join(parts)


def output(*command):
    return subprocess.run(command, check=True, text=True,
                          capture_output=True).stdout


def sizes(path):
    """Bytes of code, of unwind information, and of exceptions' tables."""
    found = [0, 0, 0]
    for name, size in re.findall(r"^ +\d+ (\S+) +([0-9a-f]+) ",
                                 output("objdump", "-h", path), re.M):
        for i, section in enumerate((".text", ".eh_frame",
                                     ".gcc_except_table")):
            if name.startswith(section):
                found[i] += int(size, 16)
    return found


def no_unwinder(path):
    symbols = output("nm", path) + output("objdump", "-h", path)
    found = re.findall(r"\S*(?:personality|_Unwind_|except_table)\S*", symbols)
    if found:
        sys.exit(f"raising: for exceptions, in {path}: {' '.join(found)}")


def compilers(build):
    corocc = str(build / "bin" / "corocc")
    clang = re.search(r"^clang=.*:-(.*)}$", (build / "bin" / "corocc").
                      read_text(), re.M)[1]
    return {Raises: corocc, Codes: corocc, Throws: clang + "++"}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=Path)
    by = compilers(parser.parse_args().build)
    print("size of 50 functions  program    code  ratio  eh_frame  tables")
    with tempfile.TemporaryDirectory() as work:
        target = f"{work}/program.o"
        for level in ["-O1", "-O2", "-Os", "-Oz"]:
            for shape in SHAPES:
                rows = {}
                for way in (Codes, Raises, Throws):
                    source = Path(work) / ("program" + way.suffix)
                    source.write_text(program(way(shape)))
                    output(by[way], level, *way.flags, "-c", str(source), "-o",
                           target)
                    rows[way] = sizes(target)
                    if way is Raises:
                        no_unwinder(target)
                for way in (Raises, Codes, Throws):
                    code, frames, tables = rows[way]
                    print(f"{level:11} {shape:9} {way.__name__.lower():8}"
                          f"{code:7} {code / rows[Codes][0]:6.2f} {frames:9}"
                          f"{tables:8}")


if __name__ == "__main__":
    main()
