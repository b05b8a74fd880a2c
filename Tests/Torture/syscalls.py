#!/usr/bin/env python3
"""Kills danvand at every file or socket system call of an ingest, and checks what is there after each.

usage: syscalls.py [--every N] [--calls NAMES]

The ingest: three requests, of seven new articles, of two new texts of pages, of one removal, with a watcher
beside them. In a run without a kill the calls that each request makes are counted, by name and thread; then
there is a run for each, in which strace, attached before that request, kills at the Kth such call of a
thread. (A second thread that comes to its own Kth call of the same name later is not met.) After the kill
the daemon is started again, what was not answered is sent again, and the watcher goes on from where it was.
--every N takes every Nth; what is left out is said.

Holds after each kill: what was acknowledged is there, nothing is there by halves, sending it again makes
no second event, and the watcher's events are ordered, unique, reliable, atomic, resumable, bookmarkable.
Exits with 3 when anything was violated.
"""
import argparse
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from daemon import PASSING, Daemon, end, trace  # puts the Python client on the path
from record import Record, Watched, sequence, violations
from workload import final_log

import danvan
from danvan import messages
from danvan._connection import Connection

#: What touches files and sockets.
NAMES = ("openat,close,read,write,pread64,pwrite64,writev,readv,lseek,fstat,newfstatat,ftruncate,fdatasync,fsync,unlink,"
         "rename,fcntl,mmap,munmap,accept4,recvfrom,recvmsg,sendto,sendmsg,shutdown,epoll_wait,epoll_ctl,eventfd2")
REQUESTS = 3


def documents():
    """Of the first and the second request; they are the same in every run."""
    def text(number, words):
        return danvan.Document(content=f"Bài {number}: {words} về dân vận.".encode(), media_type="text/plain",
                               url=f"https://x.vn/{number}")
    new = [text(n, "họp bàn") for n in range(7)]
    return new, [text(1, "họp lại"), text(2, "họp lại")]


class Run:
    """One ingest under strace, or one after which all is checked."""

    def __init__(self, folder):
        self.daemon = Daemon(folder, "")
        self.record = Record()
        self.answered = 0
        self.watched = Watched("watcher", "", 0)
        self.record.watched.append(self.watched)

    def ingest(self, requests=range(REQUESTS)):
        """Sends those that are not answered yet; false when the daemon went away."""
        new, changed = documents()
        steps = [lambda c: c.ingest(new), lambda c: c.ingest(changed), lambda c: c.delete([4])]
        try:
            with danvan.Client(self.daemon.socket, timeout=60) as client:
                for number in requests:
                    if number < self.answered:
                        continue
                    if number == 2:
                        self.record.removed.add(4)
                    answer = steps[number](client)
                    self.answered = number + 1
                    if number < 2:
                        for result in answer:
                            self.record.acknowledge(
                                result.cursor, result.article_id, "", result.outcome.name.lower())
            return True
        except PASSING:
            return False

    def watch(self, until):
        """Follows from where it was until the daemon goes away, `until` is set, or with None all is seen."""
        cursor = self.cursor
        try:
            connection = Connection([self.daemon.socket])
        except PASSING:
            return
        try:
            request = messages.WatchRequest("", cursor)
            with connection.stream("danvan.v1.Events", "Watch", request.encode()) as stream:
                while until is None or not until.is_set():
                    try:
                        message = stream.next(0.05)
                    except TimeoutError:
                        continue
                    if message is None:
                        return
                    event = messages.WatchEvent.decode(message)
                    self.watched.seen.append((
                        sequence(event.cursor), event.kind.name.lower(), event.article_id, event.continues,
                        event.is_mark))
                    self.cursor = event.cursor
                    if until is None and event.kind == danvan.EventKind.SYNCED:
                        return
        except PASSING:
            self.watched.breaks += 1
        finally:
            connection.close()

    cursor = "start"

    def traced(self, request, arguments):
        """The ingest with a watcher beside it, danvand under strace in that request; true when it lived."""
        stop = threading.Event()
        watcher = threading.Thread(target=self.watch, args=(stop,))
        watcher.start()
        if not self.ingest(range(request)):
            raise SystemExit("danvand is gone before the kill")
        tracer = trace(self.daemon.process, *arguments)
        lived = self.ingest(range(request, request + 1))
        if lived:
            # What happens behind the answer belongs to it: the watcher is told, the connection closed.
            time.sleep(0.05)
            lived = self.daemon.process.poll() is None
        if not lived:
            self.daemon.process.send_signal(signal.SIGKILL)
        end(tracer)
        if not lived:
            self.daemon.process.wait()
        stop.set()
        watcher.join()
        return lived

    def check(self):
        """Starts again, sends again what had no answer, follows to the end; what is wrong."""
        self.daemon.start()
        until = time.monotonic() + 60
        while not self.ingest():
            if time.monotonic() > until:
                return ["what was not answered is not taken after a new start"]
            time.sleep(0.01)
        self.watch(None)
        log, present = final_log(self.daemon.socket)
        found = violations(self.record, log, present)
        kinds = Counter(kind for _, kind, _, _ in log)
        if kinds != {"added": 7, "updated": 2, "removed": 1}:
            found.append(f"the log has {dict(kinds)}: an event is missing or was made twice")
        with danvan.Client(self.daemon.socket, timeout=60) as client:
            texts = {n: client.article(n).body for n in present}
        new, changed = documents()
        wanted = {n + 1: document.content.decode() for n, document in enumerate(new)}
        wanted |= {2: changed[0].content.decode(), 3: changed[1].content.decode()}
        del wanted[4]
        if texts != wanted:
            found.append("the texts are not those that were sent")
        return found


