#!/usr/bin/env python3
"""Score word segmentation on the dev part of UD_Vietnamese-VTB, beside pyvi and underthesea.

usage: words.py

danvan is asked through `dvctl analyze --words`; the peers run in this process where they are installed
(PyPI: pyvi, underthesea) and are skipped with a message where not. All get the treebank's own text. A
word is right when it begins and ends with the treebank's, spaces left out of account. Fails when danvan's
F1 is under the floor in floors.json. Without the treebank it says so and passes.
"""
import json
import sys
import tempfile
import time
from pathlib import Path

import treebank
from evaluate import FLOORS, running


def main():
    path = treebank.part("dev")
    if path is None:
        print("skipped: word segmentation: no treebank (set DANVAN_SHARED to the folder that holds data/treebank)")
        return 0
    sentences = list(treebank.sentences(path))
    print(f"== words: {len(sentences)} sentences, {sum(len(words) for _, words in sentences)} words")
    figure = report("danvan", sentences, ours)
    report("single syllables", sentences, lambda texts: [text.split() for text in texts])
    report("pyvi", sentences, pyvi)
    report("underthesea", sentences, underthesea)
    floor = json.loads(FLOORS.read_text()).get("words", {}).get("F1", 0)
    if round(figure, 3) < floor:
        print(f"words F1: {figure:.3f} is under its floor {floor:.3f}")
        return 1
    return 0


def report(name, sentences, segment):
    began = time.process_time()
    try:
        found = segment([text for text, _ in sentences])
    except ImportError:
        print(f"{name:17} not installed (pip install {name})")
        return 0
    spent = time.process_time() - began
    precision, recall, f1 = treebank.score(zip((words for _, words in sentences), found))
    size = sum(len(text.encode()) for text, _ in sentences) / 1e6
    speed = f", {size / spent:.2f} MB/s with start-up" if segment in (pyvi, underthesea) else ""
    print(f"{name:17} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}{speed}")
    return f1


def ours(texts):
    """Each sentence is a line of one document."""
    with tempfile.TemporaryDirectory(prefix="danvan-words-") as scratch:
        scratch = Path(scratch)
        document = scratch / "sentences.txt"
        document.write_text("\n".join(texts) + "\n", encoding="utf-8")
        with running(scratch) as call:
            answer = json.loads(call("analyze", "--words", "--format", "json", document))
    starts, line = [0], 0
    for text in answer["text"].split("\n"):
        starts.append(starts[-1] + len(text) + 1)
    found = [[] for _ in starts]
    for word in answer["words"]:
        while word["start"] >= starts[line + 1]:
            line += 1
        found[line].append(word["text"])
    return found[:len(texts)]


def pyvi(texts):
    from pyvi import ViTokenizer
    return [[word.replace("_", " ") for word in ViTokenizer.tokenize(text).split()] for text in texts]


def underthesea(texts):
    from underthesea import word_tokenize
    return [word_tokenize(text) for text in texts]


if __name__ == "__main__":
    sys.exit(main())
