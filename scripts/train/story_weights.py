#!/usr/bin/env python3
"""Learn the weights by which two articles are taken for one story.

usage: story_weights.py WEIGHTS.tsv        (needs $DANVAN_SHARED/data/news and the built programs)

Writes the weights into a file whose head is there already. Logistic regression with a ridge penalty, by
Newton's method, on the standardised agreements that `dvctl story --with` tells of the judged pairs: those of
`training`, and the half of `pairs` that `make eval-stories` does not report. `least` is where F1 on the
pairs that were learned from is best, in steps of 0.05.
"""
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Evaluation"))
from story_pairs import NEWS, PAIRS, TRAINING, corpus, halves, serving  # noqa: E402

FEATURES = ["text", "headline", "persons", "places", "times", "days"]
# The farthest that steps of a story go; what lies farther apart is no member anyway.
MOST_DAYS = 5
RIDGE = 1.0


def solve(matrix, right):
    """Gauss with pivots."""
    size = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda r: abs(rows[r][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for other in range(size):
            if other != at:
                factor = rows[other][at] / rows[at][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at])]
    return [rows[at][size] / rows[at][at] for at in range(size)]


def logistic(rows, labels):
    """Weights of the standardised columns, the constant last."""
    weights = [0.0] * (len(rows[0]) + 1)
    rows = [row + [1.0] for row in rows]
    penalty = [RIDGE] * (len(weights) - 1) + [0.0]
    for _ in range(50):
        odds = [1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row)))) for row in rows]
        slope = [sum(row[k] * (label - p) for row, label, p in zip(rows, labels, odds))
                 - penalty[k] * weights[k] for k in range(len(weights))]
        curve = [[sum(row[i] * row[k] * p * (1 - p) for row, p in zip(rows, odds))
                  + (penalty[i] if i == k else 0) for k in range(len(weights))]
                 for i in range(len(weights))]
        step = solve(curve, slope)
        weights = [w + s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-9:
            break
    return weights


def f1(odds, labels, least):
    hits = sum(1 for p, label in zip(odds, labels) if label and p >= least)
    return 2 * hits / max(1, sum(p >= least for p in odds) + sum(labels))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not NEWS.is_dir():
        print("the weights stay: they need news articles (set DANVAN_SHARED)")
        return
    learned = TRAINING + [pair for pair, half in zip(PAIRS, halves()) if half == 0]
    with serving(corpus(PAIRS + TRAINING, 500)) as stories:
        values = [stories.compare(a, b) for a, b, _ in learned]
    labels = [1 if pair[2] else 0 for pair in learned]
    columns = [[min(v[name], MOST_DAYS) if name == "days" else v[name] for v in values]
               for name in FEATURES]
    means = [sum(c) / len(c) for c in columns]
    spreads = [math.sqrt(sum((x - m) ** 2 for x in c) / len(c)) or 1 for c, m in zip(columns, means)]
    rows = [[(c[at] - m) / s for c, m, s in zip(columns, means, spreads)] for at in range(len(labels))]
    weights = logistic(rows, labels)
    odds = [1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row + [1.0])))) for row in rows]
    least = max((step / 20 for step in range(6, 17)), key=lambda at: (f1(odds, labels, at), at))
    found = {name: w / s for name, w, s in zip(FEATURES, weights, spreads)}
    found["bias"] = weights[-1] - sum(w * m / s for w, m, s in zip(weights, means, spreads))
    found["least"] = least
    path = Path(sys.argv[1])
    head = [line for line in path.read_text().splitlines() if line.startswith("#")]
    path.write_text("\n".join(head + [f"{n}\t{found[n]:.4g}" for n in sorted(found)]) + "\n")
    print(f"{len(labels)} pairs, {sum(labels)} of one event; F1 on them {f1(odds, labels, least):.3f} from {least} on")


if __name__ == "__main__":
    main()
