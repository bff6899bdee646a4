# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks a language server about a file, as an editor would, and prints what it
says.

  lsp.py <server> file.c [question text]... -- <command that compiles it>

First come the diagnostics. A question is `hover`, at the first place of the
file that has the text, or `complete`, right behind it. With `text=answer` it is
asked again for a while until the answer has come: what headers declare, a
server knows after it has read them in the background.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


class Server:
    def __init__(self, command):
        # No settings or caches of whoever runs this.
        home = tempfile.mkdtemp()
        env = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home,
                   XDG_CACHE_HOME=home)
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=env)
        self.last = 0

    def send(self, method, params, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method,
                           "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body))
        self.process.stdin.write(body)
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise SystemExit("the server has gone")
        return json.loads(self.process.stdout.read(length))

    def wait(self, wanted):
        while not wanted(message := self.receive()):
            pass
        return message

    def ask(self, method, params):
        self.last += 1
        number = self.last
        self.send(method, params, id=number)
        return self.wait(lambda m: m.get("id") == number
                         and "method" not in m)["result"]


def position(text, offset):
    before = text[:offset]
    line = before.rpartition("\n")[2]
    return {"line": before.count("\n"),
            "character": len(line.encode("utf-16-le")) // 2}


def hover(server, at):
    answer = server.ask("textDocument/hover", at)
    return answer["contents"]["value"].splitlines() if answer else ["nothing"]


def complete(server, at):
    answer = server.ask("textDocument/completion", at)
    # A bullet stands before what comes from other files.
    return [item["label"].strip(" \u2022") for item in answer["items"]]


def until(expected, question):
    end = time.monotonic() + 60
    while True:
        lines = question()
        if not expected or expected in lines or time.monotonic() > end:
            return lines
        time.sleep(0.2)


def main():
    split = sys.argv.index("--")
    command, file, *questions = sys.argv[1:split]
    path = Path(file).resolve()
    folder = tempfile.mkdtemp()
    Path(folder, "compile_commands.json").write_text(json.dumps([{
        "directory": folder, "file": str(path),
        "arguments": [*sys.argv[split + 1:], str(path)]}]))
    text = path.read_text()
    document = {"uri": path.as_uri()}
    server = Server([*command.split(), f"--compile-commands-dir={folder}",
                     "--background-index=false"])
    server.ask("initialize", {"processId": None, "rootUri": None,
                              "capabilities": {}})
    server.send("initialized", {})
    server.send("textDocument/didOpen", {"textDocument": {
        **document, "languageId": "c", "version": 1, "text": text}})
    said = server.wait(
        lambda m: m.get("method") == "textDocument/publishDiagnostics")
    found = said["params"]["diagnostics"]
    print(f"{len(found)} diagnostics")
    for each in found:
        print(f"line {each['range']['start']['line'] + 1}: {each['message']}")
    for question, at in zip(questions[::2], questions[1::2]):
        at, _, expected = at.partition("=")
        offset = text.index(at)
        if question == "complete":
            offset += len(at)
        where = {"textDocument": document, "position": position(text, offset)}
        ask = hover if question == "hover" else complete
        print(f"{question} {at}:")
        print("\n".join(until(expected, lambda: ask(server, where))))
    server.ask("shutdown", None)
    server.send("exit", None)
    server.process.wait(timeout=60)


if __name__ == "__main__":
    main()
