#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs of generators, beside the same program in Python.

Python has generators too: `yield from` is a call of one by another, `send` is
coro_send. So each statement is written in both languages, Python says what the
C program has to print, and what differs is kept in build/fuzz/.

  generators.py --seconds 60 --jobs 2 [--seed 1] [--llvm 19]
  generators.py --seed 7 --count 1
"""

import random
import sys

import modelled
from generator_model import expected_output
from generator_programs import program
from programs import LEVELS, SWITCHES, Config

NAME = "generators"


def options(parser):
    pass


def sample(seed, args):
    rng = random.Random(seed)
    c_text, python_text = program(rng)
    level = rng.choice(LEVELS)
    switches = (rng.choice(SWITCHES),) if rng.random() < 0.5 else ()
    return modelled.Sample(c_text, Config(level, switches).flags(),
                           lambda: expected_output(python_text))


if __name__ == "__main__":
    sys.exit(modelled.main(sys.modules[__name__]))
