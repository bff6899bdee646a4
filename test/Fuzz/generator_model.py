# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a program of generators prints, by Python's own generators."""

from modelled import Outgrown

LIMIT = 20000  # steps; a program with more is none for a test
MASK = 0xFFFFFFFF


class Model:
    """What the Python text may name beside its own functions."""

    def __init__(self):
        self.seen = 0
        self.steps = 0
        self.lines = []

    def see(self, value):
        self.steps += 1
        if self.steps > LIMIT:
            raise Outgrown()
        self.seen = (self.seen * 31 + value) & MASK

    def show(self, value):
        self.lines.append(f"{value} {self.seen}")


class Task:
    """coro_task: start, next, send."""

    def __init__(self, generator):
        self.generator = generator
        self.yielded = self.result = None

    def next(self):
        return self.send(None)

    def send(self, value):
        if self.generator is None:
            return 0
        try:
            self.yielded = self.generator.send(value)
            return 1
        except StopIteration as end:
            self.generator, self.result = None, end.value
            return 0


# The kinds of values: how one is made of a number, and a number of it.
MAKE = {
    "u": lambda e: e,
    "c": lambda e: e & 0xFF,
    "q": lambda e: (e * 0x100000001) & 0xFFFFFFFFFFFFFFFF,
    "s": lambda e: (e & 0xFF, (e >> 8) & 0xFF, (e >> 16) & 0xFF, e),
    "v": lambda e: None,
}
NUMBER = {
    "u": lambda v: v,
    "c": lambda v: v,
    "q": lambda v: ((v >> 16) ^ v) & MASK,
    "s": lambda v: (v[0] + v[1] * 3 + v[2] * 5 + v[3] * 7) & MASK,
    "v": lambda v: 1,
}


def expected_output(text):
    model = Model()
    names = {"see": model.see, "show": model.show, "Task": Task, "M": MASK}
    for kind in MAKE:
        names[f"make_{kind}"] = MAKE[kind]
        names[f"number_{kind}"] = NUMBER[kind]
    exec(compile(text, "model", "exec"), names)  # our own text
    names["main"]()
    return "".join(line + "\n" for line in model.lines)
