#!/usr/bin/env python3
"""Send mutated frames to a live danvand: it must stay the same process, as small as it was, and answer.

usage: frames.py [--frames N] [--seed N] [--within SECONDS] [--growth MIB] [--control]

Frames of every method and of the vectors are damaged and sent twenty to a connection, on a reader's
socket. Behind them goes a whole Health/Check: it must be answered, or the connection closed, within a
second. Where the damage announces data that does not come, the sending side is shut, and the connection
must be closed within a second (unless a stream in it goes on). In the end it must be the same process
with as many sockets as before and little more memory.

With --control the same is asked of servers that are silent, leave connections open, grow or die: each
must be found out, or this script ends with 1.
"""
import argparse
import random
import select
import socket
import struct
import sys
import tempfile
import threading
import time

from attacks.mutation import GOES_ON, mutated, seeds, whole
from attacks.target import Target
from attacks.wire import CHECK, HELLO, PROBE, request

VICES = ("silent", "open", "growing", "mortal")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, default=1.0)
    parser.add_argument("--growth", type=float, default=4.0)
    parser.add_argument("--control", action="store_true")
    options = parser.parse_args()
    if options.control:
        found = [name for name in VICES if attack(options, name)]
        print(f"controls found out: {', '.join(found)}")
        sys.exit(0 if len(found) == len(VICES) else 1)
    sys.exit(1 if attack(options) else 0)


def attack(options, vice=None):
    """The complaints."""
    with tempfile.TemporaryDirectory(prefix="dv-") as folder:
        target = Target(folder, vice)
        try:
            run = Run(target, options)
            run.send(max(options.frames // 10, 200))
            settled = target.settle(run.descriptors)
            memory, descriptors = target.memory(), target.descriptors()
            began, before = time.monotonic(), run.sent
            run.send(options.frames - run.sent)
            took = time.monotonic() - began
            # Readers' caches fill for the first million frames or so; a leak would go on growing.
            for _ in range(3):
                grown = target.memory() - memory
                if grown <= options.growth or not target.alive() or run.complaints:
                    break
                memory = target.memory()
                run.send(max(options.frames // 2, 200))
            if target.alive():
                target.settle(descriptors)
            complaints = run.complaints[:5]
            if not target.alive():
                complaints.append("the process has ended")
            else:
                grown = target.memory() - memory
                if grown > options.growth:
                    complaints.append(f"{grown:.1f} MiB more memory")
                if target.descriptors() > descriptors or not settled:
                    complaints.append(f"sockets: {run.descriptors}, then {descriptors}, now {target.descriptors()}")
                print(f"{vice or 'danvand'}: {run.sent} frames on {run.connections} connections in {took:.0f} s "
                      f"({(run.sent - before) / max(took, 0.001):.0f}/s): {run.answered} answered, {run.closed} closed, "
                      f"{run.left} left by us; slowest {run.slowest * 1000:.0f} ms; same process, memory {grown:+.1f} MiB, "
                      f"sockets {target.descriptors() - descriptors:+d}")
            for complaint in complaints:
                print(f"  {complaint}")
            return complaints
        finally:
            target.stop()


class Run:
    def __init__(self, target, options):
        self.target, self.options = target, options
        self.seeds = seeds()
        self.lock = threading.Lock()
        self.sent = self.connections = self.answered = self.closed = self.left = 0
        self.slowest, self.complaints, self.round = 0.0, [], 0
        if not target.vice:
            self.batch(random.Random(0), [request(PROBE - 2, *CHECK)], wait=60)
        self.descriptors = target.descriptors()

    def send(self, count):
        goal = self.sent + count
        self.round += 1
        threads = [threading.Thread(target=self.work, args=(goal, n)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, goal, number):
        dice = random.Random(f"{self.options.seed} {self.round} {number}")
        while self.sent < goal and len(self.complaints) < 5 and self.target.alive():
            frames = [mutated(dice, dice.choice(self.seeds), self.seeds) for _ in range(20)]
            if dice.random() < 0.5:
                frames.insert(0, HELLO)
            self.batch(dice, frames)

    def batch(self, dice, frames, wait=None):
        wait = wait or self.options.within
        data, missing, used = whole(frames)
        try:
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(30)
            connection.connect(self.target.path)
            connection.sendall(data)
            if missing == 0:
                connection.sendall(request(PROBE, *CHECK))
            else:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            outcome = "closed"  # it closed while more was being sent
            took = 0.0
        else:
            mayGoOn = missing and any(word.encode() in data for word in GOES_ON)
            outcome, took = ("left", 0.0) if mayGoOn else answer(connection, wait)
        connection.close()
        with self.lock:
            self.sent += used
            self.connections += 1
            self.slowest = max(self.slowest, took)
            if outcome == "nothing":
                self.complaints.append(f"neither answered nor closed within {wait} s: {data[:200].hex()}")
            else:
                setattr(self, outcome, getattr(self, outcome) + 1)


def answer(connection, wait):
    """Reads until the probe is answered or the connection closed."""
    began = time.monotonic()
    held = b""
    while True:
        left = began + wait - time.monotonic()
        if left <= 0 or not select.select([connection], [], [], left)[0]:
            return "nothing", wait
        try:
            piece = connection.recv(1 << 18)
        except OSError:
            piece = b""
        if not piece:
            return "closed", time.monotonic() - began
        held += piece
        while len(held) >= 10:
            length, stream = struct.unpack(">II", held[:8])
            if stream == PROBE:
                return "answered", time.monotonic() - began
            if len(held) < 10 + length:
                break
            held = held[10 + length:]


if __name__ == "__main__":
    main()
