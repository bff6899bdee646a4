# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails unless every element of an HTML page is closed, every identity is given
once, every link inside of the page leads somewhere, and nothing is fetched from
elsewhere."""

import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img"}


class Checker(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.identities, self.targets = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            if name == "id":
                self.identities.append(value)
            elif name == "href" and value.startswith("#"):
                self.targets.append(value[1:])
            elif name == "aria-describedby":
                self.targets.append(value)
            elif name in ("href", "src"):
                sys.exit(f"leads out of the page: {value}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            sys.exit(f"stray </{tag}>")


page = Checker()
page.feed(open(sys.argv[1], encoding="utf-8").read())
if page.open:
    sys.exit(f"not closed: {page.open}")
if len(set(page.identities)) != len(page.identities):
    sys.exit("an identity is given twice")
if missing := set(page.targets) - set(page.identities):
    sys.exit(f"lead nowhere: {sorted(missing)}")
