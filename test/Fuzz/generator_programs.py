# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes one random program of generators in C and in Python."""

from dataclasses import dataclass

C_HEAD = """#include <coro/coro.h>
#include <stdio.h>
typedef unsigned u;
typedef unsigned char c;
typedef unsigned long long q;
typedef struct { unsigned char t[3]; unsigned x; } s;
static unsigned seen;
static void see(unsigned v) { seen = seen * 31 + v; }
static void show(unsigned v) { printf("%u %u\\n", v, seen); }
static u make_u(unsigned e) { return e; }
static c make_c(unsigned e) { return (c)e; }
static q make_q(unsigned e) { return e * 0x100000001ull; }
static s make_s(unsigned e) { return (s){{e, e >> 8, e >> 16}, e}; }
static unsigned number_u(u v) { return v; }
static unsigned number_c(c v) { return v; }
static unsigned number_q(q v) { return (unsigned)((v >> 16) ^ v); }
static unsigned number_s(s v) {
  return v.t[0] + v.t[1] * 3u + v.t[2] * 5u + v.x * 7u;
}
"""
KINDS = "ucqs"
FRAME = 16384
VARIABLES = ["a", "b", "d", "e"]


@dataclass
class Function:
    """What a function's declaration says. No value: a consumer."""

    name: str
    value: str = ""
    received: str = ""
    waits: bool = False
    result: str = "v"
    # Has a frame of a pointer's size in its own, so is none for a pointer.
    large: bool = False

    def declaration(self):
        effects = "yields " if self.waits else ""
        if self.value:
            effects += f"yields_of({self.value}) "
        if self.received:
            effects += f"resumes_with({self.received}) "
        result = "void" if self.result == "v" else self.result
        return f"{effects}%s {result} %s(unsigned a, unsigned b)"

    def suspends(self):
        return self.waits or self.value

    def can_call(self, other):
        """As a call, whose values go where one's own go."""
        return (bool(self.value) and self.value == other.value and
                other.received in ("", self.received) and
                (self.waits or not other.waits))


