# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""scale.py <work folder> <shape> <count> -- <clang>...

Compiles a function of the shape with count things in it, and with four times as
many. Near linear is a factor of 4, quadratic 16; more than 13 fails. The time is
the least of three, in the compiler alone, at -O0: above that LLVM's own passes
are not linear either. What clang takes to start is taken off.
"""

import os
import resource
import subprocess
import sys

SHAPES = {
    "statements": ("coro_suspend();", "x += get(x ^ {i}); if (x > {i}) x--;"),
    "suspensions": ("", "x += get(x); coro_suspend();"),
    "calls": ("", "x += waits(x);"),
    "flattened": ("", "x += small(x);"),
    "locals": ("", "int v{i} = get({i}); if (x) coro_suspend(); use(&v{i});"),
    "scopes": ("", "{{ char b[32]; use(b); coro_suspend(); use(b); }}"),
    "loops": ("", "for (int i = 0; i < x; i++) {{ x -= get(i);"
                  " coro_suspend(); }}"),
}
HEADER = """#include <coro/coro.h>
void use(void *);
int get(int);
yields int waits(int n) coro_frame(32);
yields static inline int small(int n) { coro_suspend(); return n; }
yields int f(int x) {
"""


def seconds(clang, path):
    best = None
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run([*clang, "-w", "-O0", "-c", path, "-o", path + ".o"],
                       check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        best = min(best or after, after - before)
    return best


def main():
    folder, shape, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    clang = sys.argv[5:]
    os.makedirs(folder, exist_ok=True)
    once, each = SHAPES[shape]
    times = []
    for number in (1, count, 4 * count):
        path = os.path.join(folder, f"{shape}-{number}.c")
        with open(path, "w") as file:
            file.write(HEADER + once + "\n")
            for i in range(number):
                file.write(each.format(i=i) + "\n")
            file.write("return x + waits(x) + small(x);\n}\n")
        times.append(seconds(clang, path))
    start, small, large = times
    ratio = (large - start) / max(small - start, 0.02)
    print(f"{shape} {count}: {small:.2f} s and {large:.2f} s, x {ratio:.1f}")
    sys.exit(ratio > 13)


main()
