#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random C programs, made coroutines throughout, must do what they did.

Each program of csmith runs once as plain C and then under the plugin's stress
mode at every optimisation level, with random hostile arms (runtime/debug/
stress.c) and bisecting switches. What differs stays in build/fuzz/ together
with the command that shows it; reduce.py makes it small.

  fuzz.py --seconds 600            as many as fit
  fuzz.py --list seeds.txt         a fixed list, as the tests do
  fuzz.py --seed 7 --count 1       one program
"""

import argparse
import concurrent.futures
import os
import random
import sys
import time
from pathlib import Path

from programs import (LEVELS, ROOT, Config, Tools, csmith, difference,
                      reference, stressed)


class Fuzzer:
    def __init__(self, tools, work, variety, reference_seconds):
        self.tools = tools
        self.work = work
        self.variety = variety
        self.reference_seconds = reference_seconds
        self.programs = self.runs = self.skipped = self.failed = 0

    def keep(self, source, seed, config, kind, text):
        kept = self.work / f"{seed}-{kind}.c"
        if source.exists():
            kept.write_bytes(source.read_bytes())
        command = " ".join(self.tools.stress_command(kept, config, "a.out"))
        kept.with_suffix(".txt").write_text(
            f"{config}\nCORO_STRESS={','.join(config.arms) or 'none'}\n"
            f"{command}\n{text}\n")
        first = text.strip().splitlines()[0] if text.strip() else ""
        print(f"FAIL seed {seed} {config}: {kind}: {first}\n"
              f"     {kept}", flush=True)

    def configs(self, seed):
        rng = random.Random(f"configs {seed}")
        return [Config.chosen(rng, level) for level in LEVELS]

    def program(self, seed):
        """How many configurations ran and what failed, or None if skipped."""
        source = self.work / f"s{seed}.c"
        target = self.work / f"s{seed}.out"
        try:
            if not csmith(seed, source, self.variety):
                return None
            expected = reference(self.tools, source, target,
                                 self.reference_seconds)
            if expected is None:
                return None
            return self.compare(seed, source, target, expected)
        finally:
            source.unlink(missing_ok=True)

    def compare(self, seed, source, target, expected):
        failures = []
        configs = self.configs(seed)
        for config in configs:
            actual = stressed(self.tools, source, config, target)
            if actual.kind == "timeout":
                # Slow is not wrong: threads cost much.
                config = Config(config.level, config.switches)
                actual = stressed(self.tools, source, config, target)
            found = difference(expected, actual)
            if found:
                self.keep(source, seed, config, *found)
                failures.append(config)
        return len(configs), failures

    def count(self, result):
        if result is None:
            self.skipped += 1
            return
        self.programs += 1
        self.runs += result[0]
        self.failed += len(result[1])


def seeds_of(arguments):
    if arguments.list:
        lines = Path(arguments.list).read_text().splitlines()
        yield from (int(line) for line in lines
                    if line.strip() and not line.startswith("#"))
        return
    seed = arguments.seed
    for _ in range(arguments.count or sys.maxsize):
        yield seed
        seed += 1


def run_all(fuzzer, arguments):
    deadline = time.monotonic() + (arguments.seconds or 10**9)
    seeds = seeds_of(arguments)
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        pending = set()
        for seed in seeds:
            pending.add(pool.submit(fuzzer.program, seed))
            if len(pending) >= arguments.jobs:
                done, pending = concurrent.futures.wait(
                    pending, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    fuzzer.count(future.result())
            if time.monotonic() > deadline:
                break
        for future in pending:
            fuzzer.count(future.result())


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--llvm", default="22")
    parser.add_argument("--build", help="build tree; default by --llvm")
    parser.add_argument("--seed", type=int, default=int(time.time()) * 1000)
    parser.add_argument("--count", type=int, help="so many seeds")
    parser.add_argument("--seconds", type=int, help="so long")
    parser.add_argument("--list", help="file with a seed a line")
    parser.add_argument("--plain", action="store_true",
                        help="small programs only; --list implies it")
    parser.add_argument("--jobs", type=int,
                        default=len(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    build = ROOT / ("build" if arguments.llvm == "22" else
                    f"build-llvm{arguments.llvm}")
    build = Path(arguments.build) if arguments.build else build
    work = ROOT / "build" / "fuzz"
    work.mkdir(parents=True, exist_ok=True)
    plain = arguments.plain or arguments.list
    fuzzer = Fuzzer(Tools.of(arguments.llvm, build, work), work, not plain,
                    2 if plain else 0.5)
    if not arguments.list:
        print(f"fuzz: from seed {arguments.seed} on", flush=True)
    run_all(fuzzer, arguments)
    print(f"fuzz, LLVM {arguments.llvm}: {fuzzer.programs} programs, "
          f"{fuzzer.runs} runs, {fuzzer.skipped} skipped, "
          f"{fuzzer.failed} failed")
    return 1 if fuzzer.failed else 0


if __name__ == "__main__":
    sys.exit(main())