def counted(base, names):
    """The most calls of a name that a thread makes in a request, by (request, name); of two runs."""
    most = Counter()
    for request in [*range(REQUESTS)] * 2:
        with tempfile.TemporaryDirectory(prefix="dv-calls-") as name:
            folder = Path(name)
            shutil.copytree(base, folder / "state")
            run = Run(folder)
            run.daemon.start()
            run.traced(request, ["-o", str(folder / "trace"), "-e", f"trace={names}"])
            run.daemon.kill()
            calls = Counter()
            for line in (folder / "trace").read_text().splitlines():
                thread, what = line.split(None, 1)
                if "(" in what and not what.startswith(("+++", "---", "<...")):
                    calls[(thread, what.split("(")[0])] += 1
            for (_, call), count in calls.items():
                most[(request, call)] = max(most[(request, call)], count)
    return most


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--calls", default=NAMES)
    options = parser.parse_args()
    began = time.monotonic()
    found, killed, spared = [], Counter(), 0
    with tempfile.TemporaryDirectory(prefix="dv-base-") as name:
        # A state that is made already: the kills are of the ingest, not of the store's making.
        base = Path(name)
        daemon = Daemon(base, "")
        daemon.start()
        daemon.process.terminate()
        daemon.process.wait()
        counts = counted(base / "state", options.calls)
        places = [(request, call, number) for request, call in sorted(counts)
                  for number in range(1, counts[(request, call)] + 1)]
        totals = Counter(call for _, call, _ in places)
        print(f"{len(places)} system calls: " + ", ".join(f"{c} {n}" for c, n in totals.most_common()), flush=True)
        for request, call, number in places[::options.every]:
            with tempfile.TemporaryDirectory(prefix="dv-calls-") as scratch:
                folder = Path(scratch)
                shutil.copytree(base / "state", folder / "state")
                run = Run(folder)
                run.daemon.start()
                try:
                    lived = run.traced(
                        request, ["-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"])
                    spared += lived
                    killed[call] += not lived
                    run.daemon.kill()
                    found += [f"request {request + 1}, {call} {number}: {text}" for text in run.check()]
                finally:
                    run.daemon.kill()
    took = time.monotonic() - began
    left_out = len(places) - len(places[::options.every])
    print(f"{sum(killed.values())} kills ({', '.join(f'{c} {n}' for c, n in killed.most_common())}), "
          f"{spared} places that no thread came to this time, {left_out} left out; {took:.0f} s; {len(found)} violations")
    for text in found[:20]:
        print("  " + text)
    sys.exit(3 if found else 0)


if __name__ == "__main__":
    main()
