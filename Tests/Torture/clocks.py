#!/usr/bin/env python3
"""Set the clock back and forth by years under danvand, among writers and watchers.

usage: clocks.py [--jumps N] [--seed N]

The clock that danvand reads (Debian's faketime) jumps between ten years ago, now, and twelve years ahead, where
seconds since 1970 no longer fit into 32 bits; now and then danvand is killed and starts in another time. The
clock that only counts goes on as it does on a machine whose time is set.

Holds: every event once and in order for every watcher, by their cursors; everything acknowledged is there; no call
is given up early and no connection closed (writers take no error but those of the kills). The log must hold all three
times, or danvand has not seen the jumps. Controls, which must be noticed: a danvand that sends events twice, and one
whose clock was not touched. Exits with 3 when anything was violated, with 1 when a control was not noticed.
"""
import argparse
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from daemon import Daemon
from workload import seen, under_load

YEAR = 365 * 86_400
SHIFTS = (0, -10 * YEAR, 12 * YEAR)
LIBRARIES = [*Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jumps", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not LIBRARIES:
        print("skipped: no faketime here (Debian's package faketime)")
        return
    found, years = run(options, True)
    for text in found[:20]:
        print("  " + text)
    missed = False
    options.jumps = 6
    for what, jumps, fault in (("a danvand that sends events twice", True, "repeated"), ("a clock that was not touched", False, "")):
        noticed = run(options, jumps, fault)[0]
        print(f"control, {what}: {noticed[0] if noticed else 'not noticed'}", flush=True)
        missed |= not noticed
    sys.exit(3 if found else 1 if missed else 0)


def run(options, jumps, fault=""):
    """What is wrong, and the years that the log holds."""
    began, chance = time.monotonic(), random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="dv-clock-") as name:
        folder = Path(name)
        clock = folder / "clock"
        daemon = Daemon(folder, fault, environment={
            "LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        # The first program of its kind sets a variable, and Swift looks for a program's words beside its variables.
        daemon.prefix = ["env"]

        def jump(shift):
            # In one step: a file that is being written must not be read.
            (folder / "next").write_text(f"{shift:+d}")
            (folder / "next").rename(clock)

        def act(_):
            for number in range(options.jumps):
                jump(SHIFTS[number % len(SHIFTS)] if jumps else 0)
                time.sleep(chance.uniform(0.1, 0.4))
                if number % 7 == 6:
                    daemon.kill()
                    daemon.start()

        jump(0)
        daemon.start()
        work, log, _, found = under_load(daemon, act, seed=options.seed)
        with closing(sqlite3.connect(daemon.state / "danvan.db")) as store:
            times = [row[0] / 1e9 for row in store.execute("SELECT time FROM event")]
        years = {round((moment - time.time()) / YEAR) for moment in times}
        if years != {shift // YEAR for shift in SHIFTS}:
            found.append(f"danvand has not seen the jumps: its events are {sorted(years)} years away")
        print(f"{options.jumps} jumps, {len(log)} events of {len(years)} times, {seen(work.record)}; "
              f"{time.monotonic() - began:.0f} s; {len(found)} violations", flush=True)
        return found, years


if __name__ == "__main__":
    main()
