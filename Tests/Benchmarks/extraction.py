#!/usr/bin/env python3
"""Speed and memory of extraction on one core, beside underthesea's NER and pyvi in the same run.

usage: extraction.py [--articles N] [--peer-articles N]

In MB/s of CPU time: news articles, a text laid out as a law at four lengths, and one line without a
space at four lengths, of which the last is 10 MB: where time is linear, the figures of one kind are
alike. The peers are read from $PEER_PYTHON, warm, and skipped with a message where they are not
installed; they read the first articles of the same list.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import BIN, ROOT, RULES, SHARED, Daemon, corpus, machine

PROGRAM = ROOT / ".build-bench/release/extraction-bench"
LAW = 745_000
LINE = 10_000_000
PEERS = {
    "underthesea NER": "from underthesea import ner as read",
    "pyvi, words and parts of speech":
        "from pyvi import ViTokenizer, ViPosTagger\n"
        "read = lambda text: ViPosTagger.postagging(ViTokenizer.tokenize(text))",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--peer-articles", type=int, default=60)
    options = parser.parse_args()
    print(f"== extraction: {machine()}")
    articles = news(options.articles)
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        engine(articles, Path(scratch))
        through_the_daemon(articles, Path(scratch))
    for name, load in PEERS.items():
        peer(name, load, articles[:options.peer_articles])


def news(limit):
    if (SHARED / "data/news").is_dir():
        return [a["text"] for a in corpus(limit)[0]]
    print("no news corpus (set DANVAN_SHARED): the samples stand in for it, over and over")
    samples = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "samples").glob("*.txt"))]
    return (samples * (limit // len(samples) + 1))[:limit]


def law(articles, size):
    """Numbered articles and clauses, cut at `size` UTF-8 bytes."""
    lines = (line.strip() for text in articles for line in text.splitlines() if line.strip())
    made, count = [], 0
    for number, line in enumerate(lines, 1):
        made.append(f"Điều {number // 4 + 1}. {line}" if number % 4 == 0 else f"{number % 4}. {line}")
        count += len(made[-1].encode()) + 1
        if count >= size:
            break
    return cut("\n".join(made), size)


def line_without_a_space(articles, size):
    word = "".join("".join(text.split()) for text in articles[:50])
    return cut(word * (size // len(word.encode()) + 1), size)


def cut(text, size):
    return text.encode()[:size].decode(errors="ignore")


def engine(articles, folder):
    kinds = {f"{len(articles):,} news articles": articles}
    for part in (8, 4, 2, 1):
        kinds[f"a law of {LAW // part // 1000} KB"] = [law(articles, LAW // part)]
    for part in (8, 4, 2, 1):
        kinds[f"a line without a space, {LINE / part / 1e6:.2f} MB"] = [
            line_without_a_space(articles, LINE // part)]
    paths = []
    for texts in kinds.values():
        paths.append(folder / f"{len(paths)}.texts")
        paths[-1].write_bytes(b"\0".join(t.encode() for t in texts))
    done = subprocess.run([PROGRAM, RULES, *paths], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"extraction-bench failed: {done.stderr.strip()}")
    rules, *rows = map(json.loads, done.stdout.splitlines())
    print(f"rules loaded in {rules['load']:.2f} s of CPU, {rules['rules'] / (1 << 20):.1f} MiB resident")
    for kind, row in zip(kinds, rows):
        print(f"{kind:40} {row['bytes'] / row['cpu'] / 1e6:8.2f} MB/s   {row['cpu']:6.2f} s")


def through_the_daemon(articles, folder):
    """What a caller of the daemon sees: one document as long as one may be."""
    path = folder / "long.txt"
    path.write_text(cut("\n".join(articles), 3_000_000), encoding="utf-8")
    daemon = Daemon(folder)
    before = daemon.cpu()
    done = daemon.call("analyze", path, "--format", "json")
    spent = daemon.cpu() - before
    daemon.stop()
    if done.returncode:
        print(f"dvctl analyze failed: {done.stderr.decode().strip()}")
    else:
        print(f"{'dvctl analyze of 3 MB, daemon':40} {3 / spent:8.2f} MB/s   {spent:6.2f} s")


def peer(name, load, articles):
    """Reads the articles once to warm up on the first, then all of them, in a process of its own."""
    program = load + """
import json, sys, time
articles = json.load(sys.stdin)
read(articles[0])
began = time.process_time()
for article in articles: read(article)
print(time.process_time() - began)
"""
    python = os.environ.get("PEER_PYTHON", sys.executable)
    done = subprocess.run(
        [python, "-c", program], input=json.dumps(articles), capture_output=True, text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"})
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        print(f"{name:40} skipped: {last}")
        return
    spent = float(done.stdout.splitlines()[-1])
    size = sum(len(a.encode()) for a in articles)
    print(f"{name:40} {size / spent / 1e6:8.3f} MB/s   {spent:6.2f} s  ({len(articles)} articles)")


if __name__ == "__main__":
    main()
