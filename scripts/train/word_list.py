#!/usr/bin/env python3
"""Writes words/list.tsv: the words that pyvi finds in a corpus of news, graded by how often.

usage: word_list.py CORPUS-FOLDER TARGET

Needs pyvi 0.1.1 (PyPI). For every sequence of two to five syllables that pyvi joins at least twice in
the corpus (*.jsonl.gz, one article a line with a `text`): the share of its occurrences in which pyvi
joins it, as a grade of 1 to 6. The occurrences of a longer sequence are counted as those of its rarest
pair of neighbours.
"""
import gzip
import json
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from pyvi import ViTokenizer

from spelling import TOKEN, key

LEAST = 2
GRADES = [0.1, 0.3, 0.6, 0.8, 0.93]


def main(corpus, target):
    joined, spellings, pairs = Counter(), {}, Counter()
    for path in sorted(Path(corpus).glob("*.jsonl.gz")):
        for line in gzip.open(path, "rt", encoding="utf-8"):
            text = unicodedata.normalize("NFC", json.loads(line)["text"]).replace("_", " ")
            keys = [key(t) for t in TOKEN.findall(text)]
            pairs.update(zip(keys, keys[1:]))
            for paragraph in filter(str.strip, text.split("\n")):
                for word in ViTokenizer.tokenize(paragraph).lower().split():
                    syllables = word.split("_")
                    if 2 <= len(syllables) <= 5 and all(map(str.isalpha, syllables)):
                        keys = tuple(map(key, syllables))
                        joined[keys] += 1
                        spellings.setdefault(keys, Counter())[" ".join(syllables)] += 1
    rows = []
    for keys, count in joined.items():
        if count >= LEAST:
            occurrences = max(count, min(pairs[pair] for pair in zip(keys, keys[1:])))
            grade = 1 + sum(count / occurrences >= limit for limit in GRADES)
            spelling = min(spellings[keys].items(), key=lambda x: (-x[1], x[0]))[0]
            rows.append(f"{spelling}\t{grade}")
    head = [
        "# source: words that pyvi 0.1.1 joins at least twice in 20,322 Vietnamese news articles of 2008 to"
        " 2025; written by scripts/train/word_list.py",
        "# licence: Apache-2.0; pyvi is MIT-licensed, Copyright (c) Viet-Trung Tran; the articles are not"
        " part of the project",
        "# date: 2026-11-28",
        "# columns: word, grade",
        "# note: grade 1 to 6: the word is written joined in under 10, 30, 60, 80, 93 per cent of its"
        " occurrences, or in more.",
    ]
    body = sorted(rows, key=lambda row: row.encode())
    Path(target).write_text("\n".join(head + body) + "\n", encoding="utf-8")
    print(f"{target}: {len(rows)} words")


if __name__ == "__main__":
    main(*sys.argv[1:])
