# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From what the user names to frames: a C file is compiled, an object has
records, and JSON is what -fplugin-arg-coro-frames and --json wrote."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from coro_frames.frames import Trouble
from coro_frames.objects import is_object, records_in
from coro_frames.records import read_records

SOURCES = (".c", ".i")
TOO_SMALL = re.compile(r"the frame of '.*' takes \d+ bytes, \d+ more than its "
                       r"coro_frame\(")
BITCODE = (b"BC\xc0\xde", b"\xde\xc0\x17\x0b")


def compiler(beside):
    for found in (os.path.join(beside, "corocc"), shutil.which("corocc")):
        if found and os.path.exists(found):
            return found
    raise Trouble("there is no corocc beside coro-frames, nor in PATH: compile "
                  "the file with -g yourself and give the object")


def only_contracts(messages):
    """The compiler complains of nothing but coro_frame(N) that is too small."""
    errors = re.findall(r"^.*\berror: (.*)$", messages, re.M)
    return errors and all(TOO_SMALL.match(e) for e in errors)


def left_in(made, frames):
    """Those that have a frame of their own in the object, if there is one that
    tells: what is flattened wherever it is called has none."""
    if not os.path.exists(made):
        return frames
    with open(made, "rb") as file:
        data = file.read()
    found = records_in(data, made) if is_object(data) else None
    if found is None:
        return frames
    left = {frame["symbol"] for frame in read_records(found, made)}
    return [frame for frame in frames if frame["symbol"] in left]


def compiled(path, flags, beside, contracts):
    """The frames of a C file. Where contracts are to be mended, those that are
    broken are no errors."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "frames.json")
        made = os.path.join(folder, "object.o")
        done = subprocess.run(
            [compiler(beside), "-g", *flags, "-c", path, "-o", made,
             f"-fplugin-arg-coro-frames={out}"],
            stderr=subprocess.PIPE, text=True)
        if not (contracts and only_contracts(done.stderr)):
            sys.stderr.write(done.stderr)
            if done.returncode:
                raise Trouble(f"{path} does not compile; give the options it "
                              "needs after --, as in: coro-frames "
                              f"{path} -- -O2 -Iinclude")
        if not os.path.exists(out):
            raise Trouble(f"the options after -- keep {path} from being "
                          "compiled to the end: leave -fsyntax-only and the "
                          "like out")
        with open(out, encoding="utf-8") as file:
            return left_in(made, json.load(file)["frames"])


def from_json(text, path):
    try:
        frames = json.loads(text)["frames"]
        if all("members" in f and "suspensions" in f for f in frames):
            return frames
    except (ValueError, KeyError, TypeError):
        pass
    raise Trouble(f"{path} is JSON, but not of frames: make it with coro-frames "
                  "--json or -fplugin-arg-coro-frames=<file>")


def load(path, flags, beside, contracts=False):
    """The frames of a file."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise Trouble(f"cannot read {path}: {error.strerror}") from None
    if is_object(data):
        found = records_in(data, path)
        if found is None:
            raise Trouble(
                f"{path} has no frame records: compile it with -g or "
                "-fplugin-arg-coro-records, link without -s, and see that it "
                "has functions that yield")
        return read_records(found, path)
    if data.startswith(BITCODE):
        raise Trouble(f"{path} is bitcode, of -flto or -emit-llvm: give the "
                      "linked program, or the C file")
    if path.endswith(SOURCES):
        return compiled(path, flags, beside, contracts)
    if data.lstrip().startswith(b"{"):
        return from_json(data.decode("utf-8", "replace"), path)
    raise Trouble(f"{path} is not a C file, an ELF object or program, an "
                  "archive, nor JSON of frames")


def identity(frame):
    """The same for a frame in JSON and in an object, which gives no reasons."""
    members = [{key: value for key, value in member.items() if key != "why"}
               for member in frame["members"]]
    return json.dumps({**frame, "members": members}, sort_keys=True)


def load_all(paths, flags, beside, contracts=False):
    """The frames of several files, each once: an executable has those of its
    objects."""
    frames, seen = [], set()
    for path in paths:
        for frame in load(path, flags, beside, contracts):
            key = identity(frame)
            if key not in seen:
                seen.add(key)
                frames.append(frame)
    return frames
