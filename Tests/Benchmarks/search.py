#!/usr/bin/env python3
"""Search through danvand's socket, beside a bare FTS5 table and tantivy (PyPI) over the same articles.

usage: search.py [--articles N]... [--scratch DIR] [--queries N] [--seed N]

Repeats and perturbs the news corpus ($DANVAN_SHARED/data/news) to N articles, stores them in danvand, in
SQLite FTS5 (unicode61 remove_diacritics 2) and, where they are installed, in tantivy (lower-cased, ASCII
folded) and Xapian (without marks); then asks each the same queries of each class: the top ten with title and one snippet. With
--scratch the stores are kept there and used again by the next run. Times are wall milliseconds, of each
query the best of three.
"""
import argparse
import random
import shutil
import socket
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from harness import BIN, ROOT, SHARED, Daemon, machine

sys.path.insert(0, str(ROOT / "clients/python/src"))
from danvan import _envelope, messages  # noqa: E402
from search_corpus import articles, queries, write_jsonl  # noqa: E402
from search_peers import FTS5, Tantivy, Xapian, tantivy, xapian  # noqa: E402

def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, action="append")
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    print(f"== search: {machine()}")
    if not (SHARED / "data/news").is_dir():
        print("skipped: no news corpus (set DANVAN_SHARED)")
        return
    for count in options.articles or [50_000]:
        if options.scratch:
            folder = options.scratch / str(count)
            folder.mkdir(parents=True, exist_ok=True)
            run(folder, count, options)
        else:
            with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
                run(Path(scratch), count, options)


# ---- the engines: each answers a query with ten titles and snippets

