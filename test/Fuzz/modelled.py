# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs of which a model in Python says what they print: compiles
each, runs it, and keeps what differs. generators.py and raising.py are it."""

import argparse
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from programs import ROOT, run

# Leaks are not asked for: that needs ptrace, which not every machine allows.
ENVIRONMENT = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")


class Outgrown(Exception):
    """The program has no end in time."""


@dataclass
class Sample:
    """One program, how to compile it, and what says what it has to print. One
    of which the compiler says `refused` is none for a test."""

    c_text: str
    flags: list
    model: object = field(repr=False)
    refused: str = "(nothing is refused)"


def compile_and_run(args, build, sample, source, target):
    command = [f"/usr/lib/llvm-{args.llvm}/bin/clang", "-w",
               f"-fplugin={build}/lib/libcoro.so", "-fplugin-arg-coro-verify",
               "-fno-crash-diagnostics", "-I", str(ROOT / "include"),
               *sample.flags, str(source), f"-L{build}/lib", "-lcoro_rt",
               "-pthread", "-o", str(target)]
    built = run(command, 120)
    if built.kind != "ok" or built.status:
        return (f"does not compile: {built.kind} {built.status}\n"
                f"{built.output[:6000]}", command)
    ran = run([str(target)], 20, ENVIRONMENT)
    target.unlink()
    if ran.kind != "ok" or ran.status:
        return f"ends with {ran.kind} {ran.status}\n{ran.output[-3000:]}", command
    return ran.output, command


def keep(name, sample, actual, command):
    """Leaves the program, the command and both outputs in build/fuzz/."""
    kept = ROOT / "build" / "fuzz"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{name}.c").write_text(sample.c_text)
    (kept / f"{name}.txt").write_text(
        " ".join(command) + f"\n\nexpected\n{sample.model()}\n"
        f"actual\n{actual}\n")


def try_seed(family, seed, args, build, work):
    """Nothing, or a report. None of a program that has no end in time."""
    sample = family.sample(seed, args)
    try:
        expected = sample.model()
    except Outgrown:
        return None
    source = work / f"{seed}.c"
    source.write_text(sample.c_text)
    actual, command = compile_and_run(args, build, sample, source,
                                      work / f"{seed}.out")
    source.unlink()
    if actual.startswith("does not compile") and sample.refused in actual:
        return None
    if actual == expected:
        return ""
    name = f"{family.NAME}-{seed}"
    keep(name, sample, actual, command)
    return f"seed {seed} {' '.join(sample.flags)}: see build/fuzz/{name}.c"


def run_all(family, args):
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
            for report in pool.map(lambda s: try_seed(
                    family, s, args, build, Path(folder)), batch):
                done += report is not None
                if report:
                    failed += 1
                    print(report, flush=True)
    print(f"{done} programs, {failed} differ")
    return failed != 0


def main(family):
    """family: a module with NAME, sample(seed, args), options(parser)."""
    parser = argparse.ArgumentParser(description=family.__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--llvm", type=int, default=22)
    family.options(parser)
    return run_all(family, parser.parse_args())
