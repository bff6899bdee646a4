# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""bless.py <file>... -- <clang and its plugin>...: writes the frame tables anew.

Each file ends in the tables that the plugin prints for it at -O0 and -O2, as
lines for FileCheck. After a change that is meant to alter frames, run this and
read the difference: a frame that grew is a reason to look again.
"""

import re
import subprocess
import sys

FLAGS = ["-fplugin-arg-coro-print-frames", "-fno-discard-value-names", "-c",
         "-o", "/dev/null"]


def table(clang, path, level):
    done = subprocess.run([*clang, level, *FLAGS, path], check=True,
                          capture_output=True, text=True)
    prefix = level[1:]
    lines = done.stderr.splitlines()
    return [f"// {prefix}{'-NEXT' if n else ''}:{line}"
            for n, line in enumerate(lines)]


def main():
    split = sys.argv.index("--")
    clang = sys.argv[split + 1:]
    for path in sys.argv[1:split]:
        with open(path) as file:
            text = file.read()
        kept = re.split(r"^// O[02]:", text, flags=re.M)[0].rstrip()
        tables = ["\n".join(table(clang, path, level))
                  for level in ("-O0", "-O2")]
        with open(path, "w") as file:
            file.write("\n\n".join([kept, *tables]) + "\n")


main()
