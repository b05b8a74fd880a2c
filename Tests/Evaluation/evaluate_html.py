#!/usr/bin/env python3
"""Score the reading of saved pages, beside trafilatura and readability in the same run.

usage: evaluate_html.py            (needs $DANVAN_SHARED/data/html; lxml, trafilatura, readability-lxml)

Article pages are scored by F1 over shingles of four words, text less headline, against what
html/expected.json says by XPath; what it calls optional counts for nobody. Fronts and section pages
must be refused. Exits 1 where danvan is below a peer on an article page or takes a front.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/debug"))
PAGES = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared")) / "data/html"
SKIPPED = {"script", "style", "noscript", "svg"}
# Peers write markup and table frames of their own; only words count.
WORD = re.compile(r"\w+", re.UNICODE)
# Two readings of one text may part a word at a tag differently.
TOLERANCE = 0.005


def words(text):
    return [word.lower() for word in WORD.findall(text)]


def text_of(element, left_out):
    """The text below an element, a space where a tag stands."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED or element in left_out:
        return " "
    parts = [element.text or ""]
    for child in element:
        parts += [text_of(child, left_out), child.tail or ""]
    return " ".join(parts)


def shingles(sequence):
    return Counter(tuple(sequence[n:n + 4]) for n in range(max(1, len(sequence) - 3)))


def f1(expected, optional, title, found):
    """The headline at the top and shingles of optional parts are taken off before counting."""
    if found[:len(title)] == title:
        found = found[len(title):]
    got = shingles(found)
    want = shingles(expected)
    for free in (optional, title):
        for shingle in shingles(free):
            if shingle not in want:
                got.pop(shingle, None)
    hits = sum((got & want).values())
    precision = hits / max(1, sum(got.values()))
    recall = hits / max(1, sum(want.values()))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def expectation(page, rule):
    import lxml.html
    tree = lxml.html.parse(str(page), lxml.html.HTMLParser(encoding="utf-8")).getroot()

    def chosen(paths):
        return [element for path in paths for element in tree.xpath(path)]
    left_out, optional = set(chosen(rule["leave"])), chosen(rule["optional"])
    seen, taken = set(), []
    for element in chosen(rule["take"]):
        if any(above in seen for above in element.iterancestors()) or element in seen:
            continue
        seen.add(element)
        taken.append(text_of(element, left_out | set(optional)))
    title = " ".join(tree.xpath(rule["title"])[0].text_content().split())
    return words(" ".join(taken)), words(" ".join(text_of(e, set()) for e in optional)), title


def peers():
    import lxml.html
    import trafilatura
    from readability import Document

    def readability(html):
        return lxml.html.fromstring(Document(html).summary()).xpath("string()")

    def spaced(html):
        # Without a space at each tag its words would be glued, which is not its fault.
        return re.sub(r"<(?=[/a-z])", " <", html)
    return {
        "trafilatura": lambda html: trafilatura.extract(html, include_comments=False) or "",
        "readability": lambda html: readability(spaced(html)),
    }


def main():
    if not PAGES.is_dir():
        print("skipped: no pages (set DANVAN_SHARED)")
        return
    expected = json.loads((Path(__file__).parent / "html/expected.json").read_text())
    readers = peers()
    worse = []
    with tempfile.TemporaryDirectory(prefix="danvan-html-") as scratch:
        socket = f"{scratch}/danvand.sock"
        daemon = subprocess.Popen(
            [BIN / "danvand", "--state", f"{scratch}/state", "--socket", socket, "--rules",
             ROOT / "Sources/DanvanExtract/Resources/vi"], stderr=subprocess.DEVNULL)
        try:
            while subprocess.run([BIN / "dvctl", "ping", "--socket", socket], capture_output=True).returncode:
                if daemon.poll() is not None:
                    sys.exit("danvand ended")

            def read(page):
                run = subprocess.run(
                    [BIN / "dvctl", "analyze", "--socket", socket, "--format", "json", page],
                    capture_output=True)
                return json.loads(run.stdout) if run.returncode == 0 else None
            print(f"{'page':28} {'danvan':>8} {'trafilatura':>12} {'readability':>12}  title")
            for name, rule in expected["articles"].items():
                page = PAGES / f"{name}.html"
                want, optional, title = expectation(page, rule)
                mine = read(page) or {"text": "", "title": ""}
                body = mine["text"]
                html = page.read_text(encoding="utf-8")
                scores = {"danvan": f1(want, optional, words(title), words(body))[0]}
                for peer, extract in readers.items():
                    scores[peer] = f1(want, optional, words(title), words(extract(html)))[0]
                is_titled = words(mine.get("title") or "") == words(title)
                print(f"{name:28} {scores['danvan']:8.3f} {scores['trafilatura']:12.3f} "
                      f"{scores['readability']:12.3f}  {'found' if is_titled else 'WRONG'}")
                if scores["danvan"] + TOLERANCE < max(scores.values()) or not is_titled:
                    worse.append(name)
            for name in expected["fronts"]:
                taken = read(PAGES / f"{name}.html") is not None
                print(f"{name:28} {'TAKEN' if taken else 'refused':>8}")
                if taken:
                    worse.append(name)
        finally:
            daemon.terminate()
            daemon.wait()
    if worse:
        sys.exit("below a peer, or not as expected: " + ", ".join(worse))


if __name__ == "__main__":
    main()
