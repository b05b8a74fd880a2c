#!/usr/bin/env python3
"""A thousand watchers with different filters: commit to delivery, memory, catch-up; beside a poll of SQLite.

usage: watch.py [--watchers N] [--articles N] [--events N]

The writer stores one article at a time among filler articles; each is matched by some watchers by a word
of their own, and by ten of them all. Delivery is measured from the ingest's answer, which follows the
commit at once, to the message's arrival in this process. The peer is what a script without a feed does:
it asks a SQLite file for newer rows every 10 ms, alone. Then others' delivery is measured without and
with watchers beside them that never read, read a byte a second or vanish, while N events go by; after
that the slow ones read again and must get each of these events once.
"""
import argparse
import random
import selectors
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from harness import ROOT, Daemon, machine
from slow_watchers import SlowOnes, vanish

sys.path.insert(0, str(ROOT / "clients/python/src"))

import danvan  # noqa: E402
from danvan import messages  # noqa: E402
from danvan._connection import Connection  # noqa: E402

PER_CONNECTION = 200


def letters(number):
    return "q" + "".join(chr(97 + int(d)) for d in f"{number:04d}")


def text(words):
    filler = "Sáng 12-5, đồng chí Trần Văn Thử, Bí thư Đảng ủy xã, chủ trì hội nghị về công tác dân vận. " * 4
    return danvan.text_document(f"{' '.join(words)}. {filler}")


class Watchers:
    """Watchers on a few connections, read by one thread."""

    def __init__(self, socket, queries):
        self.connections = []
        self.arrivals = {}
        self.synced = 0
        self.selector = selectors.DefaultSelector()
        for at in range(0, len(queries), PER_CONNECTION):
            connection = Connection([str(socket)])
            streams = [
                connection.stream("danvan.v1.Events", "Watch", messages.WatchRequest(q, "now").encode())
                for q in queries[at:at + PER_CONNECTION]]
            connection._send()
            self.connections.append((connection, streams))
            self.selector.register(connection._socket, selectors.EVENT_READ, (connection, streams))
        threading.Thread(target=self.run, daemon=True).start()
        while self.synced < len(queries):
            time.sleep(0.01)

    def run(self):
        while True:
            for key, _ in self.selector.select():
                connection, _ = key.data
                connection._receive()
                now = time.perf_counter()
                for inbox in connection._inbox.values():
                    while inbox:
                        event = messages.WatchEvent.decode(inbox.popleft().payload)
                        if event.kind == danvan.EventKind.SYNCED:
                            self.synced += 1
                        elif not event.is_mark:
                            self.arrivals.setdefault(event.article_id, []).append(now)


def percentiles(values):
    ordered = sorted(values)
    return statistics.median(ordered) * 1000, ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1000


def delivery(daemon, options):
    chance = random.Random(1)
    shared = 10
    queries = [letters(n) for n in range(options.watchers - shared)] + ["zchung"] * shared
    watchers = Watchers(daemon.socket, queries)
    latencies = []
    with danvan.Client(str(daemon.socket)) as client:
        for number in range(options.articles):
            words = [letters(chance.randrange(options.watchers - shared)), f"bai{number}", "zchung"]
            (result,) = client.ingest(text(words))
            answered = time.perf_counter()
            deadline = answered + 5
            while len(watchers.arrivals.get(result.article_id, ())) < shared + 1 and time.perf_counter() < deadline:
                time.sleep(0.001)
            arrived = watchers.arrivals.get(result.article_id, [])
            if len(arrived) != shared + 1:
                sys.exit(f"article {result.article_id}: {len(arrived)} deliveries of {shared + 1}")
            latencies += [max(0.0, at - answered) for at in arrived]
    median, worst = percentiles(latencies)
    resident, anonymous, peak = daemon.memory()
    print(f"{len(queries)} watchers, {len(set(queries))} filters, {options.articles} commits: "
          f"commit to delivery p50 {median:.1f} ms, p99 {worst:.1f} ms; "
          f"resident {resident:.0f} MiB (anonymous {anonymous:.0f}, peak {peak:.0f})")


