#!/usr/bin/env python3
"""Kills danvand again and again while many write and watch, and checks what each of them saw.

usage: watch.py [--kills N] [--seed N] [--writers N] [--watchers N] [--fault NAME]

Half of the kills come at random moments, half at the K-th file or socket system call after a moment
(by strace, where it is installed), with K and the calls in turn. Watchers are broken at random and
resume from their own cursor. Then the record is checked: every acknowledged change is in the log, and
each watcher's events are ordered, unique, reliable, atomic by commit, resumable and bookmarkable.
Half-way the rules change, so that facts are rebuilt under the kills. Exits with 3 when anything was
violated, and leaves store, log and record where it says. --fault asks a danvand of a debug build to
misbehave (make torture-faults): the check must fail then.
"""
import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from daemon import Daemon
from workload import seen, under_load

#: What an ingest does to files and sockets.
CALLS = ["pwrite64", "fdatasync", "sendmsg", "recvfrom", "pread64", "write", "sendto", "recvmsg", "epoll_wait"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--watchers", type=int, default=6)
    parser.add_argument("--fault", default="")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    has_strace = shutil.which("strace") is not None
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="dv-torture-"))
    daemon = Daemon(folder, options.fault)
    daemon.start()
    at_calls = 0

    def kill(_):
        nonlocal at_calls
        for kill in range(options.kills):
            if has_strace and kill % 2:
                turn = kill // 2
                call = CALLS[turn % len(CALLS)]
                at_calls += daemon.kill_at(call, 1 + turn // len(CALLS) % 40)
            else:
                time.sleep(chance.expovariate(1 / 0.1))
                daemon.kill()
            if kill == options.kills // 2:
                daemon.change_rules()
            daemon.start()

    work, log, present, found = under_load(
        daemon, kill, seed=options.seed, writers=options.writers, watchers=options.watchers)
    print(
        f"{options.kills} kills ({at_calls} at a system call), {seen(work.record)}; slowest start {daemon.slowest:.2f} s; "
        f"{time.monotonic() - began:.0f} s; {len(found)} violations")
    for text in found[:20]:
        print("  " + text)
    if found and not options.fault:
        (folder / "record").write_text(repr((work.record, log, sorted(present))))
        print(f"  the store, the log and the record are kept in {folder}")
    else:
        shutil.rmtree(folder)
    sys.exit(3 if found else 0)

if __name__ == "__main__":
    main()
