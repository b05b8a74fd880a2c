#!/usr/bin/env python3
"""Stop danvand again and again in full work, start it twice, and start it on what is not its own.

usage: stops.py [--stops N] [--pairs N] [--within SECONDS] [--seed N]

SIGTERM among writers and watchers: it must end with 0 within a second, all that it acknowledged must be there
when it runs again, and watchers are told good-bye with their cursor. Then two are started on one state at a time: one
serves, the other must end with 75 within a second, and the database is what it was. A store with a newer schema, and
a file that is no database, must be refused with 65 and 74, and stay byte for byte what they were.
A control must be noticed: a danvand that is killed where it should stop. Exits with 3 when anything was violated, with
1 when the control was not noticed.
"""
import argparse
import hashlib
import random
import signal
import sqlite3
import sys
import time

from daemon import running
from workload import seen, under_load


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stops", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--within", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with running("stop") as daemon:
        stops = Stops(daemon, options)
        work, _, _, found = under_load(daemon, stops.run, seed=options.seed)
        goodbyes = sum(entry[1] == "goaway" for watched in work.record.watched for entry in watched.seen)
        if options.stops and not goodbyes:
            found.append("no watcher was told good-bye")
        print(f"{options.stops} stops, slowest {stops.slowest * 1000:.0f} ms, {seen(work.record)}, {goodbyes} good-byes", flush=True)
        found += stops.found + pairs(daemon, options) + strangers(daemon)
        print(f"{time.monotonic() - began:.0f} s; {len(found)} violations", flush=True)
        for text in found[:20]:
            print("  " + text)
        daemon.start()
        control = Stops(daemon, options)
        control.stop(signal.SIGKILL)
        print(f"control, a kill in place of a stop: {control.found[0] if control.found else 'not noticed'}")
    sys.exit(3 if found else 0 if control.found else 1)


class Stops:
    def __init__(self, daemon, options):
        self.daemon, self.options, self.found = daemon, options, []
        self.chance, self.slowest = random.Random(options.seed), 0.0

    def run(self, _):
        for _ in range(self.options.stops):
            time.sleep(self.chance.uniform(0.05, 0.3))
            self.stop(signal.SIGTERM)
            self.daemon.start()

    def stop(self, number):
        began = time.monotonic()
        self.daemon.process.send_signal(number)
        status = self.daemon.process.wait()
        took = time.monotonic() - began
        self.slowest = max(self.slowest, took)
        if status != 0:
            self.found.append(f"told to stop, it ended with {status}")
        if took > self.options.within:
            self.found.append(f"told to stop, it took {took:.2f} s")


def pairs(daemon, options):
    """Two at a time on one state."""
    found, slowest = [], 0.0
    for number in range(options.pairs):
        before = digest(daemon.state) if number % 10 == 0 else None
        began = time.monotonic()
        daemon.launch()
        first = daemon.process
        daemon.launch()
        both = [first, daemon.process]
        # Which of the two comes first is open.
        while not any(process.poll() is not None for process in both):
            time.sleep(0.005)
        slowest = max(slowest, time.monotonic() - began)
        loser = next(process for process in both if process.poll() is not None)
        daemon.process = next(process for process in both if process is not loser)
        if loser.returncode != 75:
            found.append(f"the second of two ended with {loser.returncode}")
        if daemon.wait_until_ready() is not None:
            found.append("neither of two serves")
        daemon.kill()
        if before and digest(daemon.state) != before:
            found.append("two starts have changed the database")
    print(f"{options.pairs} pairs, the second refused after at most {slowest * 1000:.0f} ms", flush=True)
    if slowest > options.within:
        found.append(f"the second of two took {slowest:.1f} s to be refused")
    return found


def digest(state):
    return hashlib.sha256((state / "danvan.db").read_bytes()).digest()


def strangers(daemon):
    """Stores that are not this program's."""
    found = []

    def newer(path):
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()

    daemon.start()
    daemon.stop()
    whole = (daemon.state / "danvan.db").read_bytes()
    for what, change, status in (
        ("a newer schema", newer, 65), ("no database", lambda path: path.write_bytes(b"Not a database. " * 1000), 74),
    ):
        change(daemon.state / "danvan.db")
        before = digest(daemon.state)
        daemon.launch()
        ended = daemon.wait_until_ready()
        if ended != status:
            found.append(f"{what}: it {'runs' if ended is None else f'ended with {ended}'}, not with {status}")
        if ended is None:
            daemon.kill()
        if digest(daemon.state) != before:
            found.append(f"{what}: the file is changed")
        (daemon.state / "danvan.db").write_bytes(whole)
    return found


if __name__ == "__main__":
    main()
