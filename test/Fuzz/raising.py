#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs of functions that raise, beside the same program in Python.

Python has exceptions, and `with` for what runs where a block is left. So each
statement is written in both languages, Python says what the C program has to
print, and what differs is kept in build/fuzz/. Where that is compiled with
-DDETAIL it prints each number that it sees; with --detail, what is kept says
which these should be.

  raising.py --seconds 60 --jobs 2 [--seed 1] [--llvm 19] [--yields]
  raising.py --seed 7 --count 1 [--detail]
"""

import random
import sys
from dataclasses import dataclass, field

import modelled
from programs import SWITCHES, Config
from raising_model import expected_output
from raising_programs import program

NAME = "raising"
LEVELS = ["-O0", "-O1", "-O2", "-Os"]


@dataclass
class Options:
    """yields: some functions suspend. defer: clang has _Defer."""

    yields: bool
    defer: bool
    kinds: list = field(default_factory=list)


def options(parser):
    parser.add_argument("--yields", action="store_true",
                        help="functions that suspend as well")
    parser.add_argument("--no-defer", action="store_true",
                        help="nothing is in a _Defer")
    parser.add_argument("--detail", action="store_true",
                        help="the program prints each number that it sees")


def texts(rng, args):
    return program(rng, Options(args.yields,
                                args.llvm >= 22 and not args.no_defer))


def sample(seed, args):
    rng = random.Random(seed)
    c_text, python_text = texts(rng, args)
    some = lambda share, *flags: flags if rng.random() < share else ()
    switches = ((rng.choice(SWITCHES),) if args.yields and rng.random() < 0.5
                else ())
    flags = [*Config(rng.choice(LEVELS), switches).flags(),
             *(["-fdefer-ts"] if "_Defer" in c_text else []),
             *some(0.25, "-fexceptions"), *some(0.2, "-g"),
             *some(0.25, "-fsanitize=address,undefined",
                   "-fno-sanitize-recover=all"),
             *(["-DDETAIL"] if args.detail else [])]
    return modelled.Sample(c_text, flags,
                           lambda: expected_output(python_text, args.detail),
                           "is left by nothing but errors")


if __name__ == "__main__":
    sys.exit(modelled.main(sys.modules[__name__]))
