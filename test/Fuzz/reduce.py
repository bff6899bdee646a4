#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a failing program of fuzz.py small.

  reduce.py build/fuzz/123-differs.c [--llvm 19]

First it drops the arms and switches that do not matter and adds each bisecting
switch in turn, which names the culprit; then cvise reduces the program, as long
as it is still a program without undefined behaviour that still fails in the
same way. The result is build/fuzz/123-differs.small.c.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from programs import (CSMITH_INCLUDE, ROOT, SWITCHES, Config, Tools,
                      difference, reference, run, stressed)

SANE = ["-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
STRICT = ["-Werror=uninitialized", "-Werror=return-type",
          "-Werror=implicit-function-declaration", "-Werror=format",
          "-Werror=incompatible-pointer-types", "-Werror=int-conversion"]


def fails(tools, source, config, target):
    expected = reference(tools, source, target, 5)
    if expected is None:
        return None
    found = difference(expected, stressed(tools, source, config, target))
    return found and found[0]


def sane(tools, source, target):
    """No undefined behaviour that a sanitizer or a warning sees."""
    strict = run([tools.clang, "-fsyntax-only", "-I", CSMITH_INCLUDE, "-w"] +
                 STRICT + [str(source)], 20)
    if strict.status:
        return False
    ran = reference(tools, source, target, 10, SANE)
    return ran is not None and "ERROR" not in ran.output and \
        "runtime error" not in ran.output


def simplify(tools, source, config, kind, target):
    """The same failure with as few arms and switches as possible."""
    for arm in config.arms:
        fewer = Config(config.level, config.switches,
                       tuple(a for a in config.arms if a != arm))
        if fails(tools, source, fewer, target) == kind:
            config = fewer
    for switch in config.switches:
        fewer = Config(config.level,
                       tuple(s for s in config.switches if s != switch),
                       config.arms)
        if fails(tools, source, fewer, target) == kind:
            config = fewer
    return config


def name_culprit(tools, source, config, kind, target):
    for switch in SWITCHES:
        if switch in config.switches:
            continue
        more = Config(config.level, config.switches + (switch,), config.arms)
        found = fails(tools, source, more, target)
        print(f"  with {switch}: {found or 'passes'}")


def check(arguments, tools):
    """What cvise asks: exit status 0 where the failure is still there."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "a.out"
        source = Path(arguments.source)
        config = Config.parse(arguments.config)
        good = (fails(tools, source, config, target) == arguments.check and
                (arguments.check == "compile" or sane(tools, source, target)))
    return 0 if good else 1


def cvise(arguments, source, config, kind, lib):
    """cvise runs the script in a folder with a candidate of that name."""
    small = source.with_name(source.stem + ".small.c")
    script = source.with_name(source.stem + ".sh")
    flat = subprocess.run(["clang-22", "-E", "-P", "-I", CSMITH_INCLUDE,
                           str(source)], capture_output=True, check=True)
    small.write_bytes(flat.stdout)
    command = [sys.executable, __file__, small.name, "--llvm", arguments.llvm,
               "--check", kind, "--config", str(config), "--lib", str(lib)]
    script.write_text("#!/bin/sh\nexec " + shlex.join(command) + "\n")
    script.chmod(0o755)
    subprocess.run(["cvise", "--n", str(arguments.jobs), "--timeout", "60",
                    str(script.resolve()), small.name], cwd=small.parent)
    print(f"reduced: {small}")


def existing_tools(llvm, lib):
    objects = [str(lib / "waker.o"), str(lib / "stress.o")]
    return Tools(f"/usr/lib/llvm-{llvm}/bin/clang", str(lib / "libcoro.so"),
                 objects)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("--llvm", default="22")
    parser.add_argument("--config", help="default: what fuzz.py noted")
    parser.add_argument("--jobs", type=int,
                        default=len(os.sched_getaffinity(0)))
    parser.add_argument("--no-cvise", action="store_true")
    parser.add_argument("--check", help=argparse.SUPPRESS)
    parser.add_argument("--lib", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.check:
        return check(arguments, existing_tools(arguments.llvm,
                                               Path(arguments.lib)))
    source = Path(arguments.source).resolve()
    build = ROOT / ("build" if arguments.llvm == "22" else
                    f"build-llvm{arguments.llvm}")
    work = ROOT / "build" / "reduce"
    work.mkdir(parents=True, exist_ok=True)
    tools = Tools.of(arguments.llvm, build, work)
    target = work / (source.stem + ".out")
    noted = source.with_suffix(".txt")
    config = Config.parse(arguments.config or
                          noted.read_text().splitlines()[0])
    kind = fails(tools, source, config, target)
    if not kind:
        print(f"does not fail with {config}")
        return 1
    config = simplify(tools, source, config, kind, target)
    print(f"{kind} with {config}")
    name_culprit(tools, source, config, kind, target)
    if not arguments.no_cvise:
        cvise(arguments, source, config, kind, work / f"lib-{arguments.llvm}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
