# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the coro_frame(N) of a header's declarations with what the functions
take, and updates them."""

import re

from coro_frames.frames import Trouble

# What is not code, and a word with what it takes.
NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|"
                      r"'(?:\\.|[^'\\\n])*'|^[ \t]*#(?:[^\n\\]|\\.|\\\n)*",
                      re.S | re.M)
WORD = re.compile(r"\b(?:CORO_FRAME|coro_frame|__coro_frame__)\s*\(")
NAME = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
YIELDS = re.compile(r"\b(?:yields|CORO_YIELDS|yields_of|CORO_YIELDS_OF)\b")


class Contract:
    """A declaration: of what, in which line, and where its N is."""

    def __init__(self, name, line, text, span):
        self.name, self.line, self.text, self.span = name, line, text, span


def blanked(text):
    """The text with spaces for what is not code, so that places stay."""
    return NOT_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def closing(code, start):
    """The place of the parenthesis that closes the one before start."""
    depth = 1
    for at in range(start, len(code)):
        depth += (code[at] == "(") - (code[at] == ")")
        if depth == 0:
            return at
    return len(code)


def declarations(code):
    """(start, text) of what ends in a semicolon, outside of bodies and
    structs."""
    start = depth = 0
    for at, char in enumerate(code):
        if char == "{":
            # extern "C" { encloses declarations; the string is blank by now.
            if not re.search(r"\bextern\s*$", code[start:at]):
                depth += 1
            else:
                start = at + 1
        elif char == "}":
            depth = max(depth - 1, 0)
            start = at + 1
        elif char == ";":
            if depth == 0:
                yield start, code[start:at]
                start = at + 1


def contracts(text, known):
    """The declarations with a contract, and those of known functions that yield
    without one."""
    code = blanked(text)
    for start, part in declarations(code):
        word = WORD.search(part)
        names = [m[1] for m in NAME.finditer(part)]
        name = next((n for n in names if n in known), None)
        if not word and not (name and YIELDS.search(part)):
            continue
        if name is None:  # the first that is no word of ours
            name = next((n for n in names if not re.match(
                r"(?i)_*coro_|__attribute|yields|raises|resumes", n)), "?")
        at = start + len(part) - len(part.lstrip())
        line = text.count("\n", 0, at) + 1
        if not word:
            yield Contract(name, line, None, None)
            continue
        begin = start + word.end()
        end = closing(code, begin)
        yield Contract(name, line, text[begin:end].strip(), (begin, end))


def needed_sizes(frames):
    """The largest frame of each name."""
    sizes = {}
    for frame in frames:
        for name in {frame["symbol"], frame.get("function", frame["symbol"])}:
            sizes[name] = max(sizes.get(name, 0), frame["size"])
    return sizes


class Result:
    def __init__(self):
        self.lines, self.edits = [], []
        self.too_small = False


def judge(contract, sizes, step):
    """What to say of a contract; its N as it should be, or None; and whether it
    is broken."""
    if contract.name not in sizes:
        return ("none of the files defines it: give the one that does", None,
                False)
    size = sizes[contract.name]
    wanted = -(-size // step) * step
    if contract.text is None:
        return (f"takes {size}, and has no contract: coro_frame({wanted}) would "
                "do", None, False)
    promise = f"coro_frame({contract.text}), takes {size}"
    if not re.fullmatch(r"(?:0[xX][0-9a-fA-F]+|[1-9]\d*)[uUlL]*", contract.text):
        return (promise + f": not a plain number; {wanted} would do", None,
                False)
    has = int(contract.text.rstrip("uUlL"), 0)
    if has == wanted:
        return promise, None, False
    if has < size:
        return promise + f": too small, {wanted} would do", wanted, True
    if has < wanted:
        return promise, None, False
    return promise + f": {wanted} would do", wanted, False


def check(path, text, frames, step):
    sizes, result = needed_sizes(frames), Result()
    for contract in contracts(text, sizes):
        said, wanted, broken = judge(contract, sizes, step)
        result.lines.append(f"{path}:{contract.line}: {contract.name}: {said}")
        result.too_small |= broken
        if wanted is not None:
            result.edits.append((contract.span, str(wanted)))
    if not result.lines:
        raise Trouble(f"{path} declares nothing with coro_frame(N)")
    return result


def edited(text, edits):
    for (begin, end), number in sorted(edits, reverse=True):
        text = text[:begin] + number + text[end:]
    return text
