# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a program that raises prints, by Python's own exceptions.

The Python text has a `with Scope()` for each block of the C program, which runs
the cleanups of the block however it is left."""

from modelled import Outgrown
from raising_kinds import MASK, MASKS

LIMIT = 6000  # steps; a program with more is none for a test


class Raised(Exception):
    """An error on its way."""

    def __init__(self, kind, value):
        super().__init__(kind, value)
        self.kind, self.value = kind, value


class Jump(Exception):
    """break, continue or goto; the Scope of that name is where it ends."""

    def __init__(self, to):
        super().__init__(to)
        self.to = to


def jump(to):
    raise Jump(to)


def throw(kind, value):
    raise Raised(kind, value & MASKS[kind])


class Variables:
    """Those of one call, by name."""


def get(place):
    return getattr(*place)


def put(place, value):
    setattr(*place, value)


def bump(place):
    put(place, get(place) + 1)
    return get(place) - 1


class Model:
    """What the Python text may name beside its own functions."""

    def __init__(self, detail):
        self.seen = self.steps = 0
        self.left = 5
        self.detail = detail
        self.lines = []

    def step(self):
        self.steps += 1
        if self.steps > LIMIT:
            raise Outgrown()

    def see(self, value):
        self.seen = (self.seen * 31 + value) & MASK
        if self.detail:
            self.lines.append(f"  see {value}")

    def show(self, value):
        self.lines.append(f"{value} {self.seen}")
        self.left = 5

    def may_recur(self):
        self.left -= self.left > 0
        return self.left > 0

    def catching(self, call):
        """coro_catching: the value and the error, one of them zero."""
        try:
            return call(), 0
        except Raised as raised:
            return 0, raised.value


def scopes(model):
    """The classes of the blocks, for this run."""

    class Scope:
        def __init__(self, name=None):
            self.name, self.cleanups = name, []
            model.step()

        def __enter__(self):
            return self

        def at_end(self, cleanup):
            self.cleanups.append(cleanup)

        def __exit__(self, kind, value, trace):
            if kind not in (None, Jump, Raised):
                return False
            for cleanup in reversed(self.cleanups):
                cleanup()
            return self.ends(value)

        def ends(self, value):
            return isinstance(value, Jump) and value.to == self.name

    class Try(Scope):
        def __init__(self, kind):
            super().__init__()
            self.kind, self.error = kind, None

        def ends(self, value):
            if not isinstance(value, Raised):
                return False
            assert value.kind == self.kind
            self.error = value.value
            return True

    return Scope, Try


def expected_output(text, detail=False):
    model = Model(detail)
    names = {"M": MASK, "jump": jump, "throw": throw, "get": get, "put": put,
             "Raised": Raised,             "bump": bump,             "Variables": Variables, "see": model.see, "show": model.show,
             "catching": model.catching, "may_recur": model.may_recur}
    names["Scope"], names["Try"] = scopes(model)
    exec(compile(text, "model", "exec"), names)  # our own text
    names["main"]()
    return "".join(line + "\n" for line in model.lines)
