"""The events of a trace in Chrome's format, a line for each."""

import json
import sys

for event in json.load(sys.stdin)["traceEvents"]:
    head = [event.pop(key, "") for key in ("tid", "ts", "ph", "name")]
    event.pop("pid")
    rest = [f"{key}={json.dumps(value)}" for key, value in event.items()]
    print(*head, *rest)
