#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Talks to tutorial-lines: line-client.py <program>"""

import socket
import subprocess
import sys
import time


def connect(port):
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        except ConnectionRefusedError:
            time.sleep(0.02)
    raise SystemExit("nobody listens")


def expect(client, data):
    got = b""
    while len(got) < len(data):
        more = client.recv(1000)
        assert more, f"ended after {got}"
        got += more
    assert got == data, got


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen([sys.argv[1], str(port)])
try:
    clients = [connect(port) for _ in range(4)]
    for client in clients:
        client.sendall(b"hel")
    for client in reversed(clients):
        client.sendall(b"lo\nhow are you?\n")
        expect(client, b"HELLO\nHOW ARE YOU?\n")
    fifth = connect(port)
    assert fifth.recv(1) == b"", "all four are in use"
    clients[0].close()
    for _ in range(200):  # until the server has seen it
        again = connect(port)
        again.sendall(b"x" * 200 + b"\n")
        try:
            if again.recv(1) == b"X":
                expect(again, b"X" * 199 + b"\n")
                break
        except ConnectionResetError:
            pass
        time.sleep(0.02)
    else:
        raise SystemExit("no connection was free again")
    assert server.poll() is None
finally:
    server.kill()
    server.wait()
