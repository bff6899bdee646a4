"""Checks the works in a trace of trace-shows-what-helpers-did.c.
check-works.py CORO_TRACE FILE NAME NAME: of the two functions."""

import collections
import json
import subprocess
import sys

tool, path, call, work = sys.argv[1:]
made = subprocess.run([tool, path], capture_output=True, text=True, check=True)
trace = json.loads(made.stdout)
assert trace["otherData"]["lost"] == 0
events = trace["traceEvents"]
names = {event["tid"]: event["args"]["name"] for event in events
         if event["name"] == "thread_name"}

helpers = collections.defaultdict(list)
done = collections.Counter()
for event in events:
    if event["ph"] == "X" and event["cat"] == "work":
        assert names[event["tid"]] == f"helper {event['tid']}", names
        helpers[event["tid"]].append(event)
        done[event["name"], event["args"]["task"].split(" #")[0]] += 1
        assert event["dur"] >= (300 if event["name"] == "crunch" else 100)
    elif event["ph"] == "X":
        assert names[event["tid"]] == f"thread {event['tid']}", names
assert 1 <= len(helpers) <= 3

wanted = collections.Counter()
wanted[call, "offloads"] += 30
wanted[work, "offloads"] += 30
impatient = done[call, "loses_patience"]
assert impatient <= 1  # none where it was cancelled in the queue
if impatient:
    wanted[call, "loses_patience"] = 1
assert done == wanted, done

# One after another, and each wakes its task before it is over; but a task that
# was slow to give its work away sees the end of it without having to wait.
begun = collections.defaultdict(list)
for event in events:
    if event["ph"] == "s":
        begun[event["tid"]].append(event["ts"])
woken = 0
for thread, works in helpers.items():
    works.sort(key=lambda event: event["ts"])
    for before, after in zip(works, works[1:]):
        assert before["ts"] + before["dur"] <= after["ts"] + 0.0005
    woken += sum(any(each["ts"] <= at <= each["ts"] + each["dur"]
                     for at in begun[thread]) for each in works)
assert woken >= 30, woken
