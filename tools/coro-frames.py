#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""coro-frames: what the frames of functions that yield hold, and where.

The parts are in coro_frames/: inputs (files to frames), records and objects
(what is in an object), table, svg, diff, contracts.
"""

import argparse
import json
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
# Beside it in the source, and in lib/ where it is installed.
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "lib")]
sys.dont_write_bytecode = True

from coro_frames import contracts, svg  # noqa: E402
from coro_frames.diff import diff  # noqa: E402
from coro_frames.frames import Trouble, function_of  # noqa: E402
from coro_frames.inputs import load, load_all  # noqa: E402
from coro_frames.table import brief, table  # noqa: E402

USAGE = """coro-frames [--brief | --json | --svg OUT] [--only NAME] FILE... [-- FLAGS]
       coro-frames --diff A B [-- FLAGS]
       coro-frames --contracts HEADER [--write] FILE... [-- FLAGS]"""

EPILOG = """\
A FILE is
  a C file             compiled with corocc and the FLAGS behind --
  an object, a program, a shared library or an archive (ELF)
                       compiled with -g or -fplugin-arg-coro-records
  JSON                 of --json, or of corocc -fplugin-arg-coro-frames=<file>

Frames depend on the level of optimisation: give C files the flags of the build.

exit status
  0  all is well
  1  --diff: a frame grew; --contracts: a contract is too small
  2  a file cannot be read, or the command line is wrong

examples
  coro-frames server.c -- -O2 -Iinclude
  coro-frames --svg frames.svg --only serve a.out
  coro-frames --json old.o > before.json && coro-frames --diff before.json new.o
  coro-frames --contracts api.h --write api.c -- -O2
"""


def parser():
    made = argparse.ArgumentParser(
        prog="coro-frames", usage=USAGE, epilog=EPILOG,
        description="Shows what the frames of functions that yield hold: which "
        "bytes, for what, and at which suspension.",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("files", nargs="*", metavar="FILE", help=argparse.SUPPRESS)
    how = made.add_mutually_exclusive_group()
    how.add_argument("--brief", action="store_true", help="a line for each frame")
    how.add_argument("--json", action="store_true",
                     help="what the tables show, for programs")
    how.add_argument("--svg", metavar="OUT",
                     help="draw the frames: bytes across, suspensions down")
    how.add_argument("--diff", nargs=2, metavar=("A", "B"),
                     help="what changed in the frames from A to B")
    how.add_argument("--contracts", metavar="HEADER",
                     help="compare each coro_frame(N) of the header with what "
                     "the function takes")
    made.add_argument("--write", action="store_true",
                      help="with --contracts: write the N that would do into "
                      "the header")
    made.add_argument("--round", type=int, default=16, metavar="BYTES",
                      help="with --contracts: to a multiple of this (16, the "
                      "alignment of such frames: no task grows)")
    made.add_argument("--only", action="append", metavar="NAME",
                      help="the frame of this function; may be given many times")
    return made


def selected(frames, names):
    """The frames of --only."""
    if not names:
        return frames
    found = [f for f in frames
             if f["symbol"] in names or function_of(f) in names]
    known = {n for f in found for n in (f["symbol"], function_of(f))}
    missing = [n for n in names if n not in known]
    if missing:
        there = ", ".join(sorted({f["symbol"] for f in frames})) or "none"
        raise Trouble(f"there is no frame of {missing[0]}; there are: {there}")
    return found


def write(path, text):
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Trouble(f"cannot write {path}: {error.strerror}") from None


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise Trouble(f"cannot read {path}: {error.strerror}") from None


def check_contracts(args, flags):
    """A contract is a part of its callers' frames: one that is written may break
    another, so C files are compiled again until nothing changes."""
    for turn in range(20):
        text = read(args.contracts)
        frames = load_all(args.files, flags, HERE, contracts=True)
        result = contracts.check(args.contracts, text, frames, args.round)
        if turn == 0 or result.edits:
            print("\n".join(result.lines))
        if not args.write or not result.edits:
            return 1 if result.too_small else 0
        write(args.contracts, contracts.edited(text, result.edits))
        print(f"{args.contracts}: {len(result.edits)} updated")
        if not all(f.endswith(".c") for f in args.files):
            print("now build again, and check again")
            return 0
    raise Trouble("the contracts still change after 20 rounds: write down those "
                  "of the innermost functions by hand")


def show(args, flags):
    frames = selected(load_all(args.files, flags, HERE), args.only)
    if args.json:
        print(json.dumps({"version": 1, "frames": frames}, indent=1))
    elif args.svg:
        write(args.svg, svg.picture(frames))
    elif not frames:
        print("no function here yields")
    elif args.brief:
        print(brief(frames))
    else:
        print("\n\n".join(map(table, frames)))
    return 0


def run(args, flags, usage):
    if args.write and not args.contracts:
        usage("--write belongs to --contracts HEADER")
    if args.round < 1:
        usage("--round takes a number of bytes above 0")
    if args.diff:
        if args.files:
            usage("--diff takes two files and no more")
        before, after = (selected(load(f, flags, HERE), args.only)
                         for f in args.diff)
        text, grew = diff(before, after)
        print(text)
        return 1 if grew else 0
    if not args.files:
        usage("which file? See coro-frames --help")
    if args.contracts:
        return check_contracts(args, flags)
    return show(args, flags)


def main(words):
    flags = []
    if "--" in words:
        at = words.index("--")
        words, flags = words[:at], words[at + 1:]
    made = parser()
    args = made.parse_args(words)
    try:
        return run(args, flags, made.error)
    except Trouble as trouble:
        print(f"coro-frames: error: {trouble}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
