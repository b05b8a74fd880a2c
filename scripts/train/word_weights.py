#!/usr/bin/env python3
"""Writes words/weights.tsv: trains the word segmenter on the training part of UD_Vietnamese-VTB.

usage: word_weights.py LIST TARGET

An averaged perceptron with Viterbi decoding (Collins 2002) over the gaps between tokens; the features
are those of Sources/DanvanText/Words/WordFeature.swift. Deterministic: the order of sentences comes
from a seeded generator. Prints the score on the dev part, which is never trained on.
"""
import random
import sys
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests/Evaluation"))
import treebank
from spelling import key, shape, tokens

ROUNDS = 8
SEED = 1


def read_list(path):
    rows = (line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line[0] != "#")
    return {tuple(map(key, word.split(" "))): int(grade) for word, grade in rows}


def example(text, words):
    """The sentence's tokens, and for each gap between two whether it is inside a word (1) or not (0)."""
    cut, ends, end = tokens(unicodedata.normalize("NFC", text)), set(), 0
    for word in words:
        end += len("".join(unicodedata.normalize("NFC", word).split()))
        ends.add(end)
    labels, end = [], 0
    for token, _ in cut[:-1]:
        end += len(token)
        labels.append(0 if end in ends else 1)
    return cut, labels


def features(cut, grades):
    """The features of each gap, as (name, value) pairs written as the file writes them."""
    keys = [key(t) for t, _ in cut]
    shapes = ["none"] + [shape(t) for t, _ in cut] + ["none"]
    pairs, covers = [0] * (len(cut) + 1), [0] * len(cut)
    for start in range(len(cut)):
        for length in range(2, 6):
            grade = grades.get(tuple(keys[start:start + length]), 0) if start + length <= len(cut) else 0
            if grade and length == 2:
                pairs[start + 1] = grade
            elif grade:
                for gap in range(start, start + length - 1):
                    covers[gap] = max(covers[gap], grade)
    rows = []
    for gap in range(len(cut) - 1):
        (b, _), (c, spaced) = cut[gap], cut[gap + 1]
        b, c = b.lower(), c.lower()
        a, s1, s2, d = shapes[gap:gap + 4]
        left, pair, right = pairs[gap:gap + 3]
        cover, space = covers[gap], int(spaced)
        rows.append([
            ("left", b), ("right", c), ("left-shape", f"{b} {s2}"), ("right-shape", f"{c} {s1}"),
            ("shapes2", f"{s1} {s2} {space}"), ("shapes3-left", f"{a} {s1} {s2} {space}"),
            ("shapes3-right", f"{s1} {s2} {d} {space}"), ("shapes4", f"{a} {s1} {s2} {d} {space}"),
            ("pair", f"{pair}"), ("pair-shapes", f"{s1} {s2} {pair}"), ("pair-left", f"{pair} {left}"),
            ("pair-right", f"{pair} {right}"), ("pair-both", f"{pair} {left} {right}"),
            ("cover", f"{cover}"), ("cover-pair", f"{cover} {pair}"),
            ("cover-shapes", f"{s1} {s2} {cover}"),
        ])
    return [[(name, spelled(name, value)) for name, value in row] for row in rows]


SPELLINGS = {}


def spelled(name, value):
    """One spelling for all spellings of a syllable: the first one met."""
    if name not in ("left", "right", "left-shape", "right-shape"):
        return value
    syllable, *rest = value.split(" ")
    return " ".join([SPELLINGS.setdefault(key(syllable), syllable), *rest])


def decode(gaps, weights):
    """The best labels of the gaps, by Viterbi."""
    get = weights.get
    step = [[get(("transition", f"{a} {b}"), 0) for b in (0, 1)] for a in (0, 1)]
    parted, joined, back = 0.0, -1e9, []
    for gap in gaps:
        score = sum(get(feature, 0.0) for feature in gap)
        to_parted = (parted + step[0][0], joined + step[1][0])
        to_joined = (parted + step[0][1], joined + step[1][1])
        back.append((int(to_parted[1] > to_parted[0]), int(to_joined[1] > to_joined[0])))
        parted, joined = max(to_parted), max(to_joined) + score
    labels, state = [], int(joined > parted)
    for choice in reversed(back):
        labels.append(state)
        state = choice[state]
    return labels[::-1]


def train(examples):
    """Averaged weights: the mean over all sentences of what the weights were after each."""
    weights, sums, time = {}, {}, 1

    def change(feature, by):
        weights[feature] = weights.get(feature, 0) + by
        sums[feature] = sums.get(feature, 0) + by * time

    order = random.Random(SEED)
    for _ in range(ROUNDS):
        order.shuffle(examples)
        for gaps, labels in examples:
            found = decode(gaps, weights)
            before, found_before = 0, 0
            for gap, label, guess in zip(gaps, labels, found):
                if label != guess:
                    for feature in gap:
                        change(feature, 1 if label else -1)
                if (before, label) != (found_before, guess):
                    change(("transition", f"{before} {label}"), 1)
                    change(("transition", f"{found_before} {guess}"), -1)
                before, found_before = label, guess
            time += 1
    return {feature: weight - sums[feature] / time for feature, weight in weights.items()}


def main(words, target):
    grades = read_list(words)
    examples = [example(*sentence) for sentence in treebank.sentences(treebank.part("train"))]
    weights = train([(features(cut, grades), labels) for cut, labels in examples])
    head = [
        "# source: trained on the training part of UD_Vietnamese-VTB (Universal Dependencies; VietTreeBank by"
        " Nguyen Phuong Thai and others; conversion by Thang Nguyen and others) by scripts/train/word_weights.py",
        "# licence: CC BY-SA 4.0, as the treebank; what was changed: only weights are here, no sentence",
        "# date: 2026-11-28",
        "# columns: feature, value, weight",
        "# note: features are those of WordFeature.swift; a value is syllables, shapes, small numbers; a"
        " weight in thousandths speaks for joining the two tokens round a gap.",
    ]
    rows = {f"{name}\t{value}\t{round(weight * 1000)}" for (name, value), weight in weights.items()
            if round(weight * 1000)}
    Path(target).write_text(
        "\n".join(head + sorted(rows, key=str.encode)) + "\n", encoding="utf-8")
    print(f"{target}: {len(rows)} weights")
    pairs = []
    for text, gold in treebank.sentences(treebank.part("dev")):
        cut, _ = example(text, gold)
        found = [cut[0][0]]
        for (token, _), label in zip(cut[1:], decode(features(cut, grades), weights)):
            if label:
                found[-1] += token
            else:
                found.append(token)
        pairs.append((gold, found))
    print("dev part, before the rule for numbers: precision %.4f, recall %.4f, F1 %.4f" % treebank.score(pairs))


if __name__ == "__main__":
    main(*sys.argv[1:])
