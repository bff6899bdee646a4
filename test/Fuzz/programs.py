# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles and runs one C program, with and without stress, and says what
differs. fuzz.py and reduce.py are built on it."""

import os
import random
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"]
SWITCHES = ["no-overlay", "spill-all", "no-remat", "no-fuse", "no-direct-resume",
            "poison-dead"]
ARMS = ["poison", "scribble", "context", "threads", "guard", "move", "again"]
CSMITH_INCLUDE = "/usr/include/csmith"
BASE = ["-w", "-g0", "-I", CSMITH_INCLUDE]
# A run of a stressed program may take this long; its reference is far quicker.
STRESS_SECONDS = 30
COMPILE_SECONDS = 60


@dataclass(frozen=True)
class Config:
    """One way to compile and run a program."""

    level: str
    switches: tuple = ()
    arms: tuple = ()

    def __str__(self):
        return "/".join([self.level, "+".join(self.switches) or "-",
                         "+".join(self.arms) or "none"])

    @staticmethod
    def parse(text):
        level, switches, arms = text.split("/")
        split = lambda part: tuple(p for p in part.split("+")
                                   if p not in ("-", "none", ""))
        return Config(level, split(switches), split(arms))

    @staticmethod
    def chosen(rng, level):
        """Half of the time as users compile, otherwise with one switch."""
        switches = (rng.choice(SWITCHES),) if rng.random() < 0.5 else ()
        if level != "-O0" and "spill-all" in switches:
            switches = ()  # the optimiser takes minutes over so many stores
        arms = tuple(a for a in ARMS
                     if rng.random() < (0.15 if a == "threads" else 0.5))
        return Config(level, switches, arms)

    def flags(self):
        return [self.level] + [f"-fplugin-arg-coro-{s}" for s in self.switches]

    def environment(self):
        return dict(os.environ, CORO_STRESS=",".join(self.arms) or "none")


@dataclass
class Tools:
    """The compilers of one LLVM version and what they link with."""

    clang: str
    plugin: str
    runtime: list

    @staticmethod
    def of(llvm, build, work):
        clang = f"/usr/lib/llvm-{llvm}/bin/clang"
        # A copy: whoever rebuilds the plugin meanwhile does not disturb.
        lib = work / f"lib-{llvm}"
        lib.mkdir(parents=True, exist_ok=True)
        for built in (build / "lib").glob("libcoro*.so"):
            copy = lib / built.name
            copy.unlink(missing_ok=True)
            copy.write_bytes(built.read_bytes())
            copy.chmod(0o755)
        runtime = []
        for source in ["runtime/core/waker.c", "runtime/core/cancel.c",
                       "runtime/port/linux/heap.c", "runtime/debug/stress.c",
                       "runtime/debug/stress_cancel.c"]:
            target = lib / (Path(source).stem + ".o")
            subprocess.run([clang, "-O1", "-g", "-I", ROOT / "include", "-c",
                            ROOT / source, "-o", target], check=True)
            runtime.append(str(target))
        return Tools(clang, str(lib / "libcoro.so"), runtime)

    def stress_command(self, source, config, target):
        return ([self.clang] + BASE +
                [f"-fplugin={self.plugin}", "-fplugin-arg-coro-stress",
                 "-fplugin-arg-coro-verify", "-fno-crash-diagnostics"] +
                config.flags() +
                [str(source)] + self.runtime + ["-pthread", "-o", str(target)])


@dataclass
class Outcome:
    """What a run said. kind: ok, compile, slow (compiling), signal, timeout."""

    kind: str
    output: str = ""
    status: int = 0


def run(command, seconds, env=None):
    """Ends what the command started too: a clang has children."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env,
        stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return Outcome("timeout")
    status = process.returncode
    return Outcome("signal" if status < 0 else "ok",
                   output.decode(errors="replace"), status)


def reference(tools, source, target, seconds, flags=("-O0",)):
    """The program as plain C, or None where it cannot be a reference. Not
    optimised: a loop that folds away there is a million suspensions here."""
    built = run([tools.clang, *flags, *BASE, str(source), "-o", str(target)],
                30)
    if built.kind != "ok" or built.status:
        return None
    ran = run([str(target)], seconds)
    Path(target).unlink(missing_ok=True)
    return ran if ran.kind == "ok" else None


def stressed(tools, source, config, target):
    built = run(tools.stress_command(source, config, target), COMPILE_SECONDS)
    if built.kind == "timeout":
        return Outcome("slow")
    if built.kind != "ok" or built.status:
        return Outcome("compile", built.output, built.status)
    ran = run([str(target)], STRESS_SECONDS, config.environment())
    Path(target).unlink(missing_ok=True)
    return ran


def difference(expected, actual):
    """Nothing where they agree; otherwise a kind and a few lines about it."""
    if actual.kind == "compile":
        return "compile", actual.output[:2000]
    if actual.kind == "slow":
        return "slow", f"compiling takes over {COMPILE_SECONDS} s"
    if actual.kind in ("timeout", "signal"):
        return actual.kind, f"status {actual.status}\n{actual.output[-500:]}"
    if (actual.status, actual.output) != (expected.status, expected.output):
        return "differs", (f"expected status {expected.status}\n"
                           f"{expected.output[-500:]}"
                           f"actual status {actual.status}\n"
                           f"{actual.output[-500:]}")
    return None


def csmith(seed, target, variety):
    """Writes a program. variety: also options that make larger ones."""
    rng = random.Random(seed)
    options = ["--max-funcs", "5", "--max-block-depth", "3",
               "--max-expr-complexity", "5", "--max-array-len-per-dim", "6"]
    if variety:
        options = ["--max-funcs", str(rng.randint(1, 10)),
                   "--max-block-depth", str(rng.randint(2, 5)),
                   "--max-expr-complexity", str(rng.randint(2, 10))]
        options += rng.choice([[], ["--float"], ["--builtins"],
                               ["--no-packed-struct"], ["--inline-function"]])
    # csmith leaves a file about the platform where it runs.
    return run(["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh",
                str(target.parent), "csmith", "--seed", str(seed), "--concise",
                *options, "--output", str(target)], 20).kind == "ok"
