#!/usr/bin/env python3
"""Hostile peers on danvand's socket: it must stay the same process, bounded, and serve the honest as before.

usage: peers.py [--scale SHARE] [--patience FACTOR] [--only WORDS] [--ahead] [--control]

Each attack (`attacks/`) meets a danvand of its own with some articles in it. Beside it an honest client goes on
with health checks and searches, one after the other; how long 99 of 100 of them take (p99) is measured
before and during the attack, and may at most double. Resident memory and its peak, CPU time and sockets are
those of /proc, their bounds those that the table shows; a bound that was broken is a complaint. In the end it
must be the same process, with as many sockets as before. Prints a table; exits with 1 when there was a complaint.

--scale makes the attacks so much smaller, --patience multiplies the bounds of time, for debug builds and busy
machines. --ahead has danvand and the honest client run before all others (SCHED_FIFO, as root), so that what else the
machine does is not measured. With --control each attack is made on servers that have the vice it looks for: each must be found
out, or this ends with 1.
"""
import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from attacks import crowds, drops, inflated, lengths, places, slow, strangers, watchers  # noqa: F401
from attacks.case import CASES, Scene
from attacks.target import AHEAD, BIN


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--patience", type=float, default=1.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--ahead", action="store_true")
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--vice", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ahead:
        AHEAD.extend(["chrt", "-f", "1"])
    cases = [case for case in CASES if options.only in case.name]
    if options.vice:
        sys.exit(show(next(case for case in cases if case.name == options.only), options))
    print(f"== hostile peers: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {BIN.name} build", flush=True)
    sys.exit(control(cases, options) if options.control else torture(cases, options))


def torture(cases, options):
    broken = 0
    for case in cases:
        with Scene(case, options) as scene:
            scene.run()
        broken += len(scene.complaints)
    print(f"{broken} complaints" if broken else "same process, within every bound, honest clients served")
    return 1 if broken else 0


def control(cases, options):
    """Whether every vice is found out: an exit status. Each in a process of its own, some at a time."""
    def found_out(pair):
        case, vice = pair
        return subprocess.run(
            [sys.executable, __file__, "--only", case.name, "--vice", vice, "--scale", str(options.scale)]).returncode == 0

    pairs = [(case, vice) for case in cases for vice in case.vices]
    with ThreadPoolExecutor(6) as pool:
        return 0 if all(list(pool.map(found_out, pairs))) else 1


def show(case, options):
    """Whether the complaint that the vice deserves is made: an exit status."""
    with Scene(case, options, options.vice) as scene:
        scene.run()
    seen = next((text for text in scene.complaints if case.vices[options.vice] in text), None)
    print(f"{case.name}, a server that is {options.vice}: {seen or 'NOT FOUND OUT'}", flush=True)
    return 0 if seen else 1


if __name__ == "__main__":
    main()
