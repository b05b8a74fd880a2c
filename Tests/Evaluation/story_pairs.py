"""The judged pairs of stories.json, and a daemon that holds their articles among others of the same days."""
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/debug"))
NEWS = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared")) / "data/news"
GOLD = json.loads((Path(__file__).parent / "stories.json").read_text())
PAIRS, TRAINING = GOLD["pairs"], GOLD["training"]


def halves():
    """For each of PAIRS 0 (learned from) or 1 (not): pairs that share an article are in one half."""
    parent = {}

    def root(name):
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name
    for first, second, _ in PAIRS:
        parent[root(first)] = root(second)
    smallest = {}
    for name in parent:
        smallest[root(name)] = min(name, smallest.get(root(name), name))
    return [hashlib.md5(smallest[root(pair[0])].encode()).digest()[-1] % 2 for pair in PAIRS]


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


class Stories:
    def __init__(self, call, numbers):
        self.call = call
        self.numbers = numbers

    def of(self, name):
        """The numbers of the articles of a story, copies included."""
        answer = json.loads(self.call("story", str(self.numbers[name]), "--format", "json").stdout)
        return {one["id"] for one in answer["articles"]} | {
            copy for one in answer["articles"] for copy in one.get("copies", [])}

    def compare(self, first, second):
        """What speaks for one story of two articles: {feature: value}."""
        done = self.call("story", str(self.numbers[first]), "--with", str(self.numbers[second]),
                         "--format", "json")
        return {row["feature"]: row["value"] for row in json.loads(done.stdout)["features"]}


@contextmanager
def serving(articles):
    """A daemon that has taken the articles in."""
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
            yield Stories(call, {
                a["id"]: json.loads(line).get("id")
                for a, line in zip(articles, done.stdout.splitlines())})
        finally:
            daemon.terminate()
            daemon.wait()
