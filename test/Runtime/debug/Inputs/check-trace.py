"""Checks what coro-trace makes of a trace: its JSON, the order of events, and
durations. check-trace.py CORO_TRACE FILE [lost]: some events were lost."""

import collections
import json
import subprocess
import sys

tool, path = sys.argv[1:3]
some_lost = "lost" in sys.argv[3:]
made = subprocess.run([tool, path], capture_output=True, text=True, check=True)
trace = json.loads(made.stdout)
events = trace["traceEvents"]
assert (trace["otherData"]["lost"] > 0) == some_lost, trace["otherData"]

for event in events:
    assert {"ph", "name", "pid", "tid"} <= set(event), event
    assert event["ph"] == "M" or event["ts"] >= 0, event

# Polls of a thread follow each other.
polls = collections.defaultdict(list)
for event in events:
    if event["ph"] == "X":
        assert event["dur"] >= 0
        polls[event["tid"]].append(event)
for thread in polls.values():
    thread.sort(key=lambda event: event["ts"])
    for before, after in zip(thread, thread[1:]):
        # Numbers of thousandths: the sum of two may differ in the last digit.
        assert before["ts"] + before["dur"] <= after["ts"] + 0.0005, (before, after)

# They are the workers of the pool.
names = {event["tid"]: event["args"]["name"] for event in events
         if event["name"] == "thread_name"}
workers = [names[thread] for thread in polls]
assert set(workers) <= {f"worker {i} ({thread})" for i in range(3)
                        for thread in polls}, names
assert len({name.split(" (")[0] for name in workers}) == len(workers), names

# Each row of a task begins and ends, and what is in it as well.
rows = collections.defaultdict(list)
spans = collections.defaultdict(list)
for event in events:
    if event["ph"] == "b":
        rows[event["id"]].append(event)
    elif event["ph"] == "e":
        begin = rows[event["id"]].pop()
        assert begin["name"] == event["name"], (begin, event)
        assert begin["ts"] <= event["ts"]
        spans[event["id"]].append((begin, event))
assert not any(rows.values())

# Each arrow ends after it began.
arrows = {}
for event in events:
    if event["ph"] == "s":
        arrows[event["id"]] = event["ts"]
    elif event["ph"] == "f":
        assert arrows.pop(event["id"]) <= event["ts"]

if not some_lost:
    tasks = collections.Counter()
    for found in spans.values():
        name = found[-1][0]["name"].split(" #")[0]
        tasks[name] += 1
        assert found[-1][1]["args"]["end"] == "done", found[-1]
        waited = sum(e["ts"] - b["ts"] for b, e in found
                     if b["name"] == "waiting")
        if name == "sleepy":
            assert waited >= 2900, (waited, found)
        if name == "busy":
            assert waited == 0, found
    assert tasks == {"busy": 40, "sleepy": 40, "poll_sleeper": 1}, tasks
    times = collections.Counter()
    for thread in polls.values():
        for event in thread:
            times[event["name"]] += event["dur"]
            if event["name"] == "busy":
                assert event["args"]["end"] == "done" or event["dur"] >= 99
    assert times["busy"] >= 40 * 3 * 99, times
    assert any(e["ph"] == "i" and e["name"] == "begin" for e in events)
    assert any(e["ph"] == "f" for e in events)
