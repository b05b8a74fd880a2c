"""Reads UD_Vietnamese-VTB (CC BY-SA 4.0; not part of the project) and scores word segmentation on it."""
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def part(name):
    """The file of a part (`train`, `dev`) under $DANVAN_SHARED, else ../shared; None where absent."""
    folder = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared"))
    path = folder / f"data/treebank/vi_vtb-ud-{name}.conllu"
    return path if path.is_file() else None


def sentences(path):
    """Yields (text, words) of each sentence; the text is the words parted by spaces where none is given."""
    text, words = None, []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# text ="):
            text = line[len("# text ="):].strip()
        elif line and not line.startswith("#"):
            number, form = line.split("\t")[:2]
            if number.isdigit():
                words.append(form)
        elif not line and words:
            yield text or " ".join(words), words
            text, words = None, []


def spans(words):
    """Words as ranges of the sentence's visible characters, so that spaces do not count."""
    ranges, start = set(), 0
    for word in words:
        end = start + len("".join(word.split()))
        ranges.add((start, end))
        start = end
    return ranges


def score(pairs):
    """(precision, recall, F1) of words over pairs of (gold, found)."""
    right = gold = found = 0
    for wanted, got in pairs:
        wanted, got = spans(wanted), spans(got)
        right, gold, found = right + len(wanted & got), gold + len(wanted), found + len(got)
    return right / found, right / gold, 2 * right / (gold + found)
