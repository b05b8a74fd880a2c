#!/usr/bin/env python3
"""Start danvand on a million articles with a log that a kill has left, and let it idle.

usage: starts.py [--articles N] [--wal MIB] [--idle SECONDS] [--within SECONDS]

The articles are made of some hundred that danvand has taken: rows of articles, events, facts, copies, terms
and of the register are multiplied by SQL, each with an identity and words of its own; the full-text
indexes, of which a start reads nothing that grows, are not. Then articles are handed in, while a reader keeps the
log (WAL) from being emptied, until it has the size, and both are killed.
Holds: it answers within a second, and all that was acknowledged is there. Then, with nothing to do: at
most one wake-up a second, and no CPU time. Two controls must be noticed: one who looks for it every 50 ms, and a start
that is held up. Exits with 3 when it does not hold, with 1 when a control was not noticed.
"""
import argparse
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from daemon import running  # puts the Python client on the path

import danvan

SEEDS = 200
READER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("BEGIN")
database.execute("SELECT max(sequence) FROM event").fetchone()
print("reading", flush=True)
sys.stdin.read()
"""
#: The start of the control, in seconds.
HELD = 1
TICKS = os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--wal", type=int, default=64)
    parser.add_argument("--idle", type=float, default=60)
    parser.add_argument("--within", type=float, default=1.0)
    options = parser.parse_args()
    began = time.monotonic()
    with running("start") as daemon:
        with daemon.client() as client:
            client.ingest([document(number) for number in range(SEEDS)])
        daemon.stop()
        multiply(daemon.state / "danvan.db", options.articles)
        daemon.start()
        acknowledged = fill_log(daemon, options.wal)
        wal = (daemon.state / "danvan.db-wal").stat().st_size / 2**20
        daemon.slowest = 0.0
        daemon.start()
        took, cpu = daemon.slowest, cpu_of(daemon)
        with daemon.client() as client:
            articles, head = client.status().articles, client.article(acknowledged).id
        print(f"{articles} articles, {(daemon.state / 'danvan.db').stat().st_size / 1e6:.0f} MB and {wal:.0f} MiB of log: "
              f"answers after {took:.2f} s ({cpu:.2f} s of CPU), article {head} is there; {time.monotonic() - began:.0f} s", flush=True)
        found = []
        if took > options.within:
            found.append(f"answers only after {took:.2f} s")
        wakes, cpu = idle(daemon, options.idle)
        print(f"idle for {options.idle:.0f} s: {wakes:.2f} wake-ups a second, {cpu:.2f} s of CPU", flush=True)
        if wakes > 1.05 or cpu > 0.02 * options.idle:
            found.append("it does not rest")
        for text in found:
            print("  " + text)
        with daemon.client() as client:
            busy, _ = idle(daemon, 3, client.ping)
        daemon.stop()
        daemon.slowest = 0.0
        daemon.prefix = ["sh", "-c", f'sleep {HELD}; exec "$@"', "sh"]
        daemon.start()
        daemon.stop()
        print(f"control, one who asks every 50 ms: {busy:.1f} wake-ups a second")
        print(f"control, a start that is held up: {daemon.slowest:.2f} s")
    sys.exit(3 if found else 0 if busy > 1 and daemon.slowest > HELD else 1)


def document(number, words=40):
    text = f"Bài {number}: " + " ".join(f"việc{number * words + n} họp bàn dân vận" for n in range(words)) + "."
    return danvan.Document(content=text.encode(), media_type="text/plain", url=f"https://x.vn/{number}")


def multiply(path, count):
    """As many articles as that, straight into the tables."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA synchronous = OFF")
        present = database.execute("SELECT count(*), max(id) FROM article").fetchone()[1]
        for table, key, fixed in (
            ("article", "id", {"identity": "randomblob(16)", "url": "'https://y.vn/' || (id + :shift)",
                               "sequence": "sequence + :shift", "day": "day + (:shift / 200) % 3000"}),
            ("event", "sequence", {"article": "article + :shift", "commit_number": "commit_number + :shift"}),
            ("fact", "article", {}), ("copy", "article", {"head": "head + :shift"}),
            ("original", "article", {}), ("sighting", "article", {}), ("part", "article", {}), ("position", "article", {}),
            ("term", "id", {"canonical": "CAST(canonical || :shift AS BLOB)"}),
        ):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info ({table})")]
            values = [f"{key} + :shift" if column == key else fixed.get(column, column) for column in columns]
            step = database.execute("SELECT max(id) FROM term").fetchone()[0] if table == "term" else present
            # A new word comes with every third article or so.
            for shift in range(step, (count // 3 if table == "term" else count), step):
                database.execute(f"INSERT INTO {table} SELECT {', '.join(values)} FROM {table} WHERE {key} <= :step",
                                 {"shift": shift, "step": step})
        database.execute("UPDATE sqlite_sequence SET seq = :count WHERE name IN ('article', 'event')", {"count": count})
    database.close()


def fill_log(daemon, size):
    """Articles handed in until the log has that many MiB, then a kill; the last that was acknowledged."""
    reader = subprocess.Popen([sys.executable, "-c", READER, daemon.state / "danvan.db"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    reader.stdout.readline()
    number = SEEDS
    with daemon.client(600) as client:
        while (daemon.state / "danvan.db-wal").stat().st_size < size << 20:
            last = client.ingest([document(n, 300) for n in range(number, number + 50)])[-1].article_id
            number += 50
    daemon.kill()
    reader.kill()
    reader.wait()
    return last


def cpu_of(daemon):
    fields = Path(f"/proc/{daemon.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def switches(daemon):
    return sum(int(line.split()[1]) for task in Path(f"/proc/{daemon.process.pid}/task").iterdir()
               for line in (task / "status").read_text().splitlines() if line.startswith("voluntary_ctxt"))


def idle(daemon, seconds, disturb=None):
    """(wake-ups a second, CPU time)"""
    # What a start has left to do is done first.
    time.sleep(0 if disturb else 5)
    cpu, before, began = cpu_of(daemon), switches(daemon), time.monotonic()
    while time.monotonic() - began < seconds:
        time.sleep(0.05 if disturb else seconds)
        if disturb:
            disturb()
    return (switches(daemon) - before) / (time.monotonic() - began), cpu_of(daemon) - cpu


if __name__ == "__main__":
    main()
