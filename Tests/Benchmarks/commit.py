#!/usr/bin/env python3
"""What group commit gains: the same articles one commit each, by many writers, and in bulk, in one run.

usage: commit.py [--articles N]

Articles of the news corpus, then their first 300 letters, go into fresh stores: by one writer that waits for
each article's answer before it sends the next (a commit an article), by 16 writers that do the same beside
each other (a commit holds what has gathered), and by dvctl ingest, which sends batches, one and four at a time.
Every answer comes after its commit is on disk (`make torture-acknowledged`). Prints articles a second and CPU
time of each.
"""
import argparse
import json
import sys
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from harness import BIN, ROOT, SHARED, Daemon, corpus, machine

sys.path.insert(0, str(ROOT / "clients/python/src"))

import danvan  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1500)
    options = parser.parse_args()
    print(f"== commit: {machine()}")
    if not (SHARED / "data/news").is_dir():
        print("skipped: no news corpus (set DANVAN_SHARED)")
        return
    articles = corpus(options.articles)[0]
    short = [{"text": a["text"][:300]} for a in articles]
    for what, texts in (("whole articles", articles), ("their first 300 letters", short)):
        alone = run("one writer, a commit an article", texts, lambda d, t: writers(d, t, 1))
        for name, load in (("16 writers, an article a request", lambda d, t: writers(d, t, 16)), ("dvctl ingest", bulk), ("dvctl ingest --jobs 4", lambda d, t: bulk(d, t, 4))):
            rate = run(name, texts, load)
            print(f"  {what}: {name}: {rate / alone:.1f} x one commit an article (bar 3)")


def run(name, articles, load):
    """Articles a second of a load into a fresh store."""
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        daemon = Daemon(Path(scratch))
        cpu, began = daemon.cpu(), time.monotonic()
        load(daemon, articles)
        took = time.monotonic() - began
        print(f"{name}: {len(articles)} articles in {took:.2f} s, {len(articles) / took:.0f}/s, daemon CPU {daemon.cpu() - cpu:.2f} s")
        daemon.stop()
        return len(articles) / took


def writers(daemon, articles, count):
    """`count` writers that each send an article and wait for its answer."""
    left = iter(articles)
    lock = threading.Lock()

    def write():
        with danvan.Client(str(daemon.socket), timeout=300) as client:
            while True:
                with lock:
                    article = next(left, None)
                if article is None:
                    return
                client.ingest(danvan.Document(content=article["text"].encode(), media_type="text/plain"))

    threads = [threading.Thread(target=write) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def bulk(daemon, articles, jobs=1):
    lines = "".join(json.dumps({"text": article["text"]}, ensure_ascii=False) + "\n" for article in articles)
    subprocess.run([BIN / "dvctl", "ingest", "--socket", daemon.socket, "--type", "jsonl", "--jobs", str(jobs), "-"], input=lines.encode(),
                   check=True, capture_output=True)


if __name__ == "__main__":
    main()
