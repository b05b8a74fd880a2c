#!/usr/bin/env python3
"""Measure how copies of one text are grouped, through the running programs.

usage: evaluate_copies.py [--articles N]      (needs $DANVAN_SHARED/data/news)

Of N articles (150) that are no copies of one another, five kinds of copy are made: another source line,
another headline, three of ten sentences dropped, NFD, and the other placement of tones. Prints the share of copies in the group
of their article, and the pairs of the N that were grouped without being copies. Exits 1 below a bar.
"""
import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/debug"))
NEWS = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared")) / "data/news"
BARS = {"source line": 0.99, "headline": 0.99, "cut": 0.95, "nfd": 0.99, "tones": 0.99}
TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé",
         "ủy": "uỷ", "úy": "uý", "ùy": "uỳ", "ụy": "uỵ"}


def sample(count):
    """The first articles of the corpus of 1,000 characters or more, no title twice."""
    articles, titles = [], set()
    for file in sorted(NEWS.glob("*.jsonl.gz")):
        for line in gzip.open(file, "rt", encoding="utf-8"):
            article = json.loads(line)
            if len(article["text"]) >= 1000 and article.get("title") not in titles:
                titles.add(article.get("title"))
                articles.append(article)
                if len(articles) == count:
                    return articles
    return articles


def copies(article, chance):
    text, title = article["text"], article.get("title") or ""
    sentences = re.split(r"(?<=[.!?…])\s+", text)
    kept = sorted(chance.sample(range(len(sentences)), max(1, round(len(sentences) * 0.7))))
    moved = re.sub(
        r"\b(\w*?)(" + "|".join(TONES) + r")\b", lambda m: m[1] + TONES[m[2]], text)
    return {
        "source line": (title, text + "\nTheo Báo Thử Nghiệm"),
        "headline": ("Một nhan đề khác của tòa soạn khác", text),
        "cut": (title, " ".join(sentences[i] for i in kept)),
        "nfd": (title + " (2)", unicodedata.normalize("NFD", text)),
        "tones": (title + " (3)", moved),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=150)
    options = parser.parse_args()
    if not NEWS.is_dir():
        print("skipped: no news corpus (set DANVAN_SHARED)")
        return
    chance = random.Random(7)
    articles = sample(options.articles)
    rows = [("own", a.get("title"), a["text"]) for a in articles]
    rows += [(kind, *copy) for a in articles for kind, copy in copies(a, chance).items()]
    with tempfile.TemporaryDirectory(prefix="danvan-copies-") as scratch:
        socket = f"{scratch}/danvand.sock"
        daemon = subprocess.Popen(
            [BIN / "danvand", "--state", f"{scratch}/state", "--socket", socket, "--rules",
             ROOT / "Sources/DanvanExtract/Resources/vi"], stderr=subprocess.DEVNULL)

        def call(*arguments, **more):
            return subprocess.run(
                [BIN / "dvctl", arguments[0], "--socket", socket, *arguments[1:]],
                capture_output=True, text=True, **more)
        try:
            while call("ping").returncode:
                if daemon.poll() is not None:
                    sys.exit("danvand ended")
            lines = "".join(
                json.dumps({"title": title, "text": text}) + "\n" for _, title, text in rows)
            began = time.monotonic()
            done = call("ingest", "-", "--type", "jsonl", "--format", "ndjson", input=lines)
            print(f"{len(rows)} documents in {time.monotonic() - began:.1f} s")
            ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
            groups = {}
            after = []
            while True:
                page = json.loads(call(
                    "query", "--all", "--limit", "1000", "--format", "json", *after).stdout)
                for hit in page["hits"]:
                    groups[hit["id"]] = set(hit.get("copies", []))
                if "next" not in page:
                    break
                after = ["--after", page["next"]]
        finally:
            daemon.terminate()
            daemon.wait()
    count = len(articles)
    own = ids[:count]
    kinds = list(BARS)
    found = {kind: 0 for kind in kinds}
    for number, identifier in enumerate(ids[count:]):
        source = own[number // len(kinds)]
        if identifier == source or identifier in groups[source]:
            found[kinds[number % len(kinds)]] += 1
    failed = False
    for kind in kinds:
        recall = found[kind] / count
        failed |= recall < BARS[kind]
        print(f"{kind:12} {recall:6.3f}  (bar {BARS[kind]})")
    false = sum(1 for i, a in enumerate(own) for b in own[i + 1:] if b in groups[a])
    print(f"{false} false pairs of {count * (count - 1) // 2}")
    if failed or false:
        sys.exit("below the bar")


if __name__ == "__main__":
    main()
