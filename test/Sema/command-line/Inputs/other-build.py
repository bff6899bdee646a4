# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""other-build.py <lib> <to>: a copy of the plugin whose halves do not fit."""

import re
import sys
from pathlib import Path

source, to = map(Path, sys.argv[1:])
to.mkdir(exist_ok=True)
for name in ["libcoro.so", "libcoro_clang.so"]:
    data = (source / name).read_bytes()
    if name == "libcoro_clang.so":
        assert b"coro_build_" in data
        data = re.sub(rb"coro_build_[0-9a-f]{16}",
                      b"coro_build_" + b"another".ljust(16, b"0"), data)
    (to / name).write_bytes(data)
