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
import json
import os
import random
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/debug"))
PROBE = 0xFFFFFFFD
GREATEST = 4_194_304
# As systemd does it: the socket is descriptor 3, and its name gives the rights.
LAUNCH = ("import os,sys;os.dup2(int(sys.argv[1]),3,inheritable=True);os.environ.update("
          "LISTEN_PID=str(os.getpid()),LISTEN_FDS='1',LISTEN_FDNAMES='read');os.execv(sys.argv[2],sys.argv[2:])")
GOES_ON = ("Watch", "Fetch", "Trace")
FAKES = ("silent", "open", "growing", "mortal")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, default=1.0)
    parser.add_argument("--growth", type=float, default=4.0)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--serve", choices=FAKES, help=argparse.SUPPRESS)
    parser.add_argument("socket", nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        return fake(options.serve, options.socket)
    if options.control:
        found = [name for name in FAKES if attack(options, name)]
        print(f"controls found out: {', '.join(found)}")
        sys.exit(0 if len(found) == len(FAKES) else 1)
    sys.exit(1 if attack(options) else 0)


def attack(options, control=None):
    """The complaints."""
    with tempfile.TemporaryDirectory(prefix="dv-") as folder:
        target = Target(Path(folder), control)
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
                print(f"{control or 'danvand'}: {run.sent} frames on {run.connections} connections in {took:.0f} s "
                      f"({(run.sent - before) / max(took, 0.001):.0f}/s): {run.answered} answered, {run.closed} closed, "
                      f"{run.left} left by us; slowest {run.slowest * 1000:.0f} ms; same process, memory {grown:+.1f} MiB, "
                      f"sockets {target.descriptors() - descriptors:+d}")
            for complaint in complaints:
                print(f"  {complaint}")
            return complaints
        finally:
            target.stop()


class Target:
    """danvand on a scratch state, reached through a reader's socket; or a server that misbehaves."""

    def __init__(self, folder, control):
        self.path = str(folder / "s")
        self.control = control
        if control:
            command = [sys.executable, __file__, "--serve", control, self.path]
            self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        else:
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(self.path)
            listener.listen(4096)
            self.process = subprocess.Popen(
                [sys.executable, "-c", LAUNCH, str(listener.fileno()), BIN / "danvand", "--state", folder / "state",
                 "--rules", ROOT / "Sources/DanvanExtract/Resources/vi"],
                pass_fds=[listener.fileno()], stderr=open(folder / "log", "wb"))
            listener.close()
        while not os.path.exists(self.path):
            time.sleep(0.01)

    def alive(self):
        return self.process.poll() is None

    def memory(self):
        """Anonymous resident memory in MiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines() if self.alive() else []
        return next((int(l.split()[1]) / 1024 for l in lines if l.startswith("RssAnon")), 0)

    def descriptors(self):
        """Sockets that are open there; the store opens files as it needs readers."""
        count = 0
        for entry in Path(f"/proc/{self.process.pid}/fd").glob("*"):
            try:
                count += os.readlink(entry).startswith("socket:")
            except OSError:
                pass
        return count

    def settle(self, count):
        """Waits until closed connections are closed there as well."""
        for _ in range(100):
            if self.descriptors() <= count:
                return True
            time.sleep(0.05)
        return False

    def stop(self):
        self.process.kill()
        self.process.wait()


class Run:
    def __init__(self, target, options):
        self.target, self.options = target, options
        self.seeds = seeds()
        self.lock = threading.Lock()
        self.sent = self.connections = self.answered = self.closed = self.left = 0
        self.slowest, self.complaints, self.round = 0.0, [], 0
        if not target.control:
            self.batch(random.Random(0), [request(PROBE - 2, "grpc.health.v1.Health", "Check")], wait=60)
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
                connection.sendall(request(PROBE, "grpc.health.v1.Health", "Check"))
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


def whole(frames):
    """The frames' bytes, filled up where little is missing at the end; else how much is missing."""
    data, at = b"", 0
    for used, frame in enumerate(frames, 1):
        data += frame
        while len(data) - at >= 10:
            end = at + 10 + int.from_bytes(data[at:at + 4], "big")
            if end > len(data):
                break
            at = end
        if len(data) - at >= 10 and end - len(data) > 65_536:
            return data, end - len(data), used
    while at < len(data):
        if len(data) - at < 10:
            data += bytes(10 - len(data) + at)
        end = at + 10 + int.from_bytes(data[at:at + 4], "big")
        if end - len(data) > 65_536:
            return data, end - len(data), len(frames)
        data += bytes(max(end - len(data), 0))
        at = end
    return data, 0, len(frames)


def mutated(dice, frame, all):
    frame = bytearray(frame)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(frame)) if frame else 0
        kind = dice.randrange(8)
        if not frame:
            break
        if kind == 0:
            frame[place] ^= 1 << dice.randrange(8)
        elif kind == 1:
            frame[place] = dice.randrange(256)
        elif kind == 2:
            del frame[place:]
        elif kind == 3:
            other = dice.choice(all)
            frame[place:] = other[dice.randrange(len(other)):]
        elif kind == 4 and len(frame) >= 10:
            length = int.from_bytes(frame[:4], "big") + dice.choice((-1, 1, 2))
            frame[:4] = (length % (1 << 32)).to_bytes(4, "big")
        elif kind == 5 and len(frame) >= 10:
            frame[8] = dice.choice((1, 2, 3, 0x81, 0x82, 0x83, 0x84, dice.randrange(256)))
        elif kind == 6 and len(frame) >= 10:
            frame[4:8] = struct.pack(">I", dice.choice((0, 1, 2, 3, 7, 9, PROBE - 4, dice.randrange(1 << 32))))
        elif kind == 7 and len(frame) >= 10:
            frame[9] ^= dice.choice((1, 2, 4, 0x80))
    return bytes(frame)


