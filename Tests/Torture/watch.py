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
import threading
import time
from pathlib import Path

from daemon import PASSING, Daemon  # puts the Python client on the path
from record import Record, Watched, sequence, violations

import danvan
from danvan import messages
from danvan._connection import Connection

WORDS = ["alpha", "bravo", "charlie", "delta"]
#: What an ingest does to files and sockets.
CALLS = ["pwrite64", "fdatasync", "sendmsg", "recvfrom", "pread64", "write", "sendto", "recvmsg", "epoll_wait"]


class Workload:
    """Threads that write and watch until they are told to stop."""

    def __init__(self, daemon, seed):
        self.daemon, self.seed = daemon, seed
        self.record = Record()
        self.stopping = threading.Event()
        self.ending = threading.Event()
        self.faults = []

    def run(self, target, *arguments):
        def guarded():
            try:
                target(*arguments)
            except Exception as error:  # a thread that dies is a failure of the run, whatever killed it
                self.faults.append(f"{target.__name__}{arguments}: {error!r}")

        thread = threading.Thread(target=guarded, daemon=True)
        thread.start()
        return thread

    def persist(self, action):
        """Does it again until the daemon has answered; None when the run is over before."""
        while True:
            try:
                return action()
            except PASSING:
                if self.ending.is_set():
                    return None
                time.sleep(0.01)

    def write(self, number):
        chance = random.Random(self.seed * 1000 + number)
        own = []
        with danvan.Client(self.daemon.socket, timeout=60) as client:
            count = 0
            while not self.stopping.is_set():
                count += 1
                if own and chance.random() < 0.08:
                    article = own.pop(chance.randrange(len(own)))[0]
                    with self.record.lock:
                        self.record.removed.add(article)
                    self.persist(lambda: client.delete([article]))
                    continue
                batch = []
                for part in range(chance.choice([1, 1, 1, 2, 3, 5])):
                    word, url = chance.choice(WORDS), f"https://x.vn/{number}/{count}/{part}"
                    if own and chance.random() < 0.2:
                        _, word, url = chance.choice(own)
                    if all(url != entry[1] for entry in batch):
                        batch.append((word, url, f"Bài {number}.{count}.{part} {word}: họp bàn về dân vận."))
                documents = [
                    danvan.Document(content=text.encode(), media_type="text/plain", url=url) for _, url, text in batch]
                results = self.persist(lambda: client.ingest(documents))
                for (word, url, _), result in zip(batch, results or []):
                    self.record.acknowledge(result.cursor, result.article_id, word, result.outcome.name.lower())
                    if all(entry[0] != result.article_id for entry in own):
                        own.append((result.article_id, word, url))
                time.sleep(chance.uniform(0, 0.01))

    def watch(self, number):
        chance = random.Random(self.seed * 1000 + 500 + number)
        word = "" if number % 2 == 0 else WORDS[number // 2 % len(WORDS)]
        watched = Watched(f"watcher {number} '{word}'", word, 0)
        self.record.watched.append(watched)
        cursor = "start"
        while True:
            is_last = self.ending.is_set()
            try:
                connection = Connection([self.daemon.socket])
            except PASSING:
                time.sleep(0.01)
                continue
            try:
                request = messages.WatchRequest(word, cursor)
                with connection.stream("danvan.v1.Events", "Watch", request.encode()) as stream:
                    left = 1 << 60 if is_last else chance.choice([1, 3, 10, 50, 1000])
                    while left > 0:
                        try:
                            message = stream.next(0.5)
                        except TimeoutError:
                            if self.ending.is_set() and not is_last:
                                break
                            continue
                        if message is None:
                            break
                        event = messages.WatchEvent.decode(message)
                        watched.seen.append((
                            sequence(event.cursor), event.kind.name.lower(), event.article_id, event.continues,
                            event.is_mark and event.kind != danvan.EventKind.REBUILD_ENDED))
                        cursor = event.cursor
                        left -= 1
                        if is_last and event.kind == danvan.EventKind.SYNCED:
                            return
                        if chance.random() < 0.001:
                            time.sleep(0.3)
                watched.breaks += 1
            except PASSING:
                watched.breaks += 1
            finally:
                connection.close()


def final_log(socket):
    log, cursor = [], "start"
    with danvan.Client(socket, timeout=60) as client:
        while True:
            page = client.events(cursor=cursor, max_events=1000)
            log += [(sequence(e.cursor), e.kind.name.lower(), e.article_id, e.continues) for e in page.events]
            cursor = page.next
            if cursor == page.head:
                break
        present = {hit.article.id for hit in client.hits("") if hit.article}
    return log, present


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
    work = Workload(daemon, options.seed)
    writers = [work.run(work.write, n) for n in range(options.writers)]
    watchers = [work.run(work.watch, n) for n in range(options.watchers)]
    at_calls = 0
    try:
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
        work.stopping.set()
        for thread in writers:
            thread.join(60)
        work.ending.set()
        for thread in watchers:
            thread.join(120)
        stuck = sum(thread.is_alive() for thread in writers + watchers)
        log, present = final_log(daemon.socket)
    finally:
        daemon.process.kill()
        daemon.process.wait()
    found = work.faults + violations(work.record, log, present)
    if stuck:
        found.append(f"{stuck} writers or watchers never came to the end")
    record = work.record
    print(
        f"{options.kills} kills ({at_calls} at a system call), {len(record.acknowledged)} acknowledged documents, "
        f"{len(log)} events, {len(record.watched)} watchers broken {sum(w.breaks for w in record.watched)} times, "
        f"{sum(len(w.seen) for w in record.watched)} events and marks seen; slowest start {daemon.slowest:.2f} s; "
        f"{time.monotonic() - began:.0f} s; {len(found)} violations")
    for text in found[:20]:
        print("  " + text)
    if found and not options.fault:
        (folder / "record").write_text(repr((record, log, sorted(present))))
        print(f"  the store, the log and the record are kept in {folder}")
    else:
        shutil.rmtree(folder)
    sys.exit(3 if found else 0)

if __name__ == "__main__":
    main()
