#!/usr/bin/env python3
"""Measure danvan's programs from outside, beside peers in the same run.

usage: bench.py [--articles N] [--runs N]

Prints, each beside its peer where there is one:
  start-up of danvand (spawn to first answered ping) and its resident memory
  `dvctl ping`, spawn to exit, beside /bin/true, `redis-cli ping` where installed, and python3 -c pass
  ingest of the news corpus ($DANVAN_SHARED/data/news): wall time, CPU time and peak memory,
    extraction and index included, beside a bare Python sqlite3 FTS5 insert of the same text
  ten queries over it, spawn to exit
  extraction alone: `dvctl analyze` of one long text, in MB/s of daemon CPU time
"""
import argparse
import gzip
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/release"))
SHARED = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared"))
RULES = ROOT / "Sources/DanvanExtract/Resources/vi"
QUERIES = [
    "dan van", '"dân vận"', "hội nghị", "da nang", 'org:"Quốc hội" kind:statement', "kind:directive",
    'title:"Thủ tướng"', "giáo dục -đại học", "during:2017", 'place:"Hà Nội" "an toàn giao thông"']
TICKS = os.sysconf("SC_CLK_TCK")


class Daemon:
    """danvand on a scratch state; figures are read from /proc."""

    def __init__(self, folder):
        self.socket = folder / "danvand.sock"
        began = time.monotonic()
        self.process = subprocess.Popen(
            [BIN / "danvand", "--state", folder / "state", "--socket", self.socket, "--rules", RULES],
            stderr=open(folder / "danvand.log", "wb"))
        while self.call("ping").returncode != 0:
            if self.process.poll() is not None:
                sys.exit(f"danvand ended: {(folder / 'danvand.log').read_text()}")
        self.started = time.monotonic() - began

    def call(self, *arguments, **options):
        return subprocess.run(
            [BIN / "dvctl", arguments[0], "--socket", self.socket, *arguments[1:]],
            capture_output=True, **options)

    def memory(self):
        return memory_of(self.process.pid)

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self):
        self.process.terminate()
        self.process.wait()


def memory_of(pid):
    """(resident, anonymous, peak resident) in MiB; zeros for a process that is just ending."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    values = {l.split(":")[0]: l.split()[1] for l in lines if l.endswith(" kB")}
    return tuple(int(values.get(k, 0)) / 1024 for k in ("VmRSS", "RssAnon", "VmHWM"))


def spawn_times(command, runs):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), min(times)


def corpus(limit):
    files = sorted((SHARED / "data/news").glob("news-*.jsonl.gz"))
    articles = (json.loads(line) for f in files for line in gzip.open(f, "rt", encoding="utf-8"))
    return [a for _, a in zip(range(limit), articles)], files


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20000)
    parser.add_argument("--runs", type=int, default=40)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        scratch = Path(scratch)
        first = scratch / "first"
        first.mkdir()
        daemon = Daemon(first)
        resident, anonymous, _ = daemon.memory()
        print(f"start-up: {daemon.started * 1000:.0f} ms to the first answered ping; "
              f"resident {resident:.1f} MiB, of it anonymous {anonymous:.1f} MiB")
        commands = {"dvctl ping": [BIN / "dvctl", "ping", "--socket", daemon.socket], "/bin/true": ["/bin/true"],
                    "python3 -c pass": [sys.executable, "-c", "pass"]}
        if shutil.which("redis-cli"):
            commands["redis-cli ping"] = ["redis-cli", "ping"]
        for name, command in commands.items():
            median, best = spawn_times(command, options.runs)
            print(f"spawn to exit: {name:16} median {median:6.1f} ms, best {best:6.1f} ms")
        extraction(daemon, scratch)
        daemon.stop()
        if not (SHARED / "data/news").is_dir():
            print("corpus figures skipped: no news corpus (set DANVAN_SHARED)")
            return
        ingest_and_query(scratch, options)


def extraction(daemon, scratch):
    texts = sorted((ROOT / "samples").glob("*.txt"))
    long = "\n".join(t.read_text(encoding="utf-8") for t in texts)
    long = "\n".join([long] * (1_000_000 // len(long.encode()) + 1))
    path = scratch / "long.txt"
    path.write_text(long, encoding="utf-8")
    before = daemon.cpu()
    done = daemon.call("analyze", path, "--format", "json")
    spent = daemon.cpu() - before
    size = len(long.encode()) / 1e6
    if done.returncode:
        print(f"extraction: analyze failed: {done.stderr.decode().strip()}")
    else:
        print(f"extraction: {size:.1f} MB in {spent:.2f} s of daemon CPU = {size / spent:.2f} MB/s (one long text)")


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
