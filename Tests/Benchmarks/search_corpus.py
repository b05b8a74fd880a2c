"""The articles and queries of the search benchmark, by seed."""
import json
import random
import re
import unicodedata
from collections import Counter

from harness import corpus


def articles(count, seed):
    """The real articles, then copies with their sentences in another order and some words exchanged."""
    base, _ = corpus(20_000)
    random_ = random.Random(seed)
    words = re.findall(r"\S+", " ".join(a["text"] for a in base[:400]))
    for number in range(count):
        article = base[number % len(base)]
        if number < len(base):
            yield article
            continue
        sentences = re.split(r"(?<=[.!?…])\s+", article["text"])
        random_.shuffle(sentences)
        text = " ".join(sentences).split(" ")
        for _ in range(len(text) // 20):
            text[random_.randrange(len(text))] = random_.choice(words)
        year = 2008 + random_.randrange(18)
        yield {**article, "text": " ".join(text), "url": None,
               "date": f"{year}-{random_.randrange(1, 13):02}-{random_.randrange(1, 29):02}"}


def write_jsonl(path, items):
    with path.open("w", encoding="utf-8") as file:
        for a in items:
            kept = {k: a[k] for k in ("title", "text", "date", "url", "publisher") if a.get(k)}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")


def plain(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


def queries(count, seed):
    """Of each class so many, by seed, from real text."""
    base, _ = corpus(20_000)
    random_ = random.Random(seed)
    frequency, texts = Counter(), []
    for a in random_.sample(base, 4_000):
        words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", a["text"]).lower())
        texts.append(words)
        frequency.update(set(words))
    ranked = [w for w, _ in frequency.most_common() if len(w) > 1]
    middle = [w for w in ranked if 0.02 < frequency[w] / 4_000 < 0.2]
    phrases = []
    while len(phrases) < count:
        words = random_.choice(texts)
        at = random_.randrange(max(1, len(words) - 3))
        phrase = words[at:at + random_.choice((2, 2, 3))]
        if len(phrase) > 1 and all(frequency[w] >= 20 for w in phrase):
            phrases.append(phrase)
    pick = lambda words: random_.sample(words, min(count, len(words)))
    rare = pick([w for w in ranked if frequency[w] == 2])
    one = pick(middle)
    return {
        "one": one,
        "common": pick(ranked[:60]),
        "and": [f"{a} {b}" for a, b in zip(pick(middle), pick(middle))],
        "phrase": ['"' + " ".join(p) + '"' for p in phrases],
        "one, plain": [plain(w) for w in one],
        "phrase, plain": ['"' + plain(" ".join(p)) + '"' for p in phrases],
        "prefix": [plain(w)[:random_.choice((2, 3))] + "*" for w in pick(middle)],
        "rare": rare,
    }
