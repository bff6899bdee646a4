#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""coro-trace: the trace of a program as JSON that trace viewers show.

A task is the address of its storage, which another task has once it is done: so
events are taken in the order of their times, and each task has a number of its
own from its ADDED event on.
"""

import argparse
import json
import sys
from collections import namedtuple

USAGE = "coro-trace [-o OUT] [--summary] FILE"

EPILOG = """\
FILE is what coro_trace_write or CORO_TRACE_FILE=FILE has written. OUT is JSON in
Chrome's trace event format: open it in https://ui.perfetto.dev or
chrome://tracing. It has
  a row for each thread     the polls of tasks, and marks; of a helper of
                            coro_offload the works it did
  a row for each task       from where it was added to its end, and in it when it
                            was ready, and when it waited
  arrows                    from what woke a task to its next poll

example
  corocc -DCORO_TRACE server.c -o server
  CORO_TRACE_FILE=server.trace ./server
  coro-trace server.trace -o server.json
"""

VERSION = 1
(ADDED, POLLED, SUSPENDED, DONE, REMOVED, WOKEN, CANCEL, QUEUED, GRANTED,
 MARK, WORK, WORKED, THREAD) = range(1, 14)
STATUSES = {0: "done", 3: "raised", 4: "cancelled"}
PROCESS = 1

Event = namedtuple("Event", "time kind task other name thread")


class Trouble(Exception):
    """What the user is told."""


def fields(line, words):
    """The numbers of a line of known words and numbers."""
    found = line.split()
    if len(found) != 2 * len(words) or found[::2] != words:
        raise ValueError(line)
    return [int(word) for word in found[1::2]]


def read_event(line, thread):
    time, kind, task, other, *name = line.rstrip("\n").split(" ", 4)
    return Event(int(time), int(kind), int(task, 16), int(other, 16),
                 "".join(name), thread)


def read_trace(path):
    """Its events in the order of their times, its threads, and how many events
    were lost."""
    events, threads, at = [], [], 0
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.readlines()
        version, lost = fields(lines[0], ["coro-trace", "lost"])
        if version != VERSION:
            raise Trouble(f"{path} is of version {version}, and this coro-trace "
                          f"reads {VERSION}: use the one of the runtime")
        for at, line in enumerate(lines[1:], 2):
            if line.startswith("thread "):
                thread, gone = fields(line, ["thread", "lost"])
                threads.append(thread)
                lost += gone
            else:
                events.append(read_event(line, threads[-1]))
    except OSError as error:
        raise Trouble(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, IndexError):
        raise Trouble(f"{path} is no trace, or is cut off: line {at or 1}"
                      ) from None
    events.sort(key=lambda event: event.time)
    return events, threads, lost


class Task:
    def __init__(self, number, name):
        self.number, self.name = number, name
        self.phase = None  # "ready" or "waiting", which its row shows now
        self.woken = False  # an arrow has begun


class Writer:
    """Goes through the events once and makes the viewer's."""

    def __init__(self, events):
        self.start = events[0].time if events else 0
        self.out, self.tasks, self.running = [], {}, {}
        self.works = {}  # what a thread has begun
        self.workers, self.pollers = set(), set()  # threads
        self.called = {}  # what they are, where they said so
        self.count, self.arrows = 0, 0
        for event in events:
            self.event(event)
        if events:
            self.finish(events[-1])

    def put(self, phase, name, event, **more):
        made = {"ph": phase, "name": name, "pid": PROCESS, "tid": event.thread,
                "ts": (event.time - self.start) / 1000, **more}
        self.out.append(made)
        return made

    def row(self, phase, name, task, event, **more):
        """Of a task's own row."""
        self.put(phase, name, event, cat="task", id=task.number, **more)

    def enter(self, task, phase, event):
        if task.phase:
            self.row("e", task.phase, task, event)
        if phase:
            self.row("b", phase, task, event)
        task.phase = phase

    def title(self, task):
        return f"{task.name} #{task.number}"

    def add(self, event):
        self.count += 1
        task = self.tasks[event.task] = Task(self.count, event.name)
        parent = self.tasks.get(event.other)
        args = {"by": self.title(parent)} if parent else {}
        self.row("b", self.title(task), task, event, args=args)
        self.enter(task, "ready", event)

    def end(self, task, event, how):
        self.enter(task, None, event)
        self.row("e", self.title(task), task, event, args={"end": how})

    def poll(self, task, event):
        self.running[event.thread] = (task, event)
        self.pollers.add(event.thread)
        self.enter(task, None, event)
        if task.woken:
            self.put("f", "wake", event, cat="wake", id=task.woken, bp="e")
            task.woken = False

    def polled(self, task, event, how):
        running, begin = self.running.pop(event.thread, (None, None))
        if running is task:  # else the beginning is lost
            self.put("X", task.name, begin, cat="poll",
                     dur=(event.time - begin.time) / 1000,
                     args={"task": self.title(task), "end": how})

    def wake(self, task, event):
        if not task.woken:
            self.arrows += 1
            task.woken = self.arrows
            self.put("s", "wake", event, cat="wake", id=task.woken)
        if task.phase == "waiting":
            self.enter(task, "ready", event)

    def begin_work(self, event):
        task = self.tasks.get(event.task)
        self.works[event.thread] = (task and self.title(task), event)
        self.workers.add(event.thread)

    def end_work(self, event, **args):
        title, begin = self.works.pop(event.thread, (None, None))
        if not begin:
            return
        if title:
            args["task"] = title
        self.put("X", begin.name or "a function", begin, cat="work",
                 dur=(event.time - begin.time) / 1000, args=args)

    def point(self, name, event, **args):
        self.put("i", name, event, s="t", args=args)

    def event(self, event):
        task = self.tasks.get(event.task)
        if event.kind == ADDED:
            self.add(event)
        elif event.kind == THREAD:
            self.called[event.thread] = f"{event.name} {event.other}"
        elif event.kind == WORK:
            self.begin_work(event)
        elif event.kind == WORKED:
            self.end_work(event)
        elif event.kind == MARK:
            self.point(event.name, event)
        elif event.kind == QUEUED:
            self.point("queued", event, queue=hex(event.other))
        elif task:
            self.task_event(task, event)

    def task_event(self, task, event):
        if event.kind == POLLED:
            self.poll(task, event)
        elif event.kind == SUSPENDED:
            self.polled(task, event, "suspended")
            self.enter(task, "ready" if task.woken else "waiting", event)
        elif event.kind in (DONE, REMOVED):
            how = "removed"
            if event.kind == DONE:
                how = STATUSES.get(event.other, str(event.other))
                self.polled(task, event, how)
            self.end(task, event, how)
            del self.tasks[event.task]
        elif event.kind == WOKEN:
            self.wake(task, event)
        elif event.kind == CANCEL:
            self.point("cancel", event, task=self.title(task))
        elif event.kind == GRANTED:
            self.point("granted", event, task=self.title(task),
                       queue=hex(event.other))

    def finish(self, last):
        for task in self.tasks.values():
            self.end(task, last, "not over")
        for _, begin in list(self.works.values()):
            self.end_work(last._replace(thread=begin.thread), end="not over")

    def thread_name(self, thread):
        if thread in self.called:
            return f"{self.called[thread]} ({thread})"
        helps = thread in self.workers - self.pollers
        return f"{'helper' if helps else 'thread'} {thread}"


