#!/usr/bin/env python3
"""Ingest and query the news corpus ($DANVAN_SHARED/data/news), beside a bare FTS5 insert from Python.

usage: corpus.py [--articles N]

Prints wall time, CPU time and peak memory of the ingest, extraction and index included, beside a bare
Python sqlite3 FTS5 insert of the same text in the same run; then ten queries over it, spawn to exit.
"""
import argparse
import json
import os
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from harness import BIN, SHARED, Daemon, corpus, machine, memory_of, spawn_times

QUERIES = [
    "dan van", '"dân vận"', "hội nghị", "da nang", 'org:"Quốc hội" kind:statement', "kind:directive",
    'title:"Thủ tướng"', "giáo dục -đại học", "during:2017", 'place:"Hà Nội" "an toàn giao thông"']


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20000)
    options = parser.parse_args()
    print(f"== corpus: {machine()}")
    if not (SHARED / "data/news").is_dir():
        print("skipped: no news corpus (set DANVAN_SHARED)")
        return
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        ingest_and_query(Path(scratch), options)


def bare_insert(articles, folder):
    """What the same text costs in Python's sqlite3 with a plain FTS5 table, durable, in batches."""
    database = sqlite3.connect(folder / "bare.db")
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE article(id INTEGER PRIMARY KEY, title TEXT, text TEXT);"
        "CREATE VIRTUAL TABLE f USING fts5(title, text, content='article', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2');")
    wall, cpu = time.monotonic(), time.process_time()
    for at in range(0, len(articles), 250):
        with database:
            for i, a in enumerate(articles[at:at + 250], at + 1):
                row = (i, a.get("title"), a["text"])
                database.execute("INSERT INTO article VALUES(?,?,?)", row)
                database.execute("INSERT INTO f(rowid,title,text) VALUES(?,?,?)", row)
    result = time.monotonic() - wall, time.process_time() - cpu
    database.close()
    return result


def ingest_and_query(scratch, options):
    articles, files = corpus(options.articles)
    size = sum(len(a["text"].encode()) + len((a.get("title") or "").encode()) for a in articles) / 1e6
    wall, cpu = bare_insert(articles, scratch)
    print(f"bare Python FTS5 insert: {len(articles)} articles, {size:.1f} MB: wall {wall:.1f} s, CPU {cpu:.1f} s")
    if options.articles < 20000:
        part = scratch / "part.jsonl"
        part.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
        files = [part]
    folder = scratch / "second"
    folder.mkdir()
    daemon = Daemon(folder)
    before = daemon.cpu()
    usage = os.times()
    began = time.monotonic()
    client = subprocess.Popen(
        [BIN / "dvctl", "ingest", "--socket", daemon.socket, *files],
        stdout=subprocess.DEVNULL, stderr=open(folder / "ingest.log", "wb"))
    peak = 0.0
    while client.poll() is None:
        # Not from the accounting of the ended process: that still counts this script's own memory.
        peak = max(peak, memory_of(client.pid)[2])
        time.sleep(0.02)
    took = time.monotonic() - began
    spent = os.times()
    print(f"dvctl ingest: wall {took:.1f} s ({took / wall:.2f} x bare), CPU daemon {daemon.cpu() - before:.1f} s, "
          f"client {spent.children_user + spent.children_system - usage.children_user - usage.children_system:.1f} s; peak resident daemon {daemon.memory()[2]:.0f} MiB, "
          f"client {peak:.0f} MiB; {len(articles) / took:.0f} articles/s, {size / took:.2f} MB/s")
    print("  " + (folder / "ingest.log").read_text().strip().splitlines()[-1])
    store = sum(f.stat().st_size for f in (folder / "state").rglob("*") if f.is_file()) / 1e6
    print(f"store: {store:.0f} MB = {store / size:.2f} x the raw text")
    for query in QUERIES:
        median, best = spawn_times([BIN / "dvctl", "query", "--socket", daemon.socket, "--limit", "10", query], 7)
        found = daemon.call("query", "--limit", "1", "--format", "json", query)
        total = json.loads(found.stdout or b"{}").get("total", "?")
        print(f"query {query:42} median {median:6.1f} ms, best {best:6.1f} ms, {total} articles")
    daemon.stop()


if __name__ == "__main__":
    main()