def rounds(client, watchers, count, name):
    """Stores articles for all the watchers; the latencies of their deliveries, and the articles."""
    latencies, articles = [], []
    for number in range(count):
        (result,) = client.ingest(text(["zcham", f"{name}{number}"]))
        answered = time.perf_counter()
        articles.append(result.article_id)
        while len(watchers.arrivals.get(result.article_id, ())) < watchers.synced:
            time.sleep(0.001)
            if time.perf_counter() > answered + 60:
                sys.exit(f"article {result.article_id} did not reach all")
        latencies += [max(0.0, at - answered) for at in watchers.arrivals[result.article_id]]
    return latencies, articles


def events_go_by(daemon, client, others, options, name, between=lambda: None):
    """Loads of filler with a few articles for the others between; latencies, articles, most memory."""
    latencies, articles, highest = [], [], 0.0
    for part in range(10):
        between()
        results = client.ingest(
            danvan.text_document(f"Tin vắn {name} số {part} {n}.") for n in range(options.events // 10))
        articles += [result.article_id for result in results]
        measured, more = rounds(client, others, max(1, options.articles // 10), f"{name}{'abcdefghij'[part]}")
        latencies += measured
        articles += more
        highest = max(highest, daemon.memory()[1])
    return latencies, articles, highest


def beside_slow_ones(daemon, options):
    others = Watchers(daemon.socket, ["zcham"] * 50)
    with danvan.Client(str(daemon.socket)) as client:
        alone, _, highest_alone = events_go_by(daemon, client, others, options, "truoc")
        slow = SlowOnes(daemon.socket, 10)
        _, before, _ = daemon.memory()
        beside, articles, highest = events_go_by(
            daemon, client, others, options, "sau", between=lambda: vanish(daemon.socket, 1))
        found = slow.read_again(articles)
    for name, latencies, memory in (
            ("alone", alone, highest_alone), ("beside 30 slow ones and 10 that vanish", beside, highest)):
        median, worst = percentiles(latencies)
        print(f"delivery to 50 others {name}: p50 {median:.1f} ms, p99 {worst:.1f} ms; "
              f"daemon's anonymous memory at most {memory:.1f} MiB")
    print(f"{len(articles)} events went by the slow ones (memory before: {before:.1f} MiB); "
          f"the 20 that could read again got each once, in {slow.took:.1f} s")
    slow.close()
    if found:
        sys.exit("\n".join(found))


def catch_up(daemon):
    with danvan.Client(str(daemon.socket)) as client:
        client.ingest(text([f"dua{n}"]) for n in range(2000))
        began, count = time.perf_counter(), 0
        with client.watch(cursor="start", until_synced=True) as watch:
            for _ in watch:
                count += 1
        took = time.perf_counter() - began
    print(f"catch-up of a Python watcher: {count / took:.0f} events/s")


def polling_peer(folder, count):
    database = sqlite3.connect(folder / "peer.db")
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE e(id INTEGER PRIMARY KEY, body TEXT);")
    arrivals, done = {}, threading.Event()

    def poll():
        reader, last = sqlite3.connect(folder / "peer.db"), 0
        while not done.is_set():
            for (last,) in reader.execute("SELECT id FROM e WHERE id > ? ORDER BY id", (last,)):
                arrivals[last] = time.perf_counter()
            time.sleep(0.01)

    thread = threading.Thread(target=poll)
    thread.start()
    latencies = []
    for _ in range(count):
        with database:
            number = database.execute("INSERT INTO e(body) VALUES ('x')").lastrowid
        committed = time.perf_counter()
        while number not in arrivals:
            time.sleep(0.001)
        latencies.append(max(0.0, arrivals[number] - committed))
    done.set()
    thread.join()
    median, worst = percentiles(latencies)
    print(f"peer, one reader that polls SQLite every 10 ms: p50 {median:.1f} ms, p99 {worst:.1f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--watchers", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--events", type=int, default=20_000)
    options = parser.parse_args()
    print(f"== watch: {machine()}")
    with tempfile.TemporaryDirectory(prefix="dv-bench-") as scratch:
        folder = Path(scratch)
        daemon = Daemon(folder)
        delivery(daemon, options)
        catch_up(daemon)
        daemon.stop()
        # Another one, for the first watchers stay connected.
        (folder / "slow").mkdir()
        daemon = Daemon(folder / "slow")
        beside_slow_ones(daemon, options)
        daemon.stop()
        polling_peer(folder, options.articles)


if __name__ == "__main__":
    main()
