# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The body of one random function that raises, in C and in Python."""

from raising_kinds import CONVERTED
from raising_text import FRAME, Text

MAX_DEPTH = 4


class Body(Text):
    """The statements of one function."""

    def __init__(self, rng, own, known, cleanups, options):
        super().__init__(rng, own, known, cleanups)
        self.options = options
        self.budget = rng.randint(3, 12)
        self.nesting = self.loops = 0

    def statements(self):
        self.nesting += 1
        for _ in range(self.rng.randint(1, 4)):
            self.statement()
        self.nesting -= 1

    def statement(self):
        choices = [self.assign, self.assign, self.look, self.call_it,
                   self.call_it, self.call_it, self.raise_it, self.leave]
        if self.budget > 0 and self.nesting < MAX_DEPTH:
            self.budget -= 1
            choices += [self.when, self.attempt, self.attempt, self.attempt,
                        self.attempt_short, self.catching, self.choose,
                        self.keep, self.keep, self.clean, self.clean,
                        self.inner_expression, self.recur]
            if self.loops < 2:
                choices += [self.repeat] * 3
            if not self.context.deferred:
                # clang generates a _Defer twice, and these wrongly then.
                choices += [self.labelled, self.again]
                choices += [] if self.own.waits else [self.array] * 2
            if self.options.defer:
                choices += [self.put_off] * 2
            if self.context.waits:
                choices += [self.wait] * 3
        self.rng.choice(choices)()

    # Without blocks -----------------------------------------------------------

    def assign(self):
        c_to, python_to = self.rng.choice(self.writable)
        c, python = self.expression()
        self.write(c_to % c, python_to % python)

    def look(self):
        c, python = self.expression()
        self.write(f"see({c});", f"see({python})")

    def wait(self):
        self.write("coro_yield_now();")

    def call_it(self):
        how = self.rng.randint(0, 4)
        c_to, python_to = self.rng.choice(self.writable)
        c, python = self.called_number()
        if how == 0:
            self.write(f"see({c});", f"see({python})")
        elif how == 1:
            (c1, p1), (c2, p2) = self.condition(), self.expression(1)
            self.write(c_to % f"({c1} ? {c} : {c2})",
                       python_to % f"({python} if {p1} else {p2})")
        elif how == 2 and self.typed:
            self.call_into()
        else:
            # A place that is read before it is written is read after the call.
            name = self.new_name("r")
            self.write(f"unsigned {name} = {c};", f"v.{name} = {python}")
            self.write(c_to % name, python_to % f"v.{name}")

    def call_into(self):
        """A struct is written where it is, when the call has succeeded."""
        kind, name = self.rng.choice(self.typed)
        call = self.call(result=kind)
        if call:
            self.write(f"{name} = {call[0]};", f"v.{name} = {call[1]}")

    def raise_it(self):
        kind = self.context.error
        if not kind:
            return
        c_when, python_when = self.condition(3)
        c, python = self.made(kind)
        call = self.call(result=kind) if self.rng.random() < 0.3 else None
        caught = [name for k, name in self.typed if k == kind]
        if call:
            c, python = call[:2]
        elif caught and self.rng.random() < 0.6:
            c = self.rng.choice(caught)
            python = f"v.{c}"
        elif kind in CONVERTED and self.rng.random() < 0.5:
            c, python = self.expression()
        self.write(f"if ({c_when} == 1) coro_raise({c});",
                   f"if {python_when} == 1: throw({kind!r}, {python})")

    def leave(self):
        at, ways = self.context, []
        if at.breaks:
            ways.append(("break;", f"jump({at.breaks!r})"))
        if at.continues:
            ways.append(("continue;", f"jump({at.continues!r})"))
        for label, counter in at.gotos:
            if counter:
                ways.append((f"if ({counter}++ < 2) goto {label};",
                             f"jump({label!r}) if bump((v, {counter!r})) < 2 "
                             "else 0"))
            else:
                ways.append((f"goto {label};", f"jump({label!r})"))
        if at.returns and self.nesting > 1:
            ways.append(self.returned())
        if ways:
            c_when, python_when = self.condition(3)
            c, python = self.rng.choice(ways)
            self.write(f"if ({c_when} == 0) {{ {c} }}",
                       f"if {python_when} == 0: {python}")

    def returned(self):
        kind = self.own.result
        if kind == "void":
            return "return;", "return"
        c, python = self.made(kind, 2)
        if self.rng.random() < 0.4:
            call = self.call(result=kind)
            if call:
                c, python = call[:2]
        return f"return {c};", f"return {python}"

    # Variables ----------------------------------------------------------------

    def keep(self):
        kind, name = self.rng.choice(self.options.kinds), self.new_name("x")
        c, python = self.made(kind)
        if self.rng.random() < 0.5:
            call = self.call(result=kind)
            c, python = call[:2] if call else (c, python)
        self.write(f"{kind} {name} = {c};", f"v.{name} = {python}")
        self.declare_typed(kind, name)

    def clean(self):
        if not self.cleanups:
            return
        cleanup, name = self.rng.choice(self.cleanups), self.new_name("x")
        c, python = (self.expression() if self.rng.random() < 0.7 else
                     self.called_number())
        self.write(f"unsigned {name} __attribute__((cleanup({cleanup}))) = "
                   f"{c};", f"v.{name} = {python}")
        self.write(None, f"{self.scope}.at_end(lambda: "
                   f"{cleanup}((v, {name!r})))")
        self.declare(name)

    def array(self):
        """Of a length that is not constant, or given by alloca."""
        name, (c, python) = self.new_name("x"), self.expression()
        place = (f"{name}[n{name}]" if self.rng.random() < 0.7 else
                 f"*{name} = __builtin_alloca(n{name} * sizeof(unsigned))")
        self.write(f"unsigned n{name} = 1 + {c} % 50, {place};",
                   f"v.n{name} = 1 + {python} % 50")
        c, python = self.rng.choice(self.readable)
        self.write(f"for (unsigned i = 0; i < n{name}; i++) "
                   f"{name}[i] = i * 3 + {c};",
                   f"v.{name} = [(i * 3 + {python}) & M "
                   f"for i in range(v.n{name})]")
        for index in (f"n{name} - 1", "0"):
            python = index.replace("n", "v.n")
            self.readable.append((f"{name}[{index}]", f"v.{name}[{python}]"))
            self.writable.append((f"{name}[{index}] = %s;",
                                  f"v.{name}[{python}] = %s"))

    def catching(self):
        errors = [f.error for f in self.callable(self.context.__class__(
            "", waits=self.context.waits))] + self.options.kinds
        error = self.rng.choice(errors)
        call = self.call(error=error) if error else None
        if not call:
            return
        c, python, kind = call
        e, r = self.new_name("e"), self.new_name("r")
        got = "" if kind == "void" else f"{kind} {r} = "
        self.write(f"{error} {e}; {got}coro_catching(&{e}, {c});",
                   f"v.{r}, v.{e} = catching(lambda: {python})")
        self.declare_typed(error, e)
        if got:
            self.declare_typed(kind, r)

    # With blocks --------------------------------------------------------------

    def when(self):
        c, python = (self.condition() if self.rng.random() < 0.6 else
                     self.called_number())
        with self.block(f"if ({c} & 1) {{", [f"if {python} & 1:", "Scope()"]):
            self.statements()

    def attempt(self):
        kind = self.rng.choice(self.options.kinds)
        t, e = self.new_name("t"), self.new_name("e")
        with self.block("coro_try {", [f"{t} = Try({kind!r})", t],
                        error=kind, argument=""):
            if self.rng.random() < 0.7:
                self.call_it()
            self.statements()
        with self.block(f"coro_catch ({kind}, {e}) {{",
                        [f"if {t}.error is not None:", "Scope()"]):
            self.write(None, f"v.{e} = {t}.error")
            self.declare_typed(kind, e)
            self.statements()

    def attempt_short(self):
        """Without braces."""
        kind, e = self.rng.choice(self.options.kinds), self.new_name("e")
        c_to, python_to = self.rng.choice(self.writable)
        inside = self.context.__class__(kind, waits=self.context.waits)
        c, python = self.called_number(context=inside)
        self.write("coro_try", "try:")
        self.write("  " + c_to % c, "  " + python_to % python)
        self.write(f"coro_catch ({kind}, {e})", "except Raised as raised:")
        self.write(f"  see(number_{kind}({e}));", "  see(raised.value)")

    def repeat(self):
        name, count = self.new_name("i"), self.rng.randint(1, 4)
        around = [f"with Scope('b{name}'):"]
        scope, tail = f"Scope('c{name}')", "}"
        how = self.rng.randint(0, 3)
        if how == 0:
            head = f"for (unsigned {name} = 0; {name} < {count}; {name}++) {{"
            around.append(f"for v.{name} in range({count}):")
        elif how == 1:
            self.write(f"unsigned {name} = 0;")
            head = f"while ({name}++ < {count}) {{"
            around.append(f"for v.{name} in range(1, {count + 1}):")
        elif how == 2:
            self.write(f"unsigned {name} = 0;")
            head, tail = "do {", f"}} while (++{name} < {count});"
            around.append(f"for v.{name} in range({count}):")
        else:
            c, python = self.called_number()
            head = (f"for (unsigned {name} = 0; ({c} & 7) != 1 && "
                    f"{name}++ < {count};) {{")
            around = [f"v.{name} = 0"] + around + [
                f"while ({python} & 7) != 1 and bump((v, {name!r})) < {count}:"]
        self.loops += 1
        with self.block(head, around + [scope], tail, breaks=f"b{name}",
                        continues=f"c{name}"):
            self.declare(name, writable=False)
            self.statements()
        self.loops -= 1

    def choose(self):
        name, count = self.new_name("k"), self.rng.randint(2, 4)
        c, python = self.expression()
        self.write(f"switch ({c} % {count}) {{",
                   f"v.{name} = {python} % {count}")
        self.write(None, f"with Scope('b{name}'):")
        self.python_depth += 1
        for case in range(count):
            label = f"case {case}" if case < count - 1 else "default"
            with self.block(f"{label}: {{",
                            [f"if v.{name} <= {case}:", "Scope()"],
                            breaks=f"b{name}"):
                self.statements()
                if self.rng.random() < 0.5:
                    self.write("break;", f"jump('b{name}')")
        self.python_depth -= 1
        self.write("}")

    def labelled(self):
        label = self.new_name("L")
        gotos = self.context.gotos + ((label, ""),)
        with self.block("{", [f"Scope({label!r})"], f"}} {label}:;",
                        gotos=gotos):
            self.statements()

    def again(self):
        label, counter = self.new_name("L"), self.new_name("n")
        gotos = self.context.gotos + ((label, counter),)
        self.write(f"unsigned {counter} = 0; {label}:;", f"v.{counter} = 0")
        with self.block("{", ["while 1:", f"Scope({label!r})"], gotos=gotos):
            self.statements()
            self.write(None, "break")

    def inner_expression(self):
        name, here = self.new_name("r"), self.rng.random() < 0.5
        with self.block(f"unsigned {name} = ({{", ["Scope()"], "});"):
            self.statements()
            c, python = (self.expression() if here else self.called_number())
            self.write(f"{c};", f"v.{name} = {python}")
        self.declare(name)

    def put_off(self):
        name = self.new_name("d")
        loops, self.loops = self.loops, 1
        with self.block("_Defer {", [f"def {name}():", "Scope()"], error="",
                        argument="", waits=False, breaks="", continues="",
                        gotos=(), returns=False, deferred=True):
            self.statements()
        self.loops = loops
        self.write(None, f"{self.scope}.at_end({name})")

    def recur(self):
        if not self.own.may_recur() or self.own.error != self.context.error:
            return
        name, (c, python) = self.own.name, self.expression()
        with self.block("if (may_recur()) {", ["if may_recur():", "Scope()"]):
            self.write(f"{name}({c}, 2);", f"{name}({python}, 2)")

    # Functions ----------------------------------------------------------------

    def parameters(self):
        for i, kind in enumerate(self.own.params):
            if kind == "out":
                self.readable.append((f"*o{i}", f"get(v.o{i})"))
                self.writable.append((f"*o{i} = %s;", f"put(v.o{i}, %s)"))
            else:
                self.declare_typed(kind, f"o{i}")
        if self.own.variadic:
            self.write("va_list ap; va_start(ap, b); see(va_arg(ap, num));",
                       "see(v.more)")

    def begin(self):
        self.declare("a")
        self.declare("b")
        self.parameters()
        for name in ("d", "e"):
            is_volatile = self.rng.random() < 0.15
            c, python = self.expression()
            self.write(("volatile " if is_volatile else "") +
                       f"unsigned {name} = {c};", f"v.{name} = {python}")
            self.declare(name, addressable=not is_volatile)
            if not is_volatile and self.rng.random() < 0.5:
                # So some variables are in memory.
                self.write(f"unsigned *p{name} = &{name};")
                self.writable.append((f"*p{name} = %s;", f"v.{name} = %s"))

    def whole(self):
        own = self.own
        self.write(None, "v = Variables()")
        for name in own.parameter_names():
            self.write(None, f"v.{name} = {name}")
        with self.block("{", ["Scope()"]):
            self.begin()
            for _ in range(self.rng.randint(1, 3)):
                self.statements()
            if own.variadic:
                kind = own.variadic
                self.write(f"see(number_{kind}(va_arg(ap, {kind}))); "
                           "va_end(ap);", "see(v.last)")
            self.write(*self.returned())
        if own.variadic or "" == own.attributes:
            head = own.attributes.split(" inline")[0]
        else:
            head = own.attributes
        c = [own.declaration(head, own.name) + " {"] + self.c + ["}"]
        given = (["f"] if own.generic else []) + own.parameter_names()
        return (c + self.pointers(),
                [f"def {own.name}({', '.join(given)}):"] + self.python)

    def pointers(self):
        """Of which nobody knows the value, and one in a struct."""
        own = self.own
        if own.generic:
            return []
        if own.waits:
            return [f"typedef {own.declaration('', f'(*fn_{own.name})')} "
                    f"coro_frame({FRAME});",
                    f"static fn_{own.name} volatile p_{own.name} = "
                    f"{own.name};",
                    f"static struct {{ unsigned n; fn_{own.name} f; }} "
                    f"h_{own.name} = {{1, {own.name}}};"]
        return [own.declaration("static", f"(*volatile p_{own.name})") +
                f" = {own.name};",
                f"static struct {{ unsigned n; {own.declaration('', '(*f)')}; "
                f"}} h_{own.name} = {{1, {own.name}}};"] + (
                    [f"static const struct ops ops_{own.name} = "
                     f"{{1, {own.name}}};"] if own.is_simple() else [])

    def whole_cleanup(self):
        """A function of an unsigned *, for cleanup."""
        name = self.own.name
        self.write(None, "v = Variables()")
        self.write("unsigned a = *at, b = 5;", "v.a, v.b = get(at), 5")
        with self.block("{", ["Scope()"]):
            self.begin()
            self.statements()
        self.write("see(a); *at = b;", "see(v.a); put(at, v.b)")
        head = f"{self.own.attributes} void {name}(unsigned *at)"
        return [head + " {"] + self.c + ["}"], [f"def {name}(at):"] + self.python
