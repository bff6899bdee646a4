# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the section .debug.coro, which lib/Analysis/EncodeFrame.cpp writes;
docs/abi.md has the format."""

from coro_frames.frames import Trouble

MAGIC = b"coro"
VERSION = 2
KINDS = ("argument", "value", "variable", "frame", "result")


class Cut(Exception):
    """The bytes end before the record does."""


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0
        self.strings = b""

    def take(self, count):
        if self.at + count > len(self.data):
            raise Cut
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def text(self):
        start = self.number()
        end = self.strings.find(b"\0", start)
        if end < 0:
            raise Cut
        return self.strings[start:end].decode("utf-8", "replace")

    def many(self, read):
        return [read() for _ in range(self.number())]

    def place(self):
        found = {"function": self.text(), "file": self.text(),
                 "line": self.number(), "column": self.number()}
        return {key: value for key, value in found.items() if value}

    def exchanged(self, frame, key):
        offset, size = self.number(), self.number()
        if size:
            frame[key] = {"offset": offset, "size": size}

    def variable(self):
        found = {"name": self.text(), "type": self.text()}
        found = {key: value for key, value in found.items() if value}
        return {**found, **self.place()}

    def member(self):
        kind = self.number()
        member = {"kind": KINDS[kind] if kind < len(KINDS) else "value",
                  "name": self.text(), "offset": self.number(),
                  "size": self.number(), "align": self.number(),
                  "line": self.number()}
        member = {key: value for key, value in member.items()
                  if value or key not in ("name", "line")}
        member["variables"] = self.many(self.variable)
        return member

    def suspension(self, frame, live):
        found = {"state": self.number()}
        states = self.number()
        if states:
            found["states"] = states
        callee, child = self.text(), self.number()
        if callee:
            found["callee"] = callee
        if child:
            found["child"] = child - 1
        if self.number():
            found["boxed"] = True
        descriptor = self.number()
        if descriptor:
            found["descriptor"] = descriptor - 1
        found["where"] = self.many(self.place)
        live.symmetric_difference_update(self.many(self.number))
        if any(index >= len(frame["members"]) for index in live):
            raise Cut
        found["live"] = sorted(live)
        found["bytes"] = sum(frame["members"][i]["size"] for i in live)
        return found

    def frame(self):
        self.strings = self.take(self.number())
        frame = {"symbol": self.text(), **self.place()}
        unit, local = self.text(), self.number()
        if unit:
            frame["unit"] = unit
        if local:
            frame["local"] = True
        frame.update(size=self.number(), align=self.number(),
                     stateSize=self.number(), mostAlive=self.number())
        limit = self.number()
        if limit:
            frame["limit"] = limit - 1
        for key in ("result", "yielded", "error"):
            self.exchanged(frame, key)
        frame["members"] = self.many(self.member)
        live = set()
        frame["suspensions"] = self.many(lambda: self.suspension(frame, live))
        return frame


def read_records(data, name):
    """The frames of a section; name is what messages call the file."""
    section, frames = Reader(data), []
    try:
        while section.at < len(data):
            if data[section.at] == 0:  # a linker aligned what follows
                section.at += 1
                continue
            if section.take(len(MAGIC)) != MAGIC:
                raise Cut
            version = section.take(1)[0]
            body = section.take(section.number())
            if version != VERSION:
                raise Trouble(
                    f"{name} has frame records of version {version}, and this "
                    f"coro-frames reads version {VERSION}: use the one that "
                    "came with the compiler")
            frames.append(Reader(body).frame())
    except Cut:
        raise Trouble(f"the frame records of {name} are damaged: "
                      "compile and link it again") from None
    return frames