class Body:
    """The statements of one function, in both languages."""

    def __init__(self, rng, own, known):
        self.rng, self.own, self.known = rng, own, known
        self.c, self.python = [], []
        self.depth, self.names, self.budget = 1, 0, rng.randint(3, 10)
        self.loops = 0  # around this statement, in this function

    def write(self, c=None, python=None):
        if c is not None:
            self.c.append("  " * self.depth + c)
        if python is not None:
            self.python.append("  " * self.depth + python)

    def new_name(self, prefix):
        self.names += 1
        return f"{prefix}{self.names}"

    def expression(self, depth=2):
        """The same text in both, but for what must be cut to 32 bits."""
        if depth == 0 or self.rng.random() < 0.3:
            text = self.rng.choice(VARIABLES + [str(self.rng.randint(0, 300))])
            return text + ("u" if text.isdigit() else ""), text
        op = self.rng.choice("+-*^&|")
        (c1, p1), (c2, p2) = (self.expression(depth - 1),
                              self.expression(depth - 1))
        return f"({c1} {op} {c2})", f"(({p1} {op} {p2}) & M)"

    def arguments(self):
        (c1, p1), (c2, p2) = self.expression(1), self.expression(1)
        return f"{c1}, {c2}", f"{p1}, {p2}"

    # Statements ---------------------------------------------------------------

    def block(self):
        self.depth += 1
        before = len(self.python)
        for _ in range(self.rng.randint(1, 3)):
            self.statement()
        if len(self.python) == before:
            self.write(None, "pass")
        self.depth -= 1
        self.write("}")

    def statement(self):
        choices = [self.assign, self.assign, self.look, self.when]
        if self.budget > 0:
            self.budget -= 1
            choices += [self.repeat, self.take_loop, self.take_loop,
                        self.take_two, self.converse, self.leave]
            if self.own.value:
                choices += [self.hand_out] * 4 + [self.call] * 3
            if self.own.received:
                choices += [self.ask] * 4
            if self.own.waits:
                choices += [self.wait] * 2
        self.rng.choice(choices)()

    def assign(self):
        name = self.rng.choice(VARIABLES)
        c, python = self.expression()
        # Through a pointer, so that some variables are in memory.
        self.write(f"*p{name} = {c};" if self.rng.random() < 0.2 else
                   f"{name} = {c};", f"{name} = {python}")

    def look(self):
        c, python = self.expression()
        self.write(f"see({c});", f"see({python})")

    def when(self):
        c, python = self.expression()
        self.write(f"if ({c} & 1) {{", f"if {python} & 1:")
        self.block()

    def repeat(self):
        if self.loops > 1:
            return
        name, count = self.new_name("i"), self.rng.randint(0, 4)
        self.write(f"for (unsigned {name} = 0; {name} < {count}; {name}++) {{",
                   f"for {name} in range({count}):")
        self.loops += 1
        self.block()
        self.loops -= 1

    def leave(self):
        if self.loops:
            c, python = self.expression()
            word = self.rng.choice(["break", "continue"])
            self.write(f"if ({c} & 2) {word};", f"if {python} & 2: {word}")
        elif self.depth > 1:
            self.give_back()

    def give_back(self):
        c, python = self.expression()
        kind = self.own.result
        self.write("return;" if kind == "v" else f"return make_{kind}({c});",
                   f"return make_{kind}({python})")

    def wait(self):
        self.write("coro_yield_now();", "pass")

    def hand_out(self):
        c, python = self.expression()
        kind = self.own.value
        if kind == "s" and self.rng.random() < 0.5:
            value = self.new_name("w")
            self.write(f"{{ unsigned {value} = {c}; coro_yield((s){{{{{value},"
                       f" {value} >> 8, {value} >> 16}}, {value}}}); }}")
        else:
            self.write(f"coro_yield(make_{kind}({c}));")
        self.write(None, f"yield make_{kind}({python})")

    def ask(self):
        c, python = self.expression()
        name, to = self.new_name("r"), self.rng.choice(VARIABLES)
        kind, got = self.own.value, self.own.received
        self.write(f"{{ {got} {name}; coro_yield_receive(make_{kind}({c}), "
                   f"&{name}); {to} ^= number_{got}({name}); }}")
        self.write(None, f"{name} = yield make_{kind}({python})")
        self.write(None, f"{to} ^= number_{got}({name})")

    def call(self):
        callees = [f for f in self.known if self.own.can_call(f)]
        if not callees or self.loops > 1:
            return
        f = self.rng.choice(callees)
        (c, python), to = self.arguments(), self.rng.choice(VARIABLES)
        how = self.rng.choice([f.name, f.name, "box", "box p_"] +
                              ([] if f.large else [f"p_{f.name}"]))
        self.own.large |= f.large or how == f"p_{f.name}"
        if how.startswith("box"):
            callee = how[4:] + f.name
            name = self.new_name("r")
            place = "0" if f.result == "v" else f"&{name}"
            kind = "u" if f.result == "v" else f.result
            self.write(f"{{ {kind} {name} = make_{kind}(0); if "
                       f"(!coro_try_box({place}, {callee}, {c})) see(99);")
            self.write(f"{to} += " + ("1" if f.result == "v" else
                                      f"number_{kind}({name})") + "; }")
        elif f.result == "v":
            self.write(f"{how}({c}); {to} += 1;")
        else:
            # What is added to is read when the call is back, in both.
            name = self.new_name("r")
            self.write(f"{{ {f.result} {name} = {how}({c}); "
                       f"{to} += number_{f.result}({name}); }}")
        name = self.new_name("r")
        self.write(None, f"{name} = yield from {f.name}({python})")
        self.write(None, f"{to} = ({to} + number_{f.result}({name})) & M")

    def takeable(self, received):
        return [f for f in self.known if f.value and
                bool(f.received) == received and
                (self.own.waits or not f.waits)]

    def take_loop(self):
        sources = self.takeable(False)
        if not sources or self.loops > 1:
            return
        f = self.rng.choice(sources)
        self.own.large |= f.large
        (c, python), name = self.arguments(), self.new_name("x")
        self.write(f"coro_for ({f.value} {name}, {f.name}, {c}) {{",
                   f"for {name} in {f.name}({python}):")
        self.depth += 1
        self.write(f"see(number_{f.value}({name}));",
                   f"see(number_{f.value}({name}))")
        self.depth -= 1
        self.loops += 1
        self.block()
        self.loops -= 1

    def start(self, f):
        self.own.large |= f.large
        (c, python), name = self.arguments(), self.new_name("t")
        self.write(f"coro_task({f.name}) {name}; "
                   f"coro_start(&{name}, {f.name}, {c});",
                   f"{name} = Task({f.name}({python}))")
        return name

    def see_result(self, f, task):
        if f.result != "v":
            self.write(f"see(number_{f.result}({task}.result));",
                       f"see(number_{f.result}({task}.result))")

    def take_two(self):
        """Two side by side, the second one only now and then; then the rest."""
        sources = self.takeable(False)
        if not sources:
            return
        f, g = self.rng.choice(sources), self.rng.choice(sources)
        self.write("{")
        one, two = self.start(f), self.start(g)
        self.write(f"while (coro_next(&{one})) {{", f"while {one}.next():")
        self.depth += 1
        self.write(f"see(number_{f.value}({one}.yielded));",
                   f"see(number_{f.value}({one}.yielded))")
        c, python = self.expression(1)
        self.write(f"if ({c} & 1) {{ if (coro_next(&{two})) "
                   f"see(number_{g.value}({two}.yielded)); }}")
        self.write(None, f"if {python} & 1 and {two}.next(): "
                   f"see(number_{g.value}({two}.yielded))")
        for _ in range(self.rng.randint(0, 2)):
            self.rng.choice([self.assign, self.look])()
        if self.own.value and self.rng.random() < 0.5:
            self.hand_out()
        self.depth -= 1
        self.write("}")
        self.write(f"while (coro_next(&{two})) see({two}.yielded{{0}});"
                   .replace(f"{two}.yielded{{0}}",
                            f"number_{g.value}({two}.yielded)"))
        self.write(None, f"while {two}.next(): "
                   f"see(number_{g.value}({two}.yielded))")
        self.see_result(f, one)
        self.see_result(g, two)
        self.write("}")

    def converse(self):
        sources = self.takeable(True)
        if not sources:
            return
        f = self.rng.choice(sources)
        more = self.new_name("more")
        self.write("{")
        task = self.start(f)
        self.write(f"int {more} = coro_next(&{task});",
                   f"{more} = {task}.next()")
        self.write(f"while ({more}) {{", f"while {more}:")
        self.depth += 1
        to = self.rng.choice(VARIABLES)
        self.write(f"{to} += number_{f.value}({task}.yielded);",
                   f"{to} = ({to} + number_{f.value}({task}.yielded)) & M")
        if self.own.value and self.rng.random() < 0.5:
            self.hand_out()
        c, python = self.expression()
        self.write(f"{more} = coro_send(&{task}, make_{f.received}({c}));",
                   f"{more} = {task}.send(make_{f.received}({python}))")
        self.depth -= 1
        self.write("}")
        self.see_result(f, task)
        self.write("}")

    def whole(self):
        own = self.own
        self.write("unsigned d = a ^ 7, e = b + 9;", "d = a ^ 7")
        self.write(None, "e = (b + 9) & M")
        for name in VARIABLES:
            self.write(f"unsigned *p{name} = &{name};")
        if own.waits:
            self.write("coro_yield_now();")
        if own.value:
            self.hand_out()
        for _ in range(self.rng.randint(2, 6)):
            self.statement()
        self.give_back()
        head = own.declaration() % ("static", own.name)
        c = [head + " {"] + self.c + ["}"]
        if own.value:
            # A pointer that nobody knows the value of.
            kind = own.declaration() % ("", f"(*fn_{own.name})")
            c += [f"typedef {kind} coro_frame({FRAME});",
                  f"static fn_{own.name} volatile p_{own.name} = {own.name};"]
            self.python.append("  if 0: yield")
        python = [f"def {own.name}(a, b):"] + self.python
        return "\n".join(c), "\n".join(python)


def program(rng):
    c, python, known = [C_HEAD], [], []
    # Few kinds, so that many fit each other.
    values = rng.sample(KINDS, 2)
    received = rng.choice(KINDS)
    for number in range(rng.randint(3, 7)):
        f = Function(f"g{number}", rng.choice(values),
                     rng.choice(["", "", received]), rng.random() < 0.4,
                     rng.choice(KINDS + "v"))
        texts = Body(rng, f, known).whole()
        known.append(f)
        c.append(texts[0])
        python.append(texts[1])
    shown_c, shown_python = [], []
    for number in range(4):
        f = Function(f"use{number}", waits=number % 2 == 0, result="u")
        texts = Body(rng, f, known).whole()
        c.append(texts[0])
        python.append(texts[1])
        for arguments in ["0, 0", "1, 5", "77, 3"]:
            run = (f"coro_block_on({f.name}, {arguments})" if f.waits else
                   f"{f.name}({arguments})")
            shown_c.append(f"  show({run});")
            shown_python.append(f"  show({f.name}({arguments}))")
    c.append("\n".join(["int main(void) {"] + shown_c + ["}"]))
    python.append("\n".join(["def main():"] + shown_python))
    return "\n".join(c) + "\n", "\n".join(python) + "\n"
