#!/usr/bin/env python3
"""Export and import the news corpus ($DANVAN_SHARED/data/news), beside Python's sqlite3 reading the same rows.

usage: exchange.py [--articles N]

Prints for each format of an export its wall time, both sides' CPU time and peak memory; then an import into
an empty store, and the same import again, which finds everything there.
"""
import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from harness import BIN, SHARED, Daemon, corpus, machine, memory_of


def run(daemon, *words):
    """(wall seconds, CPU of daemon and client, peak MiB of the client, last line said)."""
    before, usage, began = daemon.cpu(), os.times(), time.monotonic()
    client = subprocess.Popen(
        [BIN / "dvctl", words[0], "--socket", daemon.socket, *words[1:]], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)
    peak = 0.0
    while client.poll() is None:
        peak = max(peak, memory_of(client.pid)[2])
        time.sleep(0.02)
    took, spent = time.monotonic() - began, os.times()
    said = client.stderr.read().decode().strip().splitlines()
    assert client.returncode == 0, said
    return (took, daemon.cpu() - before,
            spent.children_user + spent.children_system - usage.children_user - usage.children_system,
            peak, said[-1])


def show(what, count, daemon, found):
    took, cpu, client, peak, said = found
    print(f"{what:18} wall {took:6.1f} s ({count / took:6.0f} articles/s), CPU daemon {cpu:5.1f} s, client {client:5.1f} s; "
          f"peak resident daemon {daemon.memory()[2]:.0f} MiB, client {peak:.0f} MiB; {said}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20000)
    options = parser.parse_args()
    print(f"== exchange: {machine()}")
    if not (SHARED / "data/news").is_dir():
        print("skipped: no news corpus (set DANVAN_SHARED)")
        return
    articles, _ = corpus(options.articles)
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        scratch = Path(scratch)
        lines = scratch / "in.jsonl"
        lines.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles))
        (scratch / "source").mkdir()
        (scratch / "target").mkdir()
        source = Daemon(scratch / "source")
        run(source, "ingest", str(lines))
        source.stop()
        # Anew, so that its peak is the export's.
        source = Daemon(scratch / "source")
        whole = scratch / "whole.jsonl"
        for what, words in (
                ("export jsonl", ["-o", str(whole)]), ("with facts", ["--facts", "-o", str(scratch / "f.jsonl")]),
                ("export sqlite", ["-o", str(scratch / "x.sqlite")]), ("export md/", ["-o", str(scratch / "md/")])):
            show(what, len(articles), source, run(source, "export", *words))
        source.stop()
        began, cpu = time.monotonic(), time.process_time()
        database = sqlite3.connect(scratch / "source/state/danvan.db")
        with (scratch / "dump.sql").open("w") as dump:
            for row in database.execute("SELECT id, title, hex(body) FROM article"):
                dump.write(repr(row) + "\n")
        print(f"Python sqlite3 reading the same rows, texts left packed: wall {time.monotonic() - began:.1f} s, "
              f"CPU {time.process_time() - cpu:.1f} s")
        target = Daemon(scratch / "target")
        show("import", len(articles), target, run(target, "import", str(whole)))
        show("import again", len(articles), target, run(target, "import", str(whole)))
        target.stop()
        print(f"jsonl {whole.stat().st_size / 1e6:.0f} MB; free on disk {shutil.disk_usage(scratch).free / 1e9:.0f} GB")


if __name__ == "__main__":
    main()