def names(threads, writer):
    return [{"ph": "M", "name": "thread_name", "pid": PROCESS, "tid": thread,
             "args": {"name": writer.thread_name(thread)}}
            for thread in threads]


def table(made, kind, title):
    """A line for each function: how often, and the time it took."""
    totals = {}
    for event in made:
        if event["ph"] == "X" and event["cat"] == kind:
            total = totals.setdefault(event["name"], [0, 0.0, 0.0])
            total[0] += 1
            total[1] += event["dur"]
            total[2] = max(total[2], event["dur"])
    lines = [f"{title:>8}      total us    longest us  function"]
    for name, (count, time, longest) in sorted(
            totals.items(), key=lambda item: (-item[1][1], item[0])):
        lines.append(f"{count:8} {time:13.1f} {longest:13.1f}  {name}")
    return lines


def summary(made):
    lines = table(made, "poll", "polls")
    if any(event["cat"] == "work" for event in made if event["ph"] == "X"):
        lines += table(made, "work", "works")
    return "\n".join(lines)


def run(args):
    events, threads, lost = read_trace(args.file)
    writer = Writer(events)
    made = writer.out
    if args.summary:
        print(summary(made))
        if lost:
            print(f"{lost} events were lost")
        return
    text = json.dumps({"traceEvents": names(threads, writer) + made,
                       "displayTimeUnit": "ns",
                       "otherData": {"lost": lost}})
    if not args.output:
        print(text)
        return
    try:
        with open(args.output, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        raise Trouble(f"cannot write {args.output}: {error.strerror}") from None


def main():
    parser = argparse.ArgumentParser(
        prog="coro-trace", usage=USAGE, epilog=EPILOG,
        description="Makes a trace of tasks into JSON that trace viewers show.",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("-o", "--output", metavar="OUT",
                        help="where to; without it, standard output")
    parser.add_argument("--summary", action="store_true",
                        help="no JSON: the polls and works of each function, "
                             "in numbers")
    try:
        run(parser.parse_args())
    except Trouble as trouble:
        print(f"coro-trace: error: {trouble}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
