# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes one random program of functions that raise, in C and in Python."""

from raising_body import Body
from raising_kinds import C_HEAD, KINDS, PASSED
from raising_text import VARIADIC, Function

STORAGE = ["static", "static", "static __attribute__((noinline))",
           "static inline __attribute__((always_inline))", ""]
# What is in the tables may raise because a generic reads them.
TABLES = """struct ops { unsigned n; num (*f)(unsigned, unsigned); };
raises_as(ops->f) static num through(const struct ops *ops) {
  return ops->f(ops->n, 1);
}"""


def random_function(rng, number, options):
    kinds = options.kinds
    f = Function(f"g{number}", rng.choice(kinds + [""]) if number else kinds[0],
                 rng.choice(KINDS + ["void"] * 4 + ["num"] * 8 + kinds * 3))
    f.attributes = rng.choice(STORAGE)
    f.waits = options.yields and rng.random() < 0.5
    if rng.random() < 0.4:
        f.params = rng.choices(["out", "out"] + [
            k for k in kinds if k in PASSED], k=rng.randint(1, 3))
    if not (f.waits or f.error) and rng.random() < 0.15:
        f.variadic = rng.choice(VARIADIC)
    elif not f.waits and not f.params and rng.random() < 0.2:
        f.generic, f.error = rng.choice(["f", "ops->f"]), ""
        f.attributes = "static"
    return f


def program(rng, options):
    """options: yields and defer, and gets the few kinds of this program."""
    options.kinds = rng.sample(KINDS, 3)
    c, python, known, cleanups = [C_HEAD, TABLES], [], [], []
    shown_c, shown_python = [], []

    def add(texts):
        c.extend(texts[0])
        python.extend(texts[1])

    for number in range(rng.randint(3, 9)):
        f = random_function(rng, number, options)
        add(Body(rng, f, known, cleanups, options).whole())
        known.append(f)
        if rng.random() < 0.4:
            own = Function(f"c{number}", attributes=rng.choice(STORAGE))
            body = Body(rng, own, known, cleanups, options)
            body.budget = 3
            add(body.whole_cleanup())
            cleanups.append(own.name)
    for number in range(3):
        f = Function(f"use{number}", result="num",
                     waits=options.yields and number != 1)
        add(Body(rng, f, known, cleanups, options).whole())
        for pair in ["0, 0", "1, 5", "no_constant + 77, 3"]:
            run = (f"coro_block_on({f.name}, {pair})" if f.waits else
                   f"{f.name}({pair})")
            shown_c.append(f"  show({run});")
            shown_python.append(
                f"  show({f.name}({pair.replace('no_constant', '0')}))")
    c += ["int main(void) {", "  left = 5;"] + shown_c + ["}"]
    python += ["def main():"] + shown_python
    return "\n".join(c) + "\n", "\n".join(python) + "\n"
