# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs programs in turns and says what one operation costs.

All peers of a line take turns within a round, each round begins with another
one, and a ratio is the median of the rounds' own ratios: what disturbs the
machine for longer than a round disturbs both sides of it.
"""

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass


@dataclass
class Options:
    rounds: int = 15
    milliseconds: float = 5
    cpu: int = -1
    clock: str = "cpu"


class Program:
    """A bench program that waits for counts."""

    def __init__(self, path, cpu, preload=None, clock="cpu"):
        pin = [] if cpu < 0 else ["taskset", "-c", str(cpu)]
        env = dict(os.environ, BENCH_CLOCK=clock)
        if preload:
            env["LD_PRELOAD"] = preload
        self.path = path
        self.process = subprocess.Popen(
            pin + [path], text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=env)

    def run(self, count):
        """ns, checksum, allocations, bytes of resident memory."""
        try:
            print(count, file=self.process.stdin, flush=True)
            numbers = [int(n) for n in self.process.stdout.readline().split()]
        except BrokenPipeError:
            numbers = []
        if len(numbers) != 4:
            sys.exit(f"bench: {self.path} ended with {self.process.wait()}")
        return numbers

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def calibrated(program, options):
    """As many operations as take the time of one turn."""
    wanted, count = options.milliseconds * 1e6, 64
    while True:
        took = max(program.run(count)[0], 1)
        if took >= wanted / 4:
            return max(int(count * wanted / took), 1)
        count *= min(16, max(2, int(wanted / took / 2)))


def check(line, programs, count):
    """Every peer computes the same."""
    sums = {}
    for peer, path in programs.items():
        with Program(path, -1) as program:
            sums[peer] = program.run(count)[1]
    if len(set(sums.values())) > 1:
        sys.exit(f"bench: {line}: the peers compute different things: {sums}")


def times(programs, given, options):
    """ns for each operation: by peer, a list of rounds. `given` are the counts
    of those that are not calibrated."""
    running = {peer: Program(path, options.cpu, clock=options.clock)
               for peer, path in programs.items()}
    counts = {peer: given.get(peer) or calibrated(program, options)
              for peer, program in running.items()}
    rounds = {peer: [] for peer in running}
    order = list(running)
    for _ in range(options.rounds):
        for peer in order:
            took = running[peer].run(counts[peer])[0]
            rounds[peer].append(took / counts[peer])
        order = order[1:] + order[:1]
    for program in running.values():
        program.__exit__()
    return rounds


def resident(programs, counts, options):
    """Bytes each operation leaves resident, in a fresh process."""
    rounds = {peer: [] for peer in programs}
    for _ in range(min(options.rounds, 3)):
        for peer, path in programs.items():
            with Program(path, options.cpu) as program:
                left = program.run(counts[peer])[3]
                rounds[peer].append(left / counts[peer])
    return rounds


def allocations(programs, preload, count=1000):
    """Allocations for each operation: the difference of two runs, so that what
    a program takes once does not count."""
    found = {}
    for peer, path in programs.items():
        with Program(path, -1, preload) as program:
            program.run(count)
            once, thrice = program.run(count)[2], program.run(3 * count)[2]
        found[peer] = (thrice - once) / (2 * count)
    return found


def middle(values):
    """The lower quartile, the median, the upper quartile."""
    return (statistics.quantiles(values, n=4, method="inclusive")
            if len(values) > 1 else values * 3)


def ratio(a, b):
    """The quartiles of the rounds' ratios, if there is anything to divide by."""
    return middle([x / y for x, y in zip(a, b)]) if all(b) else [None] * 3


def summary(rounds, baseline, ours):
    """By peer: the median, where the middle half lies, the ratio to the baseline,
    how many times as much we take, and that in the lower quartile of rounds."""
    cells = {}
    for peer, values in rounds.items():
        low, value, high = middle(values)
        cells[peer] = {"value": value, "low": low, "high": high}
        if baseline in rounds:
            cells[peer]["ratio"] = ratio(values, rounds[baseline])[1]
        if ours in rounds:
            cells[peer]["ours_low"], cells[peer]["ours"], _ = ratio(
                rounds[ours], values)
    return cells