def frame(stream, kind, flags, data=b""):
    return struct.pack(">IIBB", len(data), stream, kind, flags) + data


def field(number, value):
    value = value.encode() if isinstance(value, str) else value
    length, out = len(value), bytes([number << 3 | 2])
    while length >= 0x80:
        out += bytes([length & 0x7F | 0x80])
        length >>= 7
    return out + bytes([length]) + value


def request(stream, service, method, payload=b"", flags=0):
    data = field(1, service) + field(2, method) + (field(3, payload) if payload else b"")
    if flags & 0x80:
        data = struct.pack(">I", len(data)) + zlib.compress(data)
    return frame(stream, 1, flags, data)


HELLO = request(1, "danvan.v1.Connection", "Hello",
                b"".join(field(2, name) for name in ("zlib", "cancel", "credit", "ping", "goaway")))


def seeds():
    text = "Sáng 12-5, Bí thư Đảng ủy xã Mây Ngàn Trần Văn Norvale chủ trì hội nghị về công tác dân vận."
    document = field(1, text) + field(2, "text/plain") + field(7, "2021-05-12")
    calls = [
        ("Connection", "Hello", field(2, "zlib") + field(3, "cancel")), ("Connection", "Describe", b""),
        ("Corpus", "Ingest", field(1, document)), ("Corpus", "Get", b"\x08\x01\x10\x01\x18\x01"),
        ("Corpus", "Delete", b"\x0a\x02\x01\x02"), ("Facts", "Analyze", field(1, document)),
        ("Facts", "Rules", field(1, "person.titled")), ("Search", "Query", field(1, 'dân vận kind:directive -"x"')),
        ("Search", "Tag", field(1, "x")), ("Events", "Fetch", field(2, "start")), ("Events", "Watch", field(2, "start")),
        ("Admin", "Status", b""), ("Admin", "Connections", b""), ("Admin", "Trace", b"\x08\x01")]
    list = [request(3 + 2 * n, f"danvan.v1.{service}", method, payload, flags)
            for n, (service, method, payload) in enumerate(calls) for flags in (0, 1, 2, 0x80)
            # A stream that goes on is known by its name, which must be legible.
            if not (flags & 0x80 and method in GOES_ON)]
    list += [request(41, "grpc.health.v1.Health", method) for method in ("Check", "Watch")]
    list += [frame(5, 0x81, 0), frame(5, 0x82, 0, b"\0\0\1\0"), frame(0, 0x83, 0, bytes(8)), frame(7, 3, 1, b"xy"),
             frame(7, 3, 5), frame(0, 0x84, 0, bytes(9)), frame(9, 2, 0, b"\x12\1x"), HELLO]
    for file in sorted((ROOT / "Protocol/vectors").glob("*.json")):
        for vector in json.loads(file.read_text())["vectors"]:
            if all(isinstance(piece, str) for piece in vector["send"]):
                data = bytes.fromhex("".join(vector["send"]))
                if 0 < len(data) < 2000:
                    list.append(data)
    return list


def fake(kind, path):
    """A server that deserves complaints: it must be seen that they are made."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(4096)
    kept = []
    for number in range(1 << 30):
        connection, _ = listener.accept()
        if kind == "mortal" and number > 20:
            os.abort()
        if kind == "growing":
            kept.append(bytearray(os.urandom(1 << 20)))
        if kind in ("silent", "open"):
            kept.append(connection)
        if kind == "open":
            connection.sendall(frame(PROBE, 2, 0))
        elif kind != "silent":
            connection.close()


if __name__ == "__main__":
    main()
