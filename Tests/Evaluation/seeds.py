#!/usr/bin/env python3
"""Score key phrases, topics, bodies and positions on the two articles annotated in full detail.

usage: seeds.py

Key phrases: how many of the annotated ones are among the first fifteen, letters folded, beside YAKE
(PyPI) where it is installed. Bodies: of the mentions of bodies that danvan finds and that the article's
own anchors name more fully, how many get that name. Without the annotations it says so and passes.
"""
import json
import os
import sys
import tempfile
import unicodedata
from pathlib import Path

from evaluate import ROOT, running

sys.path.insert(0, str(ROOT / "scripts/train"))
from spelling import key, tokens

FIRST = 15


def folded(text):
    return " ".join(key(token) for token, _ in tokens(unicodedata.normalize("NFC", text)))


def main():
    shared = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared"))
    path = shared / "eval/seeds-detailed.json"
    if not path.is_file():
        print("skipped: key phrases and bodies: no eval/seeds-detailed.json")
        return 0
    gold = json.loads(path.read_text())
    with tempfile.TemporaryDirectory(prefix="danvan-seeds-") as scratch, running(Path(scratch)) as call:
        for document in gold["documents"]:
            file = shared / "data/seeds" / document["file"]
            found = json.loads(call("analyze", "--format", "json", file))
            wanted = {folded(phrase) for phrase in document["key_phrases"]}
            print(f"== {document['file']}")
            phrases("danvan", wanted, [x["text"] for x in found["key_phrases"]])
            phrases("YAKE", wanted, yake(file.read_text()))
            print("topics      " + "; ".join(x["name"] for x in found["topics"]))
            print("annotated   " + "; ".join(x["canon"] for x in document["topics"]))
            bodies(gold["entities"], document["mentions"], found["mentions"])
            for x in found["positions"]:
                print(f"position    {x['person']}: {x['role']}, {x.get('body')} ({x.get('date')})")
    return 0


def phrases(name, wanted, found):
    if found is not None:
        hits = wanted & {folded(phrase) for phrase in found[:FIRST]}
        print(f"key phrases {name}: {len(hits)} of {len(wanted)}")


def yake(text):
    try:
        from yake import KeywordExtractor
    except ImportError:
        print("key phrases YAKE: not installed (pip install yake)")
        return None
    return [phrase for phrase, _ in KeywordExtractor(lan="vi", n=4, top=FIRST).extract_keywords(text)]


def bodies(entities, annotated, found):
    """Mentions whose annotated entity has a longer name than the mention itself."""
    names = {(x["start"], x["end"]): x.get("name", x["text"]) for x in found if x["type"] == "ORG"}
    asked = right = wrong = 0
    for mention in annotated:
        place, entity = (mention["b"], mention["e"]), entities.get(mention.get("entity") or "", {})
        full = entity.get("name")
        if mention["type"] != "ORG" or place not in names or not full:
            continue
        if folded(full).startswith(folded(mention["text"]) + " "):
            asked += 1
            right += folded(names[place]) == folded(full)
            wrong += folded(names[place]) not in (folded(full), folded(mention["text"]))
    print(f"bodies      {right} of {asked} short forms resolved, {wrong} wrongly")


if __name__ == "__main__":
    sys.exit(main())
