#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What `tools/dev demo` shows: the example server under real traffic, checked,
and what the compiler makes of a coroutine. Ends with 0 only if all of it was
right."""

import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
WORK = BUILD / "demo"
EXAMPLES = ROOT / "docs" / "examples"
LLVM = Path("/usr/lib/llvm-22/bin")


def say(text):
    print(f"\n== {text}", flush=True)


def check(condition, what):
    if not condition:
        sys.exit(f"demo: FAILED: {what}")


def corocc(name):
    program = WORK / name
    command = [BUILD / "bin" / "corocc", "-O2", EXAMPLES / f"{name}.c", "-o",
               program]
    print("$ corocc -O2 docs/examples/%s.c -o %s" % (name, name), flush=True)
    subprocess.run(command, check=True)
    return program


class Server:
    """The example server on a port that was free."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, *options, "0"], text=True,
                                        stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        print(f"$ ./echo {' '.join(options + ('0',))}\n{line}", end="")
        match = re.search(r":(\d+)$", line.strip())
        check(match, f"the server said {line!r}")
        self.port = int(match.group(1))

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=10)
        check(status == 0, f"exit status {status} after SIGINT")
        print("SIGINT: it exits with 0")


def read_exactly(connection, size):
    got = b""
    while len(got) < size:
        piece = connection.recv(65536)
        if not piece:
            break
        got += piece
    return got


def one_client(server, number, wrong):
    """Sends messages of growing size and expects each one back."""
    try:
        with server.connect() as connection:
            for size in (1, 10, 100, 5000, 60000):
                message = bytes((number + i) % 251 for i in range(size))
                connection.sendall(message)
                if read_exactly(connection, size) != message:
                    wrong.append(f"client {number}: {size} bytes")
    except OSError as error:
        wrong.append(f"client {number}: {error}")


def many_clients(server, count):
    wrong = []
    threads = [threading.Thread(target=one_client, args=(server, n, wrong))
               for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(not wrong, wrong[:3])
    print(f"python: {count} clients at once, 65111 bytes each, all came back")


def with_socat(server, text, expected):
    done = subprocess.run(
        ["socat", "-t5", "-", f"TCP:127.0.0.1:{server.port}"], input=text,
        capture_output=True, text=True, timeout=20)
    check(done.stdout == expected, f"socat got {done.stdout!r}")
    print(f"socat: {text!r} -> {done.stdout!r}")


def traffic(echo):
    say("a server that echoes")
    server = Server(echo)
    many_clients(server, 100)
    with_socat(server, "hello over socat\n", "hello over socat\n")
    server.stop()
    say("the same server, answering commands")
    server = Server(echo, "--lines")
    with_socat(server, "ADD 2 40\nUPPER coroutines\nQUIT\n",
               "42\nCOROUTINES\nbye\n")
    with server.connect() as slow:
        for piece in (b"EC", b"HO in pie", b"ces\n"):
            slow.sendall(piece)
        check(read_exactly(slow, 10) == b"in pieces\n", "a line in pieces")
        print("python: a command in three pieces is one command")
    server.stop()


def frame(echo):
    say("what a connection costs")
    size = subprocess.run([echo, "--frame"], capture_output=True, text=True,
                          check=True).stdout.strip()
    check(int(size) > 0, size)
    print(f"$ ./echo --frame\n{size}\n"
          "bytes: all a connection's coroutine takes, buffers included")


def functions(text, names):
    """The definitions of these functions, without what is only noise."""
    for name in names:
        match = re.search(rf"^define [^\n]*@{re.escape(name)}\(.*?^}}$", text,
                          re.M | re.S)
        check(match, f"no function {name}")
        body = re.sub(r" +; preds.*|, ![\w.]+ !\d+| #\d+|dso_local |noundef ",
                      "", match.group(0))
        print(body, flush=True)


def transform(hello):
    say("hello.c runs")
    done = subprocess.run([hello], capture_output=True, text=True, check=True)
    print(f"$ ./hello\n{done.stdout}", end="")
    check(done.stdout == "hello..., world...!\n", done.stdout)
    before = WORK / "hello.ll"
    subprocess.run([LLVM / "clang", f"-fplugin={BUILD}/lib/libcoro.so", "-I",
                    ROOT / "include", "-O1", "-Xclang", "-disable-llvm-passes",
                    "-fno-discard-value-names", "-S", "-emit-llvm",
                    EXAMPLES / "hello.c", "-o", before], check=True)
    after = subprocess.run(
        [LLVM / "opt", f"-load-pass-plugin={BUILD}/lib/libcoro.so", "-S",
         "-passes=coro,function(simplifycfg)", before, "-o", "-"],
        capture_output=True, text=True, check=True).stdout
    say("greet, as clang reads it")
    functions(before.read_text(), ["greet"])
    say("greet, after the transform: the call itself, and each resumption")
    functions(after, ["greet.start", "greet.poll"])


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    say("two programs")
    echo, hello = corocc("echo"), corocc("hello")
    traffic(echo)
    frame(echo)
    transform(hello)
    say("demo: all of it was right")


if __name__ == "__main__":
    main()
