#!/usr/bin/env python3
"""Try a trained tagger on the decision "is this an event of the article", beside the rules.

usage: event_tagger.py [--folds N] [--epochs N]

Takes every naming of an event that the engine found or gave up as too light (`dvctl analyze
--explain --trace`) in the gold articles that are not held out, trains an averaged perceptron on
all folds but one, and prints F1 on the fold it has not seen: of the rules, of the tagger, and of
the tagger that also knows what the rules decided. Folds are of whole articles; the order of
training is fixed, so the figures come out the same each time. Nothing is written.
"""
import argparse
import hashlib
import json
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import evaluate


def overlap(a, b):
    inner = min(a[1], b[1]) - max(a[0], b[0])
    return inner / (max(a[1], b[1]) - min(a[0], b[0])) if inner > 0 else 0.0


def candidates(call, text_file, hint):
    """(span in scalars, kept by the rules, what it weighed) of one article."""
    published = ["--published", hint] if hint else []
    told = json.loads(call("analyze", "--explain", "--trace", "--format", "json", text_file, *published))
    data = text_file.read_bytes()

    def span(x):
        return tuple(len(data[:x[end]].decode()) for end in ("byte_start", "byte_end"))
    for x in told["found"]:
        if x["kind"] == "EVENT":
            yield span(x), True, "kept", x["rule"]
    for x in told["given_up"]:
        weight = re.search(r"weighs (-?\d+)", x["reason"])
        if x["kind"] == "EVENT" and weight:
            yield span(x), False, weight[1], x["rule"]


def features(text, span, rule):
    """What stands in and around a naming, as words: its head, its neighbours, its place and shape."""
    start, end = span
    words = re.findall(r"\w+|[^\w\s]", text[start:end].lower())
    before = re.findall(r"\w+|[^\w\s]", text[max(0, start - 60):start].lower())[-3:]
    after = re.findall(r"\w+|[^\w\s]", text[end:end + 40].lower())[:2]
    opening = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "? ", "! ")) + 1
    closing = min((i for mark in (". ", "\n") if (i := text.find(mark, end)) >= 0), default=len(text))
    sentence = text[opening:closing]
    head = " ".join(words[:2])
    yield "bias"
    yield "rule " + rule
    yield "head " + head
    yield "first " + words[0]
    yield "before " + " ".join(before[-1:])
    yield "before2 " + " ".join(before[-2:])
    yield "before3 " + " ".join(before)
    yield "after " + " ".join(after[:1])
    yield "after2 " + " ".join(after)
    yield "length %d" % min(len(words) // 3, 6)
    yield "paragraph %d" % min(text[:start].count("\n"), 3)
    yield "place %d" % (4 * start // max(1, len(text)))
    if re.search(r"\d{1,2}\s?[-/.]\s?\d{1,2}", sentence):
        yield "day in sentence"
    if re.search(r"\b[IVX]+\b|\b(thứ|khóa|lần)\s+\w+", text[start:end]):
        yield "numbered"
    if text[start].isupper():
        yield "capital"
    yield "again %d" % min(3, text.lower().count(head) - 1)


class Perceptron:
    """Averaged, with the order of the examples fixed."""

    def __init__(self, examples, epochs):
        weights, totals, stamps, now = defaultdict(float), defaultdict(float), defaultdict(int), 0
        for _ in range(epochs):
            for names, is_event in examples:
                now += 1
                if (sum(weights[n] for n in names) > 0) != is_event:
                    for n in names:
                        totals[n] += (now - stamps[n]) * weights[n]
                        stamps[n] = now
                        weights[n] += 1 if is_event else -1
        self.weights = {n: (totals[n] + (now - stamps[n]) * w) / max(1, now) for n, w in weights.items()}

    def says(self, names):
        return sum(self.weights.get(n, 0) for n in names) > 0


def f1(found, extra, missed):
    return 2 * found / max(1, 2 * found + extra + missed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=10)
    options = parser.parse_args()
    folder = evaluate.shared()
    if folder is None:
        print("skipped: no gold articles (set DANVAN_SHARED to the folder that holds eval/gold)")
        return 0
    articles = []
    with tempfile.TemporaryDirectory(prefix="danvan-tagger-") as scratch, evaluate.running(Path(scratch)) as call:
        for text_file in sorted((folder / "gold").glob("*.txt")):
            if evaluate.held_out(text_file.stem):
                continue
            gold = json.loads(text_file.with_suffix("").with_suffix(".gold.json").read_text())
            text = text_file.read_text()
            core, other = [], []
            for event in gold["events"]:
                is_core = event.get("tier") != "optional" and event.get("status") != "background"
                (core if is_core else other).append((event["start"], event["end"]))
            rows = []
            for span, kept, weight, rule in candidates(call, text_file, gold.get("hint")):
                if any(overlap(span, o) >= 0.5 for o in other):
                    continue
                match = next((c for c in core if overlap(span, c) >= 0.5), None)
                rows.append((list(features(text, span, rule)), kept, weight, match))
            fold = int(hashlib.md5(text_file.stem.encode()).hexdigest(), 16) // 3 % options.folds
            articles.append((fold, len(core), rows))
    print(f"{len(articles)} articles, {sum(a[1] for a in articles)} events, "
          f"{sum(len(a[2]) for a in articles)} candidates")
    totals = defaultdict(lambda: [0, 0, 0])
    for fold in range(options.folds):
        def examples(with_rules):
            return [(x + (["weighs " + w] if with_rules else []), m is not None)
                    for f, _, rows in articles if f != fold for x, _, w, m in rows]
        alone, informed = (Perceptron(examples(k), options.epochs) for k in (False, True))
        deciders = {"rules": lambda x, kept, w: kept, "tagger": lambda x, kept, w: alone.says(x),
                    "tagger and rules": lambda x, kept, w: informed.says(x + ["weighs " + w])}
        for name, decide in deciders.items():
            found = extra = missed = 0
            for f, count, rows in articles:
                if f == fold:
                    chosen = [m for x, kept, w, m in rows if decide(x, kept, w)]
                    hits = len({m for m in chosen if m})
                    found += hits
                    extra += len(chosen) - hits
                    missed += count - hits
            for i, n in enumerate((found, extra, missed)):
                totals[name][i] += n
            print(f"fold {fold} {name:17} F1 {f1(found, extra, missed):.3f}  found {found} extra {extra} missed {missed}")
    for name, (found, extra, missed) in totals.items():
        print(f"all    {name:17} F1 {f1(found, extra, missed):.3f}  found {found} extra {extra} missed {missed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