class Ours:
    name = "danvan"

    def __init__(self, folder, count, seed):
        self.folder = folder
        state = folder / "state"
        new = not (state / "danvan.db").exists()
        self.daemon = Daemon(folder)
        if new:
            file = folder / "corpus.jsonl"
            write_jsonl(file, articles(count, seed))
            began = time.monotonic()
            subprocess.run(
                [BIN / "dvctl", "ingest", "--socket", self.daemon.socket, file], check=True,
                stdout=subprocess.DEVNULL, stderr=open(folder / "ingest.log", "wb"))
            print(f"danvan: {count} articles in {time.monotonic() - began:.0f} s, extraction included")
            file.unlink()
        self.connection = self.connect()

    def restart(self):
        """Forgets what earlier queries left in memory."""
        self.daemon.stop()
        self.daemon = Daemon(self.folder)
        self.connection = self.connect()

    def connect(self):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(self.daemon.socket))
        return Call(connection)

    def sizes(self):
        files = sqlite3.connect(f"file:{self.folder / 'state/danvan.db'}?mode=ro", uri=True)
        rows = dict(files.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY 1"))
        files.close()
        def part(*names):
            return sum(v for k, v in rows.items() if k.removeprefix("sqlite_autoindex_").startswith(names))

        index = part("article_index", "rank_index", "term")
        # Beside these: facts, names and who is who; copies, sightings and originals; the log of events.
        texts = index + part("article", "revision", "dictionary") - part("article_index")
        return index, texts, sum(rows.values())

    def newest(self, query):
        return self.connection.ask(query, messages.Sort.NEWEST)

    def ranked(self, query):
        return self.connection.ask(query, messages.Sort.RELEVANCE)

    def facets(self, query):
        return self.connection.ask(query, messages.Sort.NEWEST, ["person", "org", "year"])

    def cpu(self, ask, wanted):
        """Milliseconds of CPU time that danvand takes for each of the queries, asked once."""
        before = self.daemon.cpu()
        for query in wanted:
            ask(query)
        return (self.daemon.cpu() - before) * 1000 / len(wanted)

    def close(self):
        self.daemon.stop()


class Call:
    """The bytes of a call out, the bytes of its answer in: no client library's time is measured."""

    def __init__(self, connection):
        self.connection, self.stream = connection, -1

    def ask(self, query, sort, facets=()):
        self.stream += 2
        request = messages.QueryRequest(query, 10, sort, facets=list(facets)).encode()
        body = _envelope.Request("danvan.v1.Search", "Query", request).encode()
        self.connection.sendall(struct.pack(">IIBB", len(body), self.stream, 1, 0) + body)
        length = struct.unpack(">I", self.take(10)[:4])[0]
        return self.take(length)

    def take(self, count):
        data = b""
        while len(data) < count:
            piece = self.connection.recv(count - len(data))
            if not piece:
                sys.exit("danvand closed the connection")
            data += piece
        return data


# ---- the run

def times(ask, wanted, rounds=3, first=None):
    """The best of the rounds for each query; `first` gets what the first of them took."""
    found = []
    for query in wanted:
        best = None
        for _ in range(rounds):
            began = time.perf_counter()
            ask(query)
            took = (time.perf_counter() - began) * 1000
            if best is None and first is not None:
                first.append(took)
            best = took if best is None else min(best, took)
        found.append(best)
    return found


def figures(values):
    ordered = sorted(values)
    return f"{statistics.median(ordered):7.2f} /{ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]:8.2f}"


def run(folder, count, options):
    raw = sum(len(a["text"].encode()) + len((a.get("title") or "").encode()) for a in articles(count, options.seed))
    classes = queries(options.queries, options.seed)
    engines = []
    for kind, isThere, where in [
            (FTS5, True, ""), (Tantivy, tantivy, "pip install tantivy"), (Xapian, xapian, "Debian's python3-xapian"),
            (Ours, True, "")]:
        if isThere:
            engines.append(kind(folder, count, options.seed))
        else:
            print(f"{kind.name} is not installed: {where}")
    print(f"{count} articles, {raw / 1e6:.1f} MB of raw text; {options.queries} queries of each class, seed {options.seed}")
    for engine in engines:
        index, texts, whole = engine.sizes()
        print(f"{engine.name:8} index {index / raw:.3f} of raw, with the texts {texts / raw:.3f}, whole store {whole / raw:.3f}")
    for title, method in [("relevance", "ranked"), ("newest first", "newest")]:
        engines[-1].restart()
        able = [e for e in engines if getattr(e, method)]
        print(f"{title:16}" + "".join(f"{e.name + ' p50 / p99':>20}" for e in able))
        print(f"{'':16}" + f"{'':20}" * len(able) + "  danvan, never asked before")
        everything, cold = {e.name: [] for e in able}, []
        for name, wanted in classes.items():
            line = f"{name:16}"
            first = []
            for engine in able:
                measured = times(getattr(engine, method), wanted, first=first if engine is engines[-1] else None)
                everything[engine.name] += measured
                line += f"{figures(measured):>20}"
            cold += first
            print(line + f"{figures(first):>20}")
        print(f"{'all':16}" + "".join(f"{figures(everything[e.name]):>20}" for e in able) + f"{figures(cold):>20}")
    ours = engines[-1]
    everyone = [q for wanted in classes.values() for q in wanted]
    for title, method in [("relevance", ours.ranked), ("newest first", ours.newest)]:
        ours.restart()
        first, again = ours.cpu(method, everyone), min(ours.cpu(method, everyone) for _ in range(3))
        print(f"{title:16} CPU of danvand a query: {first:.2f} ms never asked before, {again:.2f} ms again")
    mixed = [q for name in ("one", "and", "phrase", "one, plain") for q in classes[name]]
    print(f"{'facets':16}{figures(times(ours.facets, mixed)):>20}  person, org and year of all matches")
    during_ingest(ours, folder, mixed, options)
    for engine in engines:
        engine.close()


def during_ingest(ours, folder, wanted, options):
    """The same queries while dvctl stores articles; run on a copy, so that the store stays as it is."""
    idle = times(ours.newest, wanted, rounds=1), times(ours.ranked, wanted, rounds=1)
    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    ours.daemon.stop()
    copy.mkdir()
    shutil.copytree(folder / "state", copy / "state")
    daemon = Daemon(copy)
    busy = Ours.__new__(Ours)
    busy.daemon, busy.folder = daemon, copy
    busy.connection = busy.connect()
    times(busy.newest, wanted, rounds=1), times(busy.ranked, wanted, rounds=1)
    file = copy / "more.jsonl"
    write_jsonl(file, list(articles(26_000, options.seed + 1))[20_000:])
    client = subprocess.Popen(
        [BIN / "dvctl", "ingest", "--socket", daemon.socket, file], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    newest, ranked = [], []
    while client.poll() is None:
        sample = random.Random(len(newest)).choice(wanted)
        newest += times(busy.newest, [sample], rounds=1)
        ranked += times(busy.ranked, [sample], rounds=1)
    daemon.stop()
    shutil.rmtree(copy)
    ours.daemon = Daemon(folder)
    for name, quiet, loaded in [("newest first", idle[0], newest), ("relevance", idle[1], ranked)]:
        if loaded:
            print(f"during ingest   {name:12} {figures(loaded)}, idle {figures(quiet)}: "
                  f"{statistics.median(loaded) / statistics.median(quiet):.2f} x at p50, {len(loaded)} queries")


if __name__ == "__main__":
    main()
