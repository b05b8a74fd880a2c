#!/usr/bin/env python3
"""An honest client beside an attack: one call after the other, a health check and a search in turn.

usage: honest.py SOCKET     until its standard input is closed; then a line of JSON: calls, p50 and p99 in ms, failures
"""
import json
import select
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from attacks.wire import CHECK, Frames, connected, field, request  # noqa: E402

SEARCH = ("danvan.v1.Search", "Query", field(1, "dân vận"))
#: Between two calls, so that it is a client and no load.
PAUSE = 0.002


def main():
    connection = connected(sys.argv[1], 20)
    frames, times, failures, stream = Frames(connection), [], 0, 1
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        call = SEARCH if stream % 4 == 1 else CHECK
        began = time.perf_counter()
        connection.sendall(request(stream, *call))
        try:
            answer = frames.answer(stream)
        except OSError:
            answer = None
        times.append((time.perf_counter() - began) * 1000)
        failures += answer is None or answer[0] != 0
        if answer is None:
            break
        stream += 2
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] if times else 0.0
    print(json.dumps({"calls": len(times), "p50": at(0.5), "p99": at(0.99), "failures": failures}))


if __name__ == "__main__":
    main()
