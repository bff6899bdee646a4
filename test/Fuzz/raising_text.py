# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that raise, and expressions with calls of them, in C and Python."""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from raising_kinds import MASKS, PASSED

# What a pointer promises of the frame behind it.
FRAME = 16384
# Not what a promotion changes where it goes by `...`.
VARIADIC = [k for k in PASSED if k not in ("byte", "flag", "single", "choice")]


@dataclass
class Function:
    """What a function's declaration says."""

    name: str
    error: str = ""  # the kind that it raises
    result: str = "void"
    params: list = field(default_factory=list)  # kinds, or "out": unsigned *
    variadic: str = ""  # a kind: what comes by `...` behind a num
    generic: str = ""  # where the argument is that it raises as: f, ops->f
    waits: bool = False
    attributes: str = "static"

    def declaration(self, head, name):
        """head: storage and attributes; name: also of a pointer."""
        effects = "yields " if self.waits else ""
        if self.error:
            effects += f"raises({self.error}) "
        params = {"": [], "f": ["num (*f)(unsigned, unsigned)"],
                  "ops->f": ["const struct ops *ops"]}[self.generic]
        if self.generic:
            effects += f"raises_as({self.generic}) "
        params = params + ["unsigned a", "unsigned b"]
        params += [("unsigned *" if kind == "out" else f"{kind} ") + f"o{i}"
                   for i, kind in enumerate(self.params)]
        if self.variadic:
            params.append("...")
        return f"{effects}{head} {self.result} {name}({', '.join(params)})"

    def parameter_names(self):
        names = [f"o{i}" for i in range(len(self.params))]
        return ["a", "b"] + names + (["more", "last"] if self.variadic else [])

    def is_simple(self):
        """Fits the parameter of a generic."""
        return (self.result == "num" and not self.params and
                not (self.variadic or self.generic or self.waits))

    def may_recur(self):
        return self.name[0] != "c" and not (
            self.waits or self.generic or self.params or self.variadic)


@dataclass(frozen=True)
class Context:
    """What a statement may do where it stands."""

    error: str = ""  # the kind that may be raised
    argument: str = ""  # of a generic, where it may be called
    waits: bool = False
    breaks: str = ""  # the Scope that a break ends
    continues: str = ""
    gotos: tuple = ()  # of labels and their counters
    returns: bool = True
    deferred: bool = False  # in a _Defer


