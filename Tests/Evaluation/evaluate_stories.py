#!/usr/bin/env python3
"""Measure how articles that tell of one event are grouped, beside tf-idf.

usage: evaluate_stories.py [--background N]      (needs $DANVAN_SHARED/data/news)

The pairs of stories.json were judged by hand. Their articles and N others of the same days (500) go
through the running programs; a pair is grouped where `dvctl story` of one lists the other. Prints precision
and recall for the pairs that the weights were learned from (scripts/train/story_weights.py) and for the half
that they were not; beside them those of the cosine of tf-idf over words, with the threshold that is best for
it on the former. Exits 1 where F1 on the unseen half is below the floor, or not above tf-idf's.
"""
import argparse
import math
import re
import sys
import time
from collections import Counter

from story_pairs import NEWS, PAIRS, TRAINING, corpus, halves, serving

FLOOR = 0.80
WORD = re.compile(r"\w+")


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
    pairs = PAIRS + TRAINING
    unseen = [half == 1 for half in halves()] + [False] * len(TRAINING)
    articles = corpus(pairs, options.background)
    verdicts, took, found = [], [], {}
    with serving(articles) as stories:
        for first, second, _ in pairs:
            if first not in found:
                began = time.monotonic()
                found[first] = stories.of(first)
                took.append(time.monotonic() - began)
            verdicts.append(stories.numbers[second] in found[first])
    alike = cosines(articles, pairs)

    def part(values, wanted):
        return [value for value, is_unseen in zip(values, unseen) if is_unseen == wanted]

    best = max((x / 100 for x in range(5, 60)), key=lambda least: score(
        [x >= least for x in part(alike, False)], part(pairs, False))[2])
    print(f"{len(pairs)} pairs, {sum(p[2] for p in pairs)} of one event, among {len(articles)} articles; a story in "
          f"{sorted(took)[len(took) // 2] * 1000:.0f} ms (median, program included), of "
          f"{sum(map(len, found.values())) / len(found):.1f} articles (mean)")
    print(f"{'pairs':10} {'':14} precision  recall     F1")
    results = {}
    for name, wanted in (("learned", False), ("unseen", True)):
        for what, values in (("danvan", verdicts), (f"tf-idf ≥ {best}", [x >= best for x in alike])):
            results[name, what[:6]] = score(part(values, wanted), part(pairs, wanted))
            p, r, f1 = results[name, what[:6]]
            print(f"{name:10} {what:14} {p:9.3f} {r:7.3f} {f1:6.3f}")
    mine, peer = results["unseen", "danvan"][2], results["unseen", "tf-idf"][2]
    if mine < FLOOR or mine <= peer:
        sys.exit(f"F1 {mine:.3f} on the unseen half: the floor is {FLOOR}, tf-idf has {peer:.3f}")


if __name__ == "__main__":
    main()
