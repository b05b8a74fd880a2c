#!/usr/bin/env python3
"""Replay a traced life of danvand into states that a loss of power can leave, and open each.

usage: powerloss.py [--states N] [--articles N] [--seed N] [--folder DIR]

Writers hand in articles, replace and remove some, while strace records from the first call on what danvand
writes to its files and directory, what it syncs and what it sends; a second life goes on from a kill, so that
a recovery is in the trace, too, and ends in good order. The trace is played up to random moments. At each, a
file holds what was written before its last sync that had ended; of what came after it, nothing, all, some,
or all but a last piece of which only some 512-byte sectors came through; a file has a name only where the
directory was synced after it got it. Every state is opened with SQLite, and every 50th by danvand itself.

Holds in each: every event that had been told to somebody is there; the log is the beginning of the log
of the whole run and ends between two commits; the texts are those that were sent, with their facts, their events;
integrity_check says ok. Where danvand opens it, `check` finds nothing.

Then the same of a danvand of a debug build that asks SQLite for `synchronous = NORMAL`: at least 40 % of its
states must have lost something that was acknowledged. Exits with 1 when anything of this is not so.
"""
import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from daemon import Daemon  # puts the Python client on the path
from disk import Disk
from store import Store
from traced import OPTIONS, calls, told

import danvan

