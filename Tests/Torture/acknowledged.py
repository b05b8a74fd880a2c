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
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

from daemon import Daemon, trace  # puts the Python client on the path
from disk import File
from traced import OPTIONS, calls, told

import danvan

NAMES = ("danvan.db", "danvan.db-wal")
HELD = 0.1


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
        tracer = trace(daemon.process, *OPTIONS, "-o", self.trace, *arguments)
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


def play(run, without=None):
    """(answers, those that came too early, syncs of the WAL); `without`: a sync that is passed over."""
    files = {name: File((run.folder / name).read_bytes()) for name in NAMES}
    answers, early, syncs, on_disk = 0, 0, 0, None
    for call, has_ended in calls(run.trace.open()):
        file = files.get(Path(call.path).name)
        if not has_ended:
            # When it is sent, not when that has ended.
            if told(call):
                answers += 1
                on_disk = newest(run.folder, files) if on_disk is None else on_disk
                early += on_disk < told(call)
            call.covers = len(file.pending) if file else 0
        elif file is None:
            continue
        elif call.name == "pwrite64":
            file.write(call.place, call.data)
        elif call.name == "ftruncate":
            file.write(call.place, None)
        elif call.name in ("fsync", "fdatasync") and not call.is_injected:
            syncs += call.path.endswith("-wal")
            if without is None or syncs != without:
                file.sync(call.covers)
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
