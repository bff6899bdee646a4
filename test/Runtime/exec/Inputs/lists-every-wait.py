#!/usr/bin/env python3
"""lists-every-wait.py INCLUDE TEST: whether the test calls every function of the
public headers that may wait. Those it need not call are named here."""
import pathlib
import re
import sys

# Behind functions that are inline where optimised; waits each time.
BEHIND = {
    "coro_mutex_lock_wait", "coro_rwlock_read_wait", "coro_rwlock_write_wait",
    "coro_semaphore_acquire_wait", "coro_event_wait_set",
    "coro_once_begin_wait", "coro_offload_call",
}
ALWAYS = {"coro_condition_wait"}

DECLARED = re.compile(
    r"(?:CORO_YIELDS|CORO_TRIES_FIRST)\b(?![( ]*condition)[^;{}()]*?\b(coro_\w+)\(")


def main(include, test):
    names = set()
    for header in sorted(pathlib.Path(include, "coro").glob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
        names.update(DECLARED.findall(text))
    assert len(names) > 40, "the headers are written otherwise now"
    called = set(re.findall(r"\b(coro_\w+)\(", pathlib.Path(test).read_text()))
    missing = sorted(names - called - BEHIND - ALWAYS)
    unknown = sorted((BEHIND | ALWAYS) - names)
    for name in missing:
        print(f"{name} may wait: does it give way at times? Test it.")
    for name in unknown:
        print(f"{name} is no function that waits")
    return bool(missing or unknown)


sys.exit(main(*sys.argv[1:]))