HOWS = ("none", "all", "some", "torn")
IGNORED = ("-shm", "lock", ".sock")
WRITERS = 3


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--states", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where states are made; memory is quickest", default="/dev/shm")
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory(prefix="dv-power-", dir=options.folder) as name:
        for fault in ("", "relaxed"):
            began = time.monotonic()
            folder = Path(name) / (fault or "full")
            life = Life(folder, options, fault)
            count = options.states if not fault else max(options.states // 10, 100)
            replay = Replay(life, random.Random(options.seed), folder / "lost")
            replay.run(count)
            lossy = replay.lossy / max(1, replay.states)
            print(f"{'control, synchronous = NORMAL: ' if fault else ''}{replay.states} states of a run of {life.articles} "
                  f"articles, {len(life.final.log)} events, {replay.points} writes and syncs: {replay.lossy} "
                  f"({lossy:.0%}) without something that was acknowledged, {replay.damaged} with other faults, "
                  f"{replay.opened} opened by danvand; {time.monotonic() - began:.0f} s", flush=True)
            if fault and lossy < 0.4:
                found.append("a danvand that does not sync every commit is not noticed")
            elif not fault:
                found += replay.found
            shutil.rmtree(folder)
    for text in found[:20]:
        print(f"  {text}")
    sys.exit(1 if found else 0)


class Life:
    """Two traced lives of danvand on one state; the traces, and what was sent."""

    def __init__(self, folder, options, fault):
        folder.mkdir()
        self.folder, self.articles, self.faults = folder, 0, []
        #: SHA-256 of every text that was sent.
        self.sent = set()
        self.daemon = Daemon(folder, fault)
        self.traces = [self.live(number, options) for number in range(2)]
        # A copy, so that the state stays as it was left.
        shutil.copytree(self.daemon.state, folder / "end")
        self.final = Store(folder / "end/danvan.db")
        if self.faults:
            raise SystemExit(self.faults[0])

    def live(self, number, options):
        path = self.folder / f"trace-{number}"
        self.daemon.start_traced(*OPTIONS, "-o", str(path))
        threads = [
            threading.Thread(target=self.write, args=(number * WRITERS + n, options.articles // WRITERS // 2, options.seed))
            for n in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if number == 0:
            self.daemon.kill()
        else:
            self.daemon.stop()
        self.daemon.await_tracer()
        return path

    def write(self, writer, articles, seed):
        chance = random.Random(seed * 1000 + writer)
        words = [f"{a}{b}" for a in "họp bàn việc dân vận khéo tỉnh huyện".split() for b in ("", " nay", " mới", " chung")]
        try:
            with self.daemon.client() as client:
                count, own = 0, []
                while count < articles:
                    documents = []
                    for _ in range(chance.choice([1, 1, 2, 3, 8])):
                        count += 1
                        text = f"Bài {writer}-{count}: " + " ".join(chance.choices(words, k=chance.choice([20, 100, 600]))) + "."
                        url = f"https://x.vn/{writer}/{chance.randrange(count)}"
                        self.sent.add(hashlib.sha256(text.encode()).digest())
                        documents.append(danvan.Document(content=text.encode(), media_type="text/plain", url=url))
                    own += [result.article_id for result in client.ingest(documents)]
                    self.articles += len(documents)
                    if chance.random() < 0.1:
                        client.delete([own.pop(chance.randrange(len(own)))])
        except danvan.DanvanError as error:
            self.faults.append(f"a writer failed: {error!r}")


class Replay:
    """The states, and what is wrong with them."""

    def __init__(self, life, chance, folder):
        self.life, self.chance, self.folder = life, chance, folder
        self.states = self.lossy = self.damaged = self.opened = self.points = 0
        self.found, self.kinds = [], Counter()
        #: Where a log may end.
        log = life.final.log
        self.borders = {0} | {log[n][0] for n in range(len(log)) if n + 1 == len(log) or log[n + 1][3] != log[n][3]}

    def run(self, count):
        self.points = sum(1 for _ in self.moments())
        # Each moment in every way.
        chosen = Counter(self.chance.choices(range(self.points), k=-(-count // len(HOWS))))
        for number, (disk, acknowledged) in enumerate(self.moments()):
            for _ in range(chosen[number]):
                for how in HOWS:
                    self.judge(disk.after_loss(self.chance, how), acknowledged, f"{how} after call {number}")

    def moments(self):
        """The disk, and the newest event that somebody was told of, after each change and before each answer."""
        disk, acknowledged = Disk(self.life.daemon.state, IGNORED), 0
        for path in self.life.traces:
            for call, has_ended in calls(path.open()):
                if has_ended:
                    disk.ended(call)
                    if call.name in ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink"):
                        yield disk, acknowledged
                else:
                    disk.begun(call)
                    acknowledged = max(acknowledged, told(call))

    def judge(self, files, acknowledged, what):
        self.states += 1
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        if self.states % 50 == 0:
            found, head = self.opening()
        else:
            try:
                state = Store(self.folder / "danvan.db")
                found, head = self.faults(state), state.head
            except Exception as error:  # whatever SQLite makes of it
                found, head = [repr(error)], 0
        self.damaged += bool(found)
        if head < acknowledged:
            self.lossy += 1
            found.append(f"event {acknowledged} had been told, the newest is {head}")
        self.found += [f"{what}: {text}" for text in found]

    def faults(self, state):
        final, log = self.life.final, state.log
        found = list(state.faults)
        if log != final.log[:len(log)]:
            found.append("the log is not the beginning of the whole one")
        elif state.head not in self.borders:
            found.append(f"the log ends within a commit, at {state.head}")
        if set(state.texts.values()) - self.life.sent:
            found.append("a text is there that nobody sent")
        # Kinds of events: added, updated, removed.
        present = set()
        for _, kind, article, _ in log:
            (present.discard if kind == REMOVED else present.add)(article)
        if present != set(state.texts):
            found.append("the articles are not those of the log")
        return found

    def opening(self):
        """What danvand itself finds."""
        self.opened += 1
        with tempfile.TemporaryDirectory(prefix="dv-open-") as name:
            daemon = Daemon(Path(name), state=self.folder)
            daemon.launch()
            ended = daemon.wait_until_ready()
            if ended is not None:
                return [f"danvand ended with {ended}: {daemon.log.read_text()[-300:]}"], 0
            try:
                with daemon.client() as client:
                    found = [f"check: {fault.reason}" for fault in client.check()]
            finally:
                daemon.stop()
            state = Store(self.folder / "danvan.db")
            return found + self.faults(state), state.head


REMOVED = danvan.EventKind.REMOVED.value

if __name__ == "__main__":
    main()
