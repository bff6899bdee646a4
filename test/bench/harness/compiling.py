# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What compiling takes, in seconds of processor time, which other work on the
machine changes little; and how large the code is.

The file of coroutines is the same 120 functions in each language: loops that
suspend, do ordinary things between, and call the function before. By hand means
the file with effects erased: plain C. The file without effects is C that the
plugin has nothing to do for; its object must be the same with and without.
"""

import re
import resource
import subprocess
import sys
from pathlib import Path

from . import results
from .tools import ROOT, environment, output, run

FUNCTIONS, STATEMENTS = 120, 20
# How a language writes what differs: head, function, suspension, call, end.
C = {
    "head": "#include <coro/coro.h>\nvoid use(int *);\n",
    "function": "yields static int step{i}(int n) {{",
    "suspend": "coro_suspend();", "call": "step{i}(sum)", "return": "return",
    "end": "int run(void) {{ return coro_block_on({last}, 1); }}\n",
}
CXX = {
    "head": '#include "coroutine.hpp"\nvoid use(int *);\n',
    "function": "static task<int> step{i}(int n) {{",
    "suspend": "co_await suspend();", "call": "co_await step{i}(sum)",
    "return": "co_return",
    "end": "task<int> run() {{ co_return co_await {last}(1); }}\n",
}


def c_like(words):
    text = words["head"]
    for i in range(FUNCTIONS):
        body = ["  int sum = n, kept[4] = {n};",
                "  for (int i = 0; i < n; i++) {"]
        for j in range(STATEMENTS):
            body.append(words["suspend"] if j % 10 == 0 else
                        f"    if (sum % {j + 2} == i) "
                        f"sum += kept[i & 3] * {j};")
        call = words["call"].format(i=i - 1) if i % 8 else "sum"
        body += ["    use(kept);", "  }", f"  {words['return']} {call};", "}"]
        text += "\n".join([words["function"].format(i=i), *body, ""])
    return text + words["end"].format(last=f"step{FUNCTIONS - 1}")


def rust():
    text = ('include!(concat!(env!("BENCH_COMMON"), "/bench.rs"));\n'
            'extern "C" { fn take(kept: *mut i32); }\n')
    for i in range(FUNCTIONS):
        text += (f"async fn step{i}(n: i32) -> i32 {{\n"
                 "let mut sum = n; let mut kept = [n, 0, 0, 0];\n"
                 "for i in 0..n {\n")
        for j in range(STATEMENTS):
            text += ("suspend().await;\n" if j % 10 == 0 else
                     f"if sum % {j + 2} == i {{ sum = sum.wrapping_add("
                     f"kept[(i & 3) as usize].wrapping_mul({j})); }}\n")
        text += "unsafe { take(kept.as_mut_ptr()) }\n}\n"
        text += f"step{i - 1}(sum).await\n}}\n" if i % 8 else "sum\n}\n"
    last = f"step{FUNCTIONS - 1}(1)"
    return text + ("#[no_mangle]\npub fn run() -> Pin<Box<dyn "
                   f"Future<Output = i32>>> {{ Box::pin({last}) }}\n")


def without_effects():
    text = "#include <stdio.h>\n#include <string.h>\n"
    for i in range(500):
        text += (f"int f{i}(int n, char *p) {{ int s = 0; for (int i = 0; i < n;"
                 f" i++) {{ s += p[i] * {i}; if (s % 7 == 3) "
                 'printf("%d\\n", s); } memset(p, s, (size_t)n); return s; }\n')
    return text


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def in_turns(commands, rounds):
    found = {peer: [] for peer in commands}
    for _ in range(rounds):
        for peer, command in commands.items():
            found[peer].append(seconds(command))
    return found


def times(tools, folder, rounds):
    """The table of compile times."""
    work = Path(folder) / "compiling"
    work.mkdir(parents=True, exist_ok=True)
    files = {"coroutines.c": c_like(C), "coroutines.cpp": c_like(CXX),
             "coroutines.rs": rust(), "plain.c": without_effects()}
    for name, text in files.items():
        (work / name).write_text(text)

    def command(peer, name):
        return tools.compile(work / name, str(work / f"{peer}-{name}.o"), peer)

    erased = ["-DCORO_ERASE_EFFECTS", f"-I{ROOT}/include"]
    coroutines = {"hand": command("hand", "coroutines.c") + erased,
                  "coro": command("coro", "coroutines.c"),
                  "cxx": command("cxx", "coroutines.cpp")}
    missing = {}
    if tools.rustc:
        coroutines["rust"] = command("rust", "coroutines.rs")
    else:
        missing["rust"] = "no rustc"
    plain = {"hand": command("hand", "plain.c"),
             "coro": command("coro", "plain.c")}
    parse = [tools.clang, "-fsyntax-only", f"-I{ROOT}/include",
             str(work / "coroutines.c")]
    front_end = {"hand": parse + ["-DCORO_ERASE_EFFECTS"],
                 "coro": parse + ["-fplugin=" + tools.plugin]}
    result = results.new(
        "compile", "compile time", "a file at -O2, Rust at its opt-level 3; "
        "by hand: the plugin not loaded and effects erased",
        ["hand", "coro", "cxx", "rust"],
        "below C++20's; 1.00 where there are no effects")
    rounds = max(rounds // 2, 1)
    results.add_line(result, "coroutines", "s", in_turns(coroutines, rounds),
                     missing)
    results.add_line(result, "no effects", "s", in_turns(plain, rounds))
    results.add_line(result, "coroutines, checked only", "s",
                     in_turns(front_end, rounds))
    same_objects(work)
    coroutine_line, plain_line = result["lines"][:2]
    coroutine_line["bar"] = coroutine_line["cells"]["cxx"]["value"]
    plain_line["bar"] = plain_line["cells"]["hand"]["value"]
    return result


def same_objects(work):
    with_plugin, without = ((work / f"{peer}-plain.c.o").read_bytes()
                            for peer in ("coro", "hand"))
    if with_plugin != without:
        sys.exit("bench: the plugin changes the object of a file without effects")


def code_size(path):
    """Bytes of code and of constant data."""
    found = re.findall(r"^ +\d+ (\S+) +([0-9a-f]+) ",
                       output("objdump", "-h", path), re.M)
    return sum(int(size, 16) for name, size in found
               if name.startswith((".text", ".rodata", ".data.rel.ro")))


def sizes(tools, folder, rows):
    """The table of code sizes at -Os: the rows' programs that exist for all."""
    peers = ["hand", "coro", "cxx", "rust"]
    result = results.new("size", "code size", "bytes of code and constants at "
                         "-Os", peers, "below Rust's and C++'s")
    total = {peer: 0 for peer in peers}
    missing = {} if tools.rustc else {"rust": "no rustc"}
    work = Path(folder) / "sizes"
    work.mkdir(parents=True, exist_ok=True)
    for row in rows:
        sources = {path.stem: path for path in row.sources()}
        if not sources.keys() >= set(peers):
            continue
        for variant in row.variants:
            cells = {}
            for peer in peers:
                if peer in missing:
                    continue
                target = str(work / f"{peer}.o")
                run(tools.compile(sources[peer], target, peer,
                                  variant.get("defines", []), "-Os"))
                cells[peer] = code_size(target)
                total[peer] += cells[peer]
            name = f"{row.name} {variant['name']}".strip()
            results.add_line(result, name, "bytes",
                             {peer: [size] for peer, size in cells.items()},
                             missing)
            result["lines"][-1]["part"] = True
    results.add_line(result, "all", "bytes",
                     {peer: [size] for peer, size in total.items() if size},
                     missing)
    limit_to_best(result["lines"][-1])
    return result


def limit_to_best(line):
    others = [line["cells"][peer]["value"] for peer in ("cxx", "rust")
              if peer in line["cells"]]
    line["bar"] = min(others)
