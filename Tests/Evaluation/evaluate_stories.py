#!/usr/bin/env python3
"""Measure how articles that tell of one event are grouped, beside tf-idf.

usage: evaluate_stories.py [--background N]      (needs $DANVAN_SHARED/data/news)

The pairs of stories.json were judged by hand. Their articles and N others of the same days (500) go
through the running programs; a pair is grouped where `dvctl story` of one lists the other. Prints precision
and recall over the pairs, for two halves of them, of which danvan's threshold was tuned on neither; beside
them those of the cosine of tf-idf over words, with the threshold that is best for it on the first half.
Exits 1 where F1 on the other half is below the bar.
"""
import argparse
import gzip
import hashlib
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/debug"))
NEWS = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared")) / "data/news"
BAR = 0.80
WORD = re.compile(r"\w+")


def corpus(pairs, background):
    """The articles of the pairs, and others of the days nearest to theirs, in the order of the days."""
    articles = {}
    for file in sorted(NEWS.glob("*.jsonl.gz")):
        for line in gzip.open(file, "rt", encoding="utf-8"):
            article = json.loads(line)
            if article.get("date"):
                articles.setdefault(article["id"], article)
    wanted = {name for pair in pairs for name in pair[:2]}
    days = {date.fromisoformat(articles[name]["date"]).toordinal() for name in wanted}

    def apart(name):
        day = date.fromisoformat(articles[name]["date"]).toordinal()
        return min(abs(day - other) for other in range(day - 4, day + 5) if other in days)

    near = [name for name in articles if name not in wanted
            and any(date.fromisoformat(articles[name]["date"]).toordinal() + step in days
                    for step in range(-4, 5))]
    near.sort(key=lambda name: (apart(name), hashlib.md5(name.encode()).digest()))
    chosen = wanted | set(near[:background])
    return sorted((articles[name] for name in chosen), key=lambda a: (a["date"], a["id"]))


def stories(articles, pairs):
    """Whether each pair is in one story, and how long asking took."""
    with tempfile.TemporaryDirectory(prefix="danvan-stories-") as scratch:
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
                json.dumps({"title": a.get("title"), "text": a["text"], "date": a["date"]}) + "\n"
                for a in articles)
            done = call("ingest", "-", "--type", "jsonl", "--format", "ndjson", input=lines)
            numbers = {a["id"]: json.loads(line).get("id")
                       for a, line in zip(articles, done.stdout.splitlines())}
            found, times, verdicts = {}, [], []
            for first, second, _ in pairs:
                if first not in found:
                    began = time.monotonic()
                    answer = json.loads(
                        call("story", str(numbers[first]), "--format", "json").stdout)
                    times.append(time.monotonic() - began)
                    found[first] = {one["id"] for one in answer["articles"]} | {
                        copy for one in answer["articles"] for copy in one.get("copies", [])}
                verdicts.append(numbers[second] in found[first])
            return verdicts, sorted(times)[len(times) // 2]
        finally:
            daemon.terminate()
            daemon.wait()


def cosines(articles, pairs):
    words = {a["id"]: Counter(WORD.findall(f"{a.get('title') or ''} {a['text']}".lower()))
             for a in articles}
    counts = Counter(word for bag in words.values() for word in bag)
    vectors = {}
    for name, bag in words.items():
        vector = {w: (1 + math.log(n)) * math.log(len(words) / counts[w]) for w, n in bag.items()}
        norm = math.sqrt(sum(x * x for x in vector.values())) or 1
        vectors[name] = {w: x / norm for w, x in vector.items()}
    return [sum(x * vectors[b].get(w, 0) for w, x in vectors[a].items()) for a, b, _ in pairs]


def score(verdicts, pairs):
    hits = sum(1 for verdict, pair in zip(verdicts, pairs) if verdict and pair[2])
    precision = hits / max(1, sum(verdicts))
    recall = hits / max(1, sum(pair[2] for pair in pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--background", type=int, default=500)
    options = parser.parse_args()
    if not NEWS.is_dir():
        print("skipped: no news corpus (set DANVAN_SHARED)")
        return
    pairs = json.loads((Path(__file__).parent / "stories.json").read_text())["pairs"]
    articles = corpus(pairs, options.background)
    verdicts, median = stories(articles, pairs)
    alike = cosines(articles, pairs)
    halves = {"first half": 0, "second half": 1}

    def half(values, number):
        return [value for place, value in enumerate(values) if place % 2 == number]

    best = max((x / 100 for x in range(5, 60)), key=lambda least: score(
        [x >= least for x in half(alike, 0)], half(pairs, 0))[2])
    print(f"{len(pairs)} pairs, {sum(p[2] for p in pairs)} of one event, among {len(articles)} articles; "
          f"a story in {median * 1000:.0f} ms (median, program included)")
    print(f"{'half':10} {'':14} precision  recall     F1")
    for name, number in halves.items():
        for what, values in (("danvan", verdicts), (f"tf-idf ≥ {best}", [x >= best for x in alike])):
            p, r, f1 = score(half(values, number), half(pairs, number))
            print(f"{name:10} {what:14} {p:9.3f} {r:7.3f} {f1:6.3f}")
    if score(half(verdicts, 1), half(pairs, 1))[2] < BAR:
        sys.exit(f"below the bar of {BAR}")


if __name__ == "__main__":
    main()
