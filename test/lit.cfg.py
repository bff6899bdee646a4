# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# How the tests run. A test is any file with a RUN line; it passes if its
# commands succeed and none of them left anything on stderr: what a test expects
# there it sends to FileCheck.
#
#   %clang   clang, without the plugin     %coro     the same with it, verifying
#   %corocc  the wrapper users call        %opt      opt with the passes
#   %cflags  warnings are errors           %oracle   Exec/oracle.py: effects
#   %rt      the runtime, to link                    erased and not must agree
#   %rt_blocking  the same, effects erased
#   %rt_src  its plain C, for sanitizers   %rt_core  its core, without platform
#   %rt_trace  the same that records traces
#   %rt_asan, %rt_tsan  the same, instrumented
#   %clangd  a language server, without the plugin
#   %unit    folder of the unit tests      %build    the build tree

import importlib.util
import os
import shlex
import shutil
import sys

sys.path.insert(0, os.path.dirname(__file__))
from strict import StrictTest

config.name = f"coro-llvm{config.llvm_version}"
config.test_format = StrictTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".ll", ".test"]
config.excludes = ["Inputs", "Fuzz", "bench"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_dir, "test")

python = "/usr/bin/python3"
tool = lambda name: os.path.join(config.llvm_prefix, "bin", name)
host = lambda name: os.path.join(config.hosts, "bin", name)
built = lambda *parts: os.path.join(config.build_dir, *parts)
include = os.path.join(config.source_dir, "include")
plugin = built("lib", "libcoro.so")
rt = f"{built('lib', 'libcoro_rt.a')} -pthread"
clang = f"{host('clang')} -fno-crash-diagnostics -I{include}"

oracle = [python, os.path.join(config.test_source_root, "Exec", "oracle.py"),
          "--llvm", config.hosts, "--build", config.build_dir,
          "--include", include]
oracle += ["--" + lit_config.params.get("oracle", "usual")]

clangd = shutil.which("clangd-22") or shutil.which(tool("clangd"))

config.substitutions += [
    (r"%clang\b", clang),
    (r"%coro\b", f"{clang} -fplugin={plugin} -fplugin-arg-coro-verify"),
    (r"%corocc\b", built("bin", "corocc")),
    (r"%opt\b", f"{host('opt')} -load-pass-plugin={plugin}"),
    (r"%plugin\b", plugin),
    (r"%clangd\b", clangd or "clangd"),
    (r"%cflags\b", "-std=gnu17 -g -Wall -Wextra -Werror"),
    (r"%oracle\b", shlex.join(oracle)),
    (r"%rt_src\b", " ".join(config.rt_plain) + " -pthread"),
    (r"%rt_core\b", " ".join(config.rt_core)),
    (r"%rt_blocking\b", f"{built('lib', 'libcoro_rt_blocking.a')} -pthread"),
    (r"%rt_trace\b", f"{built('lib', 'libcoro_rt_trace.a')} -pthread"),
    (r"%rt_asan\b", f"{built('lib', 'libcoro_rt_asan.a')} -pthread"),
    (r"%rt_tsan\b", f"{built('lib', 'libcoro_rt_tsan.a')} -pthread"),
    (r"%rt\b", rt),
    (r"%unit\b", built("test", "Unit")),
    (r"%build\b", config.build_dir),
    (r"%root\b", config.source_dir),
    (r"%python\b", python),
    (r"%filecheck\b", f"{tool('FileCheck')} --dump-input=fail"),
    (r"%not\b", tool("not")),
]

config.available_features.add(f"llvm{config.llvm_version}")
if config.asserts in ("ON", "1", "TRUE"):
    config.available_features.add("asserts")
if config.target.startswith("x86_64"):
    config.available_features.update(["x86", "x86_64"])
if clangd:
    config.available_features.add("clangd")
if os.path.exists(tool("ld.lld")):
    config.available_features.add("lld")
if config.sanitized:
    config.available_features.add("sanitized")

for name in ["HOME", "TMPDIR", "ASAN_OPTIONS", "TSAN_OPTIONS"]:
    if name in os.environ:
        config.environment[name] = os.environ[name]
config.environment["PATH"] = os.pathsep.join(
    [os.path.dirname(host("clang")), os.path.dirname(tool("FileCheck")),
     os.environ["PATH"]])
if importlib.util.find_spec("psutil"):  # lit cannot end a test without it
    lit_config.maxIndividualTestTime = 300
