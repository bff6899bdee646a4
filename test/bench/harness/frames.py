# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The bytes that realistic programs need while they are suspended.

Each program of test/bench/frames/ is there in C, C++ and Rust, prints the same, and
then, on stderr, how many bytes its task takes: ours and Rust's is one object; C++'s
is the most that is allocated at once.
"""

import math
import subprocess
from pathlib import Path

from . import results
from .tools import BENCH, environment

FRAMES = BENCH / "frames"
PEERS = {"coro": ".c", "cxx": ".cpp", "rust": ".rs"}


def command(tools, source, target, ports):
    if source.suffix == ".rs":
        return [tools.rustc, "--edition=2021", "-Copt-level=3",
                "-Ccodegen-units=1", "-Awarnings", str(source), "-o", target]
    compiler = ([tools.corocc] if source.suffix == ".c"
                else [tools.clangxx, "-std=c++20"])
    return compiler + ["-O2", str(source), ports, "-o", target]


def run(tools, source, target, ports):
    """What the program prints and how many bytes it needs; or why not."""
    why = tools.missing(source)
    if why:
        return None, why
    built = subprocess.run(command(tools, source, target, ports), text=True,
                           capture_output=True, env=environment())
    if built.returncode:
        if source.suffix == ".rs":
            return None, "too old a rustc for these programs"
        raise SystemExit(f"bench: {source}\n{built.stderr}")
    done = subprocess.run([target], text=True, capture_output=True, check=True)
    return (done.stdout, int(done.stderr.split()[-1])), None


def table(tools, folder):
    result = results.new("frames", "frame bytes", "bytes of a task, everything it "
                         "calls included, in realistic programs", list(PEERS),
                         "at most C++20's and Rust's each; 0.6 of Rust's in the "
                         "geometric mean", baseline="rust")
    work = Path(folder) / "frames"
    work.mkdir(parents=True, exist_ok=True)
    ports = str(work / "ports.o")
    subprocess.run([tools.clang, "-O2", "-c", "-o", ports,
                    str(FRAMES / "support" / "ports.c")], check=True)
    for source in sorted(FRAMES.glob("*.c")):
        cells, missing, printed = {}, {}, set()
        for peer, suffix in PEERS.items():
            got, why = run(tools, source.with_suffix(suffix),
                           str(work / f"{source.stem}-{peer}"), ports)
            if got:
                printed.add(got[0])
                cells[peer] = [got[1]]
            else:
                missing[peer] = why
        if len(printed) > 1:
            raise SystemExit(f"bench: {source.stem}: {printed}")
        results.add_line(result, source.stem.replace("_", " "), "bytes", cells,
                         missing)
    for line in result["lines"]:
        line["bar"] = min(cell["value"] for cell in line["cells"].values())
    add_mean(result)
    return result


def add_mean(result):
    """The geometric mean, of the programs that all can build."""
    whole = [line["cells"] for line in result["lines"] if not line["missing"]]
    if not whole:
        return
    means = {peer: [math.exp(sum(math.log(cells[peer]["value"])
                                 for cells in whole) / len(whole))]
             for peer in PEERS}
    results.add_line(result, "geometric mean", "bytes", means)
    result["lines"][-1]["bar"] = 0.6 * means["rust"][0]
