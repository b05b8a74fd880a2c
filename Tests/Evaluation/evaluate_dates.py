#!/usr/bin/env python3
"""Measure the days that articles get which come without a date, through the running programs.

usage: evaluate_dates.py [--articles N] [--seed N] [--errors N]      (needs $DANVAN_SHARED/data/news)

Of N dated articles (600) drawn at random the date is withheld. Prints how many got no day, the day within
three or sixty days of it, another one, or one of another year; and the same of a simple peer, which takes
the first day that the text writes with its year. Exits 1 where more than one in fifty got another year.
"""
import argparse
import datetime
import gzip
import json
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import evaluate

CLASSES = ("no day", "within 3 days", "within 60 days", "another day", "another year")
MOST_OF_ANOTHER_YEAR = 1 / 50
WRITTEN = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")


def sample(count, seed):
    news = evaluate.shared().parent / "data/news" if evaluate.shared() else None
    if news is None or not news.is_dir():
        return None
    dated = []
    for file in sorted(news.glob("*.jsonl.gz")):
        for line in gzip.open(file, "rt", encoding="utf-8"):
            article = json.loads(line)
            if len(article.get("date") or "") >= 10 and 600 < len(article["text"]) < 6000:
                dated.append(article)
    random.Random(seed).shuffle(dated)
    return dated[:count]


def first_written(text):
    for day, month, year in WRITTEN.findall(text):
        try:
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def found(call, file):
    date = json.loads(call("analyze", "--format", "json", file))["document"].get("date")
    return datetime.date.fromisoformat(date) if date and len(date) == 10 else None


def kind(day, published):
    if day is None:
        return "no day"
    apart = abs((day - published).days)
    if apart <= 60:
        return "within 3 days" if apart <= 3 else "within 60 days"
    return "another day" if apart < 200 else "another year"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    articles = sample(arguments.articles, arguments.seed)
    if not articles:
        print("skipped: no news corpus under DANVAN_SHARED")
        return 0
    ours, peer, errors = Counter(), Counter(), []
    scratch = Path(tempfile.mkdtemp(prefix="danvan-dates-"))
    try:
        with evaluate.running(scratch) as call:
            for article in articles:
                text, title = article["text"], article.get("title") or ""
                text = text if text.startswith(title) else title + "\n" + text
                file = scratch / "article.txt"
                file.write_text(text)
                published = datetime.date.fromisoformat(article["date"][:10])
                day = found(call, file)
                ours[kind(day, published)] += 1
                peer[kind(first_written(text), published)] += 1
                if kind(day, published) == "another year":
                    errors.append(f"{day} for {published}: {' '.join(text.split())[:120]}")
    finally:
        shutil.rmtree(scratch)
    print(f"{len(articles)} dated articles, the date withheld")
    print(f"{'':16}{'danvan':>8}{'first written':>15}")
    for name in CLASSES:
        print(f"{name:16}{ours[name]:8}{peer[name]:15}")
    for error in errors[:arguments.errors]:
        print(error)
    return 1 if ours["another year"] > MOST_OF_ANOTHER_YEAR * len(articles) else 0


if __name__ == "__main__":
    sys.exit(main())
