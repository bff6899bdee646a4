#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The size of what cancels 20 functions that yield, beside what runs them.

  cancelling.py --build <build tree>

Two programs that do the same as long as nothing is cancelled:

  cleanups   what a function holds is released by cleanups
  by hand    by calls where it ends; cancelled, it releases nothing

Half of the functions wait in loops for input and output and hold one or two
things meanwhile; the others call two of those. Shapes: fused, where callees
become part of their callers as the compiler likes; apart, where none does.

Prints, as sums over the 20 functions, bytes of code of f.start and f.poll, of
f.cancel, the ratio of the two, and bytes of the frames; and for `cleanups` the
ratio of each to `by hand`: what there is to pay where nothing is cancelled.
"""

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

HEAD = """#include <coro/coro.h>
struct buffer { int size, used; char *bytes; };
struct lock { int held; };
yields int receive(int from, struct buffer *into) coro_frame(64);
yields int answer(int to, const struct buffer *out) coro_frame(64);
struct buffer take(int size);
void release(struct buffer *buffer);
yields void acquire(struct lock *lock) coro_frame(64);
void unlock(struct lock *lock);
int parse(const struct buffer *buffer, int kind);
static inline void unlocked(struct lock **lock) { unlock(*lock); }
"""
COPY = """
yields {apart} int copy{i}(int from, int to) {{
  {buffer} = take({size});
  int total = 0, got;
  while ((got = receive(from, &held)) > 0) {{
    if (parse(&held, {i}) < 0)
      break;
    total += answer(to, &held);
  }}
  {release}
  return total;
}}
"""
UPDATE = """
yields {apart} int update{i}(struct lock *lock, int from) {{
  {buffer} = take({size});
  int got = receive(from, &held);
  if (got < 0) {{
    {release}
    return got;
  }}
  acquire(lock);
  {locked}
  int kind = parse(&held, {i});
  for (int n = 0; n < kind; n++)
    got += answer(n, &held);
  {unlock}
  {release}
  return got;
}}
"""
SESSION = """
yields {apart} int session{i}(struct lock *lock, int from, int to) {{
  {buffer} = take({size});
  int result = update{i}(lock, from);
  if (result >= 0) {{
    coro_yield_now();
    result += copy{i}(from, to);
  }}
  if (result > {size})
    result = answer(to, &held);
  {release}
  return result;
}}
"""
CLEANUPS = {
    "buffer": "__attribute__((cleanup(release))) struct buffer held",
    "release": "",
    "locked": "__attribute__((cleanup(unlocked))) struct lock *kept = lock;",
    "unlock": "",
}
BY_HAND = {
    "buffer": "struct buffer held",
    "release": "release(&held);",
    "locked": "",
    "unlock": "unlock(lock);",
}
SHAPES = {"fused": "", "apart": "__attribute__((noinline))"}


def program(way, shape):
    text = HEAD
    for name, function, count in (("copy", COPY, 5), ("update", UPDATE, 5),
                                  ("session", SESSION, 10)):
        for i in range(count):
            called = function.replace("update{i}(l", f"update{i % 5}(l")
            called = called.replace("copy{i}(f", f"copy{(i + i // 5) % 5}(f")
            if function is not SESSION:
                called = function
            text += called.format(i=i, size=64 + 16 * i, apart=SHAPES[shape],
                                  **way)
            text += f"coro_task({name}{i}) frame_of_{name}{i};\n"
    return text


def output(*command):
    return subprocess.run(command, check=True, text=True,
                          capture_output=True).stdout


def sizes(path):
    """Bytes that run the functions, bytes that cancel them, bytes of frames."""
    runs = cancels = frames = 0
    for size, name in re.findall(r"^\S+ (\S+) \S (\S+)$",
                                 output("nm", "-S", path), re.M):
        if name.startswith("frame_of_"):
            frames += int(size, 16)
        elif name.endswith((".start", ".poll")):
            runs += int(size, 16)
        elif name.endswith(".cancel"):
            cancels += int(size, 16)
    return runs, cancels, frames


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    corocc = str(Path(parser.parse_args().build) / "bin" / "corocc")
    print("size of 20 that yield    start+poll  ratio"
          "  cancel  of that  frames  ratio")
    with tempfile.TemporaryDirectory() as work:
        source, target = Path(work) / "program.c", f"{work}/program.o"
        for level in ["-O1", "-O2", "-Os", "-Oz"]:
            for shape in SHAPES:
                found = []
                for way in (BY_HAND, CLEANUPS):
                    source.write_text(program(way, shape))
                    output(corocc, level, "-c", str(source), "-o", target)
                    found.append(sizes(target))
                for name, (runs, cancels, frames) in zip(
                        ("by hand", "cleanups"), found):
                    print(f"{level:6} {shape:7} {name:9} {runs:11} "
                          f"{runs / found[0][0]:6.2f} {cancels:7} "
                          f"{cancels / runs:8.2f} {frames:7} "
                          f"{frames / found[0][2]:6.2f}")


if __name__ == "__main__":
    main()