class Text:
    """Lines in both languages, the variables that are visible, expressions."""

    def __init__(self, rng, own, known, cleanups):
        self.rng, self.own, self.known = rng, own, known
        self.cleanups = cleanups  # names of functions of an unsigned *
        self.c, self.python = [], []
        self.c_depth = self.python_depth = 1
        self.names = 0
        self.context = Context(own.error, own.generic, own.waits)
        # Pairs of C and Python: to read; formats to write.
        self.readable, self.writable = [], []
        self.addressable = []  # names
        self.typed = []  # (kind, name): variables of any kind
        self.scope = ""  # the Python name of the innermost Scope

    def write(self, c=None, python=None):
        if c is not None:
            self.c.append("  " * self.c_depth + c)
        if python is not None:
            self.python.append("  " * self.python_depth + python)

    def new_name(self, prefix):
        self.names += 1
        return f"{prefix}{self.names}"

    @contextmanager
    def block(self, head, python, tail="}", **changes):
        """python: what is around it there; the last is the block's Scope."""
        kept = (self.python_depth, self.context, self.scope, self.readable,
                self.writable, self.addressable, self.typed)
        self.readable, self.writable = self.readable[:], self.writable[:]
        self.addressable, self.typed = self.addressable[:], self.typed[:]
        self.context = replace(self.context, **changes)
        self.scope = self.new_name("s")
        self.write(head)
        for line in python[:-1]:
            self.write(None, line)
            self.python_depth += line.endswith(":")
        self.write(None, f"with {python[-1]} as {self.scope}:")
        self.c_depth += 1
        self.python_depth += 1
        self.write(None, "pass")
        yield self.scope
        self.c_depth -= 1
        self.write(tail)
        (self.python_depth, self.context, self.scope, self.readable,
         self.writable, self.addressable, self.typed) = kept

    # Variables ----------------------------------------------------------------

    def declare(self, name, writable=True, addressable=True):
        self.readable.append((name, f"v.{name}"))
        if writable:
            self.writable.append((f"{name} = %s;", f"v.{name} = %s"))
        if writable and addressable:
            self.addressable.append(name)

    def declare_typed(self, kind, name):
        self.readable.append((f"number_{kind}({name})", f"v.{name}"))
        self.writable.append((f"{name} = make_{kind}(%s);",
                              f"v.{name} = %s & {MASKS[kind]}"))
        self.typed.append((kind, name))

    # Expressions --------------------------------------------------------------

    def expression(self, depth=2):
        """The same in both, but for what must be cut to 32 bits."""
        if depth == 0 or self.rng.random() < 0.3:
            if self.rng.random() < 0.25:
                number = self.rng.choice([0, 1, 2, 3, 7, 300, 70000])
                return f"{number}u", str(number)
            return self.rng.choice(self.readable)
        op = self.rng.choice("+-*^&|")
        (c1, p1), (c2, p2) = (self.expression(depth - 1),
                              self.expression(depth - 1))
        return f"({c1} {op} {c2})", f"(({p1} {op} {p2}) & M)"

    def condition(self, bits=1):
        """Never a constant, as far as a parser can tell."""
        (c1, p1), (c2, p2) = self.expression(1), self.rng.choice(self.readable)
        return f"(({c1} + {c2}) & {bits})", f"(({p1} + {p2}) & {bits})"

    def made(self, kind, depth=1):
        c, python = self.expression(depth)
        return f"make_{kind}({c})", f"({python} & {MASKS[kind]})"

    # Calls --------------------------------------------------------------------

    def callable(self, context, error=None):
        """What may be called there; with an error, what raises just that."""
        return [f for f in self.known
                if (f.error == error if error else
                    f.error in ("", context.error)) and
                (context.waits or not f.waits)]

    def simple_argument(self, context):
        """C of a function and of a table, and Python, for a generic."""
        choices = [(self.rng.choice([f.name, f"p_{f.name}"])
                    if f.error else f.name, f"&ops_{f.name}", f.name)
                   for f in self.callable(context) if f.is_simple()]
        if context.argument:
            table = "ops" if context.argument == "ops->f" else ""
            choices += [(context.argument, table, "f")] * 3
        return self.rng.choice(choices) if choices else None

    def argument(self, kind):
        if kind == "out":
            name = self.rng.choice(self.addressable)
            return f"&{name}", f"(v, {name!r})"
        return self.made(kind)

    def arguments(self, f, context, nested):
        first, second = self.expression(1), self.expression(1)
        inner = self.call(context, nested - 1) if nested else None
        if inner and inner[2] != "void":
            # The others are constants: their order is not defined.
            c, python, kind = inner
            first = f"number_{kind}({c})", python
            second = ("3u", "3")
        all_of_them = [first, second] + [self.argument(k) for k in f.params]
        if f.variadic:
            all_of_them += [self.expression(1), self.made(f.variadic)]
        if inner and (f.params or f.variadic):
            return None
        return all_of_them

    def call(self, context=None, nested=1, error=None, result=None):
        """C, Python and the kind of the result; None where nothing fits."""
        context = context or self.context
        if error:
            context = replace(context, error=error, argument="")
        choices = [f for f in self.callable(context, error)
                   if result in (None, f.result)]
        own = context.argument and result in (None, "num")
        if own and (not choices or self.rng.random() < 0.4):
            (c1, p1), (c2, p2) = self.expression(1), self.expression(1)
            return (f"{context.argument}({c1}, {c2})", f"f({p1}, {p2})", "num")
        if not choices:
            return None
        f = self.rng.choice(choices)
        nested = nested if self.rng.random() < 0.25 else 0
        given = self.arguments(f, context, nested)
        if given is None:
            return None
        pointers = [f"p_{f.name}", f"(*p_{f.name})", f"h_{f.name}.f"]
        if f.waits and f.name != "g0":
            pointers = []  # a frame with one of these in it is larger
        callee = self.rng.choice([f.name] * 3 + pointers)
        c_given, python_given = ([g[0] for g in given], [g[1] for g in given])
        if f.generic:
            argument = self.simple_argument(context)
            table = f.generic == "ops->f"
            if not argument or table and not argument[1]:
                return None
            callee = f.name
            c_given.insert(0, argument[1] if table else argument[0])
            python_given.insert(0, argument[2])
        return (f"{callee}({', '.join(c_given)})",
                f"{f.name}({', '.join(python_given)})", f.result)

    def called_number(self, **how):
        """A call as a number; an expression where none fits."""
        call = self.call(**how)
        if not call:
            return self.expression()
        c, python, kind = call
        if kind == "void":
            return f"({c}, 7u)", f"({python}, 7)[1]"
        return f"number_{kind}({c})", python
