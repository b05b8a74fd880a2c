#!/usr/bin/env python3
"""Load danvand for an hour, kill it every minute, and look what grows.

usage: soak.py [--minutes N] [--life SECONDS] [--seed N]

Writers, who soon remove as much as they add, watchers, and one who searches as fast as it is answered. Before each kill, so at the same age of each
process, its anonymous memory, descriptors and threads are noted, and how long its searches took. In the end: what
was seen must hold (as in watch.py); descriptors at the last kill as at the first; memory by at most 1 MiB an hour more;
the last quarter's p99 of searches at most 1.1 times the first's, both in terms of a yardstick, since others may
use the machine: the p99 of a fixed piece of work (SHA-256 of 1 MiB) that follows each search. Exits with 3 when something was lost,
doubled or out of order, with 1 when it grew. A control first: lives in which connections are left open, and more of
them each time, must be noticed.
"""
import argparse
import hashlib
import statistics
import sys
import threading
import time
from pathlib import Path

from daemon import PASSING, running  # puts the Python client on the path
from workload import seen, under_load

import danvan

QUERIES = ("alpha", "bravo dan van", "charlie", "hop ban", "kind:event")
WARM = 2
YARDSTICK = bytes(1 << 20)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--life", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    leaking = run(options, lives=4, life=3, leak=5)
    noticed = [text for text in leaking.growth() if "descriptors" in text]
    print(f"control, connections that are left open: {noticed[0] if noticed else 'not noticed'}", flush=True)
    soak = run(options, lives=max(WARM + 2, round(options.minutes * 60 / options.life)), life=options.life)
    growth = soak.growth()
    print(f"{soak.count} lives of {options.life:.0f} s, {soak.searches} searches, {seen(soak.work.record)}; "
          f"memory {soak.lives[WARM].memory:.1f} to {soak.lives[-1].memory:.1f} MiB ({soak.slope():+.1f} MiB/h), "
          f"descriptors {soak.lives[WARM].descriptors} to {soak.lives[-1].descriptors}, "
          f"searches p99 {soak.quarter(0):.1f} to {soak.quarter(-1):.1f} ms, "
          f"{soak.quarter(0, 'relative'):.2f} to {soak.quarter(-1, 'relative'):.2f} of the yardstick's; slowest start {soak.slowest:.2f} s; "
          f"{time.monotonic() - began:.0f} s; {len(soak.found)} violations", flush=True)
    for text in [*soak.found[:20], *growth]:
        print("  " + text)
    sys.exit(3 if soak.found else 1 if growth or not noticed else 0)


class Life:
    """What one process came to before it was killed."""

    def __init__(self, pid, times, yardstick):
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
        self.memory = int(status["RssAnon"].split()[0]) / 1024
        self.descriptors = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
        self.p99 = p99(times)
        self.relative = self.p99 / (p99(yardstick) or 1)


def p99(times):
    """In milliseconds."""
    return sorted(times)[len(times) * 99 // 100] * 1000 if times else 0.0


class run:
    """The lives, one after the other, and what is wrong in the end."""

    def __init__(self, options, lives, life, leak=0):
        self.count, self.life, self.leak = lives, life, leak
        self.lives, self.times, self.yardstick, self.searches, self.left = [], [], [], 0, []
        with running("soak") as self.daemon:
            self.work, _, _, self.found = under_load(self.daemon, self.act, seed=options.seed, keep=100, pause=0.1)
            self.slowest = self.daemon.slowest

    def act(self, work):
        searching = threading.Thread(target=self.search, args=(work,), daemon=True)
        searching.start()
        for number in range(self.count):
            for _ in range(self.leak * number):
                client = self.daemon.client()
                client.ping()
                self.left.append(client)
            time.sleep(self.life)
            times, self.times, yardstick, self.yardstick = self.times, [], self.yardstick, []
            self.lives.append(Life(self.daemon.process.pid, times, yardstick))
            self.daemon.kill()
            self.daemon.start()

    def search(self, work):
        while not work.stopping.is_set():
            try:
                with self.daemon.client() as client:
                    while not work.stopping.is_set():
                        began = time.monotonic()
                        client.query(QUERIES[self.searches % len(QUERIES)], limit=20)
                        middle = time.monotonic()
                        hashlib.sha256(YARDSTICK)
                        self.yardstick.append(time.monotonic() - middle)
                        self.times.append(middle - began)
                        self.searches += 1
            except (*PASSING, danvan.DanvanError):
                time.sleep(0.01)

    def slope(self):
        """MiB an hour, by least squares over the lives that are warm."""
        values = [life.memory for life in self.lives[WARM:]]
        if len(values) < 2:
            return 0.0
        return statistics.linear_regression([n * self.life / 3600 for n in range(len(values))], values).slope

    def quarter(self, which, what="p99"):
        """The median of the p99s of the first or last quarter, in milliseconds or relative to the yardstick's."""
        lives = self.lives[WARM:]
        part = max(1, len(lives) // 4)
        return statistics.median(getattr(life, what) for life in (lives[:part] if which == 0 else lives[-part:]))

    def growth(self):
        found = []
        first, last = self.lives[WARM], self.lives[-1]
        # A watcher may just be connecting anew.
        if last.descriptors > first.descriptors + 3:
            found.append(f"descriptors: {first.descriptors}, then {last.descriptors}")
        if self.slope() > 1:
            found.append(f"memory grows by {self.slope():.1f} MiB/h")
        first, last = self.quarter(0, "relative"), self.quarter(-1, "relative")
        if last > 1.1 * first:
            found.append(f"searches: p99 {first:.2f} of the yardstick's, then {last:.2f}")
        return found


if __name__ == "__main__":
    main()
