#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs of generators, beside the same program in Python.

Python has generators too: `yield from` is a call of one by another, `send` is
coro_send. So each statement is written in both languages, Python says what the
C program has to print, and what differs is kept in build/fuzz/.

  generators.py --seconds 60 --jobs 2 [--seed 1] [--llvm 19]
  generators.py --seed 7 --count 1
"""

import argparse
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator_model import Outgrown, expected_output
from generator_programs import program
from programs import LEVELS, ROOT, SWITCHES, Config, run


def compile_and_run(clang, build, config, source, target):
    command = [clang, "-w", f"-fplugin={build}/lib/libcoro.so",
               "-fplugin-arg-coro-verify", "-fno-crash-diagnostics", "-I",
               str(ROOT / "include")] + config.flags() + [
                   str(source), f"-L{build}/lib", "-lcoro_rt", "-pthread",
                   "-o", str(target)]
    built = run(command, 120)
    if built.kind != "ok" or built.status:
        return f"does not compile:\n{built.output[:1500]}", command
    ran = run([str(target)], 20)
    target.unlink()
    if ran.kind != "ok" or ran.status:
        return f"ends with {ran.kind} {ran.status}\n{ran.output[-300:]}", command
    return ran.output, command


def try_seed(seed, args, build, work):
    """Nothing, or a report. None of a program that has no end in time."""
    rng = random.Random(seed)
    c_text, python_text = program(rng)
    try:
        expected = expected_output(python_text)
    except Outgrown:
        return None
    level = rng.choice(LEVELS)
    switches = (rng.choice(SWITCHES),) if rng.random() < 0.5 else ()
    config = Config(level, switches)
    source = work / f"{seed}.c"
    source.write_text(c_text)
    clang = f"/usr/lib/llvm-{args.llvm}/bin/clang"
    actual, command = compile_and_run(clang, build, config, source,
                                      work / f"{seed}.out")
    if actual == expected:
        source.unlink()
        return ""
    kept = ROOT / "build" / "fuzz"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"generators-{seed}.c").write_text(c_text)
    (kept / f"generators-{seed}.txt").write_text(
        " ".join(command) + f"\n\nexpected\n{expected}\nactual\n{actual}\n")
    return f"seed {seed} {config}: differs, see build/fuzz/generators-{seed}.c"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--llvm", type=int, default=22)
    args = parser.parse_args()
    build = ROOT / ("build" if args.llvm == 22 else f"build-llvm{args.llvm}")
    end = time.monotonic() + (args.seconds or 1e9)
    count = args.count or (10**9 if args.seconds else 100)
    done = failed = 0
    with tempfile.TemporaryDirectory() as folder, \
            ThreadPoolExecutor(args.jobs) as pool:
        seed = args.seed
        while seed < args.seed + count and time.monotonic() < end:
            batch = range(seed, min(seed + 4 * args.jobs, args.seed + count))
            seed = batch.stop
            for report in pool.map(
                    lambda s: try_seed(s, args, build, Path(folder)), batch):
                done += report is not None
                if report:
                    failed += 1
                    print(report, flush=True)
    print(f"{done} programs, {failed} differ")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
