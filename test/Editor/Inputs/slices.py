# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints the text at each range of a report of corocc --suspends=json, read
from standard input, counting like an editor: lines from 0, and in them units of
UTF-16."""

import json
import re
import sys
from urllib.parse import unquote, urlparse


def lines_of(uri):
    with open(unquote(urlparse(uri).path), "rb") as file:
        text = file.read().removeprefix(b"\xef\xbb\xbf").decode()
    return [line.encode("utf-16-le") for line in re.split("\r\n|\n|\r", text)]


def at(uri, where):
    lines, start, end = lines_of(uri), where["start"], where["end"]
    last = lines[end["line"]]
    if len(last) < 2 * end["character"]:
        return "(past the end of the line)"
    lines[end["line"]] = last[:2 * end["character"]]
    first = lines[start["line"]][2 * start["character"]:]
    if start["line"] == end["line"]:
        first = lines[end["line"]][2 * start["character"]:]
    text = [first, *lines[start["line"] + 1:end["line"] + 1]]
    return "|".join(piece.decode("utf-16-le") for piece in text)


report = json.load(sys.stdin)
for call in report["suspends"] + report["raises"]:
    place = call["location"]
    print(f"{call['kind']} {call['effect']} in {call['function']['name']}: "
          f"<{at(place['uri'], place['range'])}> "
          f"<{at(place['uri'], call['selectionRange'])}>")
    declared = call["callee"].get("location")
    if declared:
        print(f"  {call['callee']['name']} declared as "
              f"<{at(declared['uri'], declared['range'])}>")
