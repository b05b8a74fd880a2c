"""Threads that write and watch while something is done to danvand, and what must hold of it in the end."""
import random
import threading
import time

from daemon import PASSING  # puts the Python client on the path
from record import Record, Watched, sequence, violations

import danvan
from danvan import messages
from danvan._connection import Connection

WORDS = ["alpha", "bravo", "charlie", "delta"]

class Workload:
    """Threads that write and watch until they are told to stop. Of `keep` articles each writer removes as many as it adds;
    `pause`: the longest that it waits between two requests, in seconds."""

    def __init__(self, daemon, seed, keep=None, pause=0.01):
        self.daemon, self.seed, self.keep, self.pause = daemon, seed, keep, pause
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
                while self.keep and len(own) > self.keep:
                    self.remove(client, own.pop(0)[0])
                if own and chance.random() < 0.08:
                    self.remove(client, own.pop(chance.randrange(len(own)))[0])
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
                time.sleep(chance.uniform(0, self.pause))

    def remove(self, client, article):
        with self.record.lock:
            self.record.removed.add(article)
        self.persist(lambda: client.delete([article]))

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


def under_load(daemon, act, *, seed=1, writers=3, watchers=6, **how):
    """Runs `act` with the workload while writers and watchers are at it, lets them come to their end, and ends danvand;
    the workload, the event log, the articles that there are, and what is wrong."""
    work = Workload(daemon, seed, **how)
    writing = [work.run(work.write, n) for n in range(writers)]
    watching = [work.run(work.watch, n) for n in range(watchers)]
    try:
        act(work)
        work.stopping.set()
        for thread in writing:
            thread.join(60)
        work.ending.set()
        for thread in watching:
            thread.join(120)
        stuck = sum(thread.is_alive() for thread in writing + watching)
        log, present = final_log(daemon.socket)
    finally:
        daemon.kill()
    found = work.faults + violations(work.record, log, present)
    if stuck:
        found.append(f"{stuck} writers or watchers never came to the end")
    return work, log, present, found


def seen(record):
    """For a report: what was written and seen."""
    watched = record.watched
    return (f"{len(record.acknowledged)} acknowledged documents, {len(watched)} watchers broken {sum(w.breaks for w in watched)} "
            f"times, {sum(len(w.seen) for w in watched)} events and marks seen")
