#!/usr/bin/env python3
"""Show that an ingest is acknowledged only when its commit is on disk.

usage: acknowledged.py [--writers N] [--requests N]

Writers send articles side by side, so that commits hold several requests, while strace records what
danvand writes into its database and WAL, what it syncs, and what it sends. The trace is then played:
at the moment each answer is sent, database and WAL are put together of what had been synced by then and of
nothing else, as after a loss of power, and opened: the newest event that the answer names must be in them.

Two controls must fail: a danvand whose syncs are made to do nothing (strace answers in their place), and a
trace from which one sync is struck. A third run holds every sync up: no answer may come sooner.
Exits with 1 when anything of this is not so.
"""
import argparse
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from watch import ROOT, Daemon  # noqa: F401  (puts the Python client on the path)

import danvan

NAMES = ("danvan.db", "danvan.db-wal")
CALLS = "pwrite64,fdatasync,fsync,ftruncate,sendmsg,sendto,write,writev"
HELD = 0.1
CURSOR = re.compile(rb"dv1\.[0-9a-f]+\.(\d+)")
LINE = re.compile(r"^(\d+) +(.*)$")
CALL = re.compile(r"^(\w+)\((\d+)<([^>]*)>")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
#: Of pwrite64 and ftruncate, the last argument.
PLACE = re.compile(r", (\d+)(?:\)| <unfinished)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--writers", type=int, default=6)
    parser.add_argument("--requests", type=int, default=10)
    options = parser.parse_args()
    faults = []
    with tempfile.TemporaryDirectory(prefix="dv-ack-") as name:
        folder = Path(name)
        run = record(folder / "real", options, [])
        answers, early, syncs = play(run)
        print(f"{answers} answers of {run.articles} articles, {syncs} syncs of the WAL: "
              f"{early} answers named what was not on disk")
        if early or answers < options.writers * options.requests:
            faults.append("an answer came before its commit was on disk, or was not seen")
        _, early, _ = play(run, without=syncs // 2)
        print(f"control, one sync struck from the trace: {early} answers too early")
        if not early:
            faults.append("a missing sync is not noticed")
        answers, early, _ = play(record(folder / "idle", options, ["-e", "inject=fdatasync,fsync:retval=0"]))
        print(f"control, syncs that do nothing: {early} of {answers} answers too early")
        if early != answers:
            faults.append("syncs that do nothing are not noticed")
        run = record(folder / "held", options, ["-e", f"inject=fdatasync:delay_exit={int(HELD * 1e6)}"])
        quickest, syncs = min(run.times), play(run)[2]
        print(f"every sync held up for {HELD * 1000:.0f} ms: the quickest of {len(run.times)} answers took "
              f"{quickest * 1000:.0f} ms; {len(run.times) / max(syncs, 1):.1f} answers a sync")
        if quickest < HELD:
            faults.append("an answer did not wait for its sync")
        if syncs >= len(run.times):
            faults.append("requests that wait side by side do not share a commit")
    for fault in faults:
        print(f"  {fault}")
    sys.exit(1 if faults else 0)


class record:
    """Writers beside each other under strace; the trace, and the files as they were before."""

    def __init__(self, folder, options, arguments):
        folder.mkdir()
        self.folder, self.times, self.articles = folder, [], 0
        daemon = Daemon(folder, "")
        daemon.start()
        self.trace = folder / "trace"
        tracer = subprocess.Popen(
            ["strace", "-f", "-qq", "-y", "-xx", "-s", "16777216", "-o", self.trace, "-e", f"trace={CALLS}", *arguments,
             "-p", str(daemon.process.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        tasks = Path(f"/proc/{daemon.process.pid}/task")
        while any("TracerPid:\t0" in (task / "status").read_text() for task in tasks.iterdir()):
            time.sleep(0.002)
        # Nothing is asked of it yet: what it had to write of its own has been written, or is in the trace.
        for name in NAMES:
            shutil.copy(folder / "state" / name, folder / name)
        threads = [threading.Thread(target=self.write, args=(daemon.socket, n, options.requests))
                   for n in range(options.writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        daemon.process.terminate()
        daemon.process.wait()
        tracer.wait()

    def write(self, socket, writer, requests):
        with danvan.Client(socket, timeout=120) as client:
            for number in range(requests):
                documents = [
                    danvan.Document(content=f"Bài {writer}-{number}-{n}: họp bàn về dân vận.".encode(), media_type="text/plain")
                    for n in range(1 + number % 3)]
                began = time.monotonic()
                client.ingest(documents)
                self.times.append(time.monotonic() - began)
                self.articles += len(documents)


class File:
    """What a file holds after a loss of power: what was written before the last sync that ended."""

    def __init__(self, data):
        self.data, self.pending = bytearray(data), []

    def sync(self, count):
        for place, data in self.pending[:count]:
            if data is None:
                del self.data[place:]
            else:
                self.data.extend(bytes(max(0, place - len(self.data))))
                self.data[place:place + len(data)] = data
        del self.pending[:count]


def play(run, without=None):
    """(answers, those that came too early, syncs of the WAL); `without`: a sync that is passed over."""
    files = {name: File((run.folder / name).read_bytes()) for name in NAMES}
    unfinished, answers, early, syncs, on_disk = {}, 0, 0, 0, None
    for line in run.trace.open():
        thread, text = LINE.match(line).groups()
        resumed = re.match(r"^<\.\.\. \w+ resumed>", text)
        if resumed:
            call = unfinished.pop(thread, None)
            if call is None:
                continue
            text = text[resumed.end():]
        else:
            head = CALL.match(text)
            if not head:
                continue
            path, data = (bytes.fromhex(part.replace("\\x", "")) for part in (head[3], "".join(STRING.findall(text))))
            name, place = Path(path.decode()).name, PLACE.search(text)
            call = (head[1], name, data, place and int(place[1]), len(files[name].pending) if name in files else 0)
            # A connection is greeted with the newest event, which is none yet.
            cursors = [n for n in map(int, CURSOR.findall(data)) if n > 0] if path.startswith(b"socket:") else []
            if cursors:
                # When it is sent, not when that has ended.
                answers += 1
                on_disk = newest(run.folder, files) if on_disk is None else on_disk
                early += on_disk < max(cursors)
            if "<unfinished ...>" in text:
                unfinished[thread] = call
                continue
        what, name, data, place, count = call
        if name not in files or "= -1 " in text:
            continue
        if what == "pwrite64":
            files[name].pending.append((place, data))
        elif what == "ftruncate":
            files[name].pending.append((place, None))
        elif "(INJECTED)" not in text:
            syncs += name.endswith("-wal")
            if without is None or syncs != without:
                files[name].sync(count)
                on_disk = None
    return answers, early, syncs


def newest(folder, files):
    """The newest event of the store that there is after a loss of power now."""
    place = folder / "lost"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, file in files.items():
        (place / name).write_bytes(file.data)
    store = sqlite3.connect(place / NAMES[0])
    try:
        return store.execute("SELECT coalesce(max(sequence), 0) FROM event").fetchone()[0]
    finally:
        store.close()


if __name__ == "__main__":
    main()
