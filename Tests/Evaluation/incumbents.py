#!/usr/bin/env python3
"""Are those whom danvan names as holders of a post, by other articles, the right ones?

usage: incumbents.py [--articles N] [--asked SHARE] [--seed N] [--show N]

Takes the articles of the news corpus ($DANVAN_SHARED/data/news) whose day is stated, and stores all but a share of
them, chosen by --seed. What these say of a post and its holder is asked of that store: an article of that day that
names the post alone orders something, and danvan says who held it, or nobody. Prints how many were asked and
answered, and each answer that is another name than the article's, for a person to judge: articles name holders of
times long past, and names are misspelled and misread. --show lists so many answers, whatever they are. Skips where
the corpus is absent.
"""
import argparse
import random
import sys
import tempfile
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Benchmarks"))
from harness import ROOT, SHARED, Daemon, corpus  # noqa: E402

sys.path.insert(0, str(ROOT / "clients/python/src"))
from danvan import Client, text_document  # noqa: E402

ASKING = "{post} yêu cầu các sở báo cáo kết quả trước ngày mai.\n\nTin số {number}.\n"


def plain(name):
    name = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in name if c.isalnum() or c == " ")


def same(a, b):
    """One name: alike without marks, or one the end of the other."""
    a, b = plain(a), plain(b)
    return a == b or a.endswith(" " + b) or b.endswith(" " + a)


def wording(position):
    """Office and body as one reads them; `Trưởng ban` and `ban Dân vận` share a syllable."""
    if not position.body:
        return position.role
    first, *rest = position.body.split(" ")
    if rest and position.role.split(" ")[-1].lower() == first.lower():
        return position.role + " " + " ".join(rest)
    return position.role + " " + position.body


def document(item):
    return text_document(item["text"], title=item.get("title"), published=item["date"][:10])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--asked", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=300)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    if not (SHARED / "data/news").is_dir():
        print("skipped: no news corpus (set DANVAN_SHARED)")
        return 0
    items = [item for item in corpus(options.articles)[0] if len(item.get("date") or "") >= 10]
    random_ = random.Random(options.seed)
    random_.shuffle(items)
    with tempfile.TemporaryDirectory(prefix="danvan-incumbents-") as scratch:
        daemon = Daemon(Path(scratch))
        try:
            return judge(Client(str(daemon.socket)), items, random_, options)
        finally:
            daemon.stop()


def judge(client, items, random_, options):
    stored = len(items) - int(len(items) * options.asked)
    client.ingest([document(item) for item in items[:stored]])
    asked = {}
    for item in items[stored:]:
        for position in client.analyze(document(item)).facts.positions:
            # Of one word are short forms, and what was taken for a name.
            if " " in position.person:
                asked[(wording(position), item["date"][:10], position.person)] = item
    questions = [
        text_document(ASKING.format(post=post[:1].upper() + post[1:], number=number), published=day)
        for number, (post, day, _) in enumerate(asked)
    ]
    results = client.ingest(questions)
    answers = []
    for (post, day, person), result in zip(asked, results):
        for found in client.article(result.article_id, text=False).incumbents:
            answers.append((post, day, person, found))
    right = [answer for answer in answers if same(answer[2], answer[3].name)]
    others = len(items) - stored
    print(f"{stored} articles stored, {len(asked)} posts of {others} others asked, seed {options.seed}")
    print(f"{len(answers)} answers, {len(right)} of them the article's own name")
    for answer in answers:
        if answer not in right:
            tell("another name", answer)
    for answer in random_.sample(answers, min(options.show, len(answers))):
        tell("answer", answer)
    return 0


def tell(what, answer):
    post, day, person, found = answer
    sources = ", ".join(source.date for source in found.sources)
    print(f"  {what}: {day} {post}: {found.name} (seen {sources}; {found.articles} articles); the article: {person}")


if __name__ == "__main__":
    sys.exit(main())
