# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The compilers of the peers, and what this machine has of them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent.parent
COMMON = BENCH / "common"

# The columns, in the order they are printed. A source's stem is its peer.
LABELS = {
    "hand": "by hand",
    "alive": "alive at most",
    "coro": "coro",
    "closed": "coro, closed set",
    "cxx": "C++20",
    "rust": "Rust",
    "match": "Rust, match",
    "switch": "bare switch",
    "boost": "Boost.Context",
    "ucontext": "ucontext",
    "threads": "threads",
    "go": "Go",
    "uv": "libuv",
    "full": "fibers, 8 MiB",
    "small": "fibers, 4 KiB",
    "outermost": "outermost (Rust)",
    "innermost": "innermost (C++20)",
}
SWITCH_NEEDS = "is written for x86-64"
SWITCHES = {"switch", "full", "small"}


def output(*command):
    """What a command prints, or None where it cannot be run."""
    try:
        done = subprocess.run(command, text=True, capture_output=True)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


class Tools:
    def __init__(self, build):
        self.corocc = str(Path(build) / "bin" / "corocc")
        script = Path(self.corocc).read_text()
        self.clang = re.search(r"^clang=.*:-(.*)}$", script, re.M)[1]
        self.clangxx = self.clang + "++"
        self.plugin = str(Path(build) / "lib" / "libcoro.so")
        self.rustc = shutil.which("rustc")
        self.go = shutil.which("go")
        self.uv = self._compiles("-xc", "#include <uv.h>\nint main(void) "
                                 "{ return !uv_version(); }\n", "-luv")
        self.boost = self._compiles(
            "-xc++", "#include <boost/context/fiber.hpp>\nint main() {}",
            "-lstdc++", "-lboost_context")

    def _compiles(self, language, text, *libraries):
        probe = subprocess.run(
            [self.clang, language, "-", *libraries, "-o", os.devnull],
            input=text, text=True, capture_output=True)
        return probe.returncode == 0

    def missing(self, source):
        """Why a program cannot be built here, or None."""
        if source.suffix == ".cpp" and not shutil.which(self.clangxx):
            return "no clang++"
        if source.suffix == ".rs" and not self.rustc:
            return "no rustc"
        if source.suffix == ".go" and not self.go:
            return "no go"
        if source.stem == "uv" and not self.uv:
            return "no libuv"
        if source.stem == "boost" and not self.boost:
            return "no Boost.Context"
        if source.stem in SWITCHES and os.uname().machine != "x86_64":
            return SWITCH_NEEDS
        return None

    def compile(self, source, target, peer, defines=(), level="-O2",
                link=None):
        """The command that makes an object of a source, or the program with
        the objects in `link`."""
        if source.suffix == ".rs":
            return self._rust(source, target, defines, level, link)
        if source.suffix == ".go":
            return self._go(source, target, defines, link)
        compiler = [self.clang]
        if source.suffix == ".cpp":
            compiler = [self.clangxx, "-std=c++20"]
        elif peer in ("coro", "closed"):
            compiler = [self.corocc]
        command = compiler + [level, f"-I{COMMON}", str(source), "-o", target,
                              "-Wall", "-Wno-unused-function"]
        command += ["-D" + define for define in defines]
        if peer == "cxx":
            command.append("-fno-exceptions")
        if not link:
            return command + ["-c"]
        libraries = {"boost": ["-lboost_context"], "uv": ["-luv"]}
        return command + link + libraries.get(peer, []) + ["-pthread"]

    def _go(self, source, target, defines, link):
        """An archive, which the driver is linked with. A macro is a variable of
        package main that the linker sets."""
        flags = " ".join(f"-X=main.{define.partition('=')[0]}=1"
                         for define in defines)
        make = (f'"{self.go}" build -buildmode=c-archive -ldflags="{flags}" '
                f'-o "$1.a" "{source}" && "{self.clang}" '
                f'{" ".join(link)} "$1.a" -pthread -o "$1"')
        return ["sh", "-ec", make, "-o", target]

    def _rust(self, source, target, defines, level, link):
        level = {"-O2": "3", "-Os": "s"}[level]
        command = [self.rustc, "--edition=2021", "-Copt-level=" + level,
                   "-Cpanic=abort", "-Ccodegen-units=1", str(source), "-o",
                   target, "-Awarnings"]
        for define in defines:
            name, _, value = define.partition("=")
            command += ["--cfg", f'{name}="{value}"' if value else name]
        if not link:
            return command + ["--crate-type=lib", "--emit=obj"]
        return command + ["-Clink-arg=" + item for item in link]

    def versions(self):
        """What was compared, in words."""
        found = {"clang": first_line(self.clang, "--version")}
        found["rustc"] = first_line(self.rustc, "--version") or "missing"
        version = None
        header = Path("/usr/include/boost/version.hpp")
        if self.boost and header.exists():
            version = re.search(r'BOOST_LIB_VERSION "(.*)"',
                                header.read_text())[1].replace("_", ".")
        found["Boost.Context"] = version or "missing"
        found["Go"] = first_line(self.go, "version") or "missing"
        found["libuv"] = "found" if self.uv else "missing"
        return found


def first_line(tool, argument):
    text = output(tool, argument) if tool else None
    return text.splitlines()[0] if text else None


def run(command):
    """Runs a compiler; what it says ends the run if it fails."""
    done = subprocess.run(command, text=True, capture_output=True,
                          env=environment())
    if done.returncode:
        raise SystemExit(f"bench: {' '.join(command)}\n{done.stderr}")


def environment():
    """Rust has no search path for what is included."""
    return dict(os.environ, BENCH_COMMON=str(COMMON))


def machine():
    """The machine in general words."""
    text = Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", text, re.M)
    return {"cpu": model[1] if model else os.uname().machine,
            "cores": os.cpu_count()}
