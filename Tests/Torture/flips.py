#!/usr/bin/env python3
"""Flip bytes in copies of a store, and look whether danvand ever gives out what was not handed in.

usage: flips.py [--flips N] [--seed N] [--folder DIR]

A store of articles with all their metadata, some replaced, some removed, is killed, so that part of it lies in
the WAL. Then in copies of it one random byte is changed, in the database and in the WAL in turn. danvand is
started on each and asked for all articles with their facts, for searches with facets, for the log, and to check.

Holds each time: danvand does not die of a signal; text, metadata and facts of an article, and the log, are those that
were handed in and made of them, or refused, one by one and in searches; where the damage is in the bytes of
an article, so that its text cannot be read, `check` says so, naming it or the page; and so it does of each article that
was refused or left out. After a flip in the WAL the log may end sooner. Three controls must fail: a text, a
title and facts put there by another hand with the right checksums, which no program can notice and this
one must; and a danvand that dies.
Exits with 3 when anything was violated, with 1 when a control was not noticed.
"""
import argparse
import hashlib
import random
import shutil
import signal
import sqlite3
import struct
import sys
import tempfile
import time
import zlib
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from daemon import PASSING, Daemon  # puts the Python client on the path
from store import Store

import danvan
from danvan.errors import StatusError

FILES = ("danvan.db", "danvan.db-wal")
ARTICLES = 60


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--flips", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where copies are made; memory is quickest", default="/dev/shm")
    options = parser.parse_args()
    chance, began = random.Random(options.seed), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dv-flips-", dir=options.folder) as name:
        whole = Whole(Path(name))
        trial = Trial(whole, Path(name) / "trial")
        for number in range(options.flips):
            file = FILES[number % 2]
            place = chance.randrange((whole.state / file).stat().st_size)
            trial.run(f"{file} byte {place}", lambda state: flip(state / file, place, 1 << chance.randrange(8)), file)
        print(f"{options.flips} flips ({', '.join(f'{n} {what}' for what, n in trial.outcomes.most_common())}); "
              f"{time.monotonic() - began:.0f} s; {len(trial.found)} violations", flush=True)
        for text in trial.found[:20]:
            print("  " + text)
        found, missed = list(trial.found), False
        for what, change, word in (("a text of another hand", forge_text, "gives out a text"),
                                   ("a title of another hand", forge_title, "metadata"),
                                   ("facts of another hand", forge_facts, "facts"),
                                   ("a danvand that dies", None, "signal")):
            trial.found.clear()
            trial.run(what, change or (lambda state: None), FILES[0], is_killed=change is None)
            noticed = [text for text in trial.found if word in text]
            print(f"control, {noticed[0] if noticed else what + ': not noticed'}")
            missed |= not noticed
    sys.exit(3 if found else 1 if missed else 0)


def flip(path, place, bit):
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bit]))


def forge_text(state):
    text = "Bài của một người khác.".encode()
    with forging(state) as database:
        database.execute("UPDATE article SET body = ?, sha256 = ?, text_count = ? WHERE id = 5",
                         (zlib.compress(text), hashlib.sha256(text).digest(), len(text)))
        # They point into the text.
        database.execute("UPDATE fact SET facts = x'00' WHERE article = 5")


def forge_title(state):
    with forging(state) as database:
        database.execute("UPDATE article SET title = 'Tin của một người khác' WHERE id = 5")


def forge_facts(state):
    with forging(state) as database:
        database.execute("UPDATE fact SET facts = x'00' WHERE article = 5")


@contextmanager
def forging(state):
    """The database, sealed again after what is done to it."""
    with sqlite3.connect(state / FILES[0]) as database:
        yield database
        database.create_function("danvan_seal", -1, seal)
        database.execute("""UPDATE article SET seal = danvan_seal(identity, sha256, day, sequence, ingested, rule_set,
            title, url, publisher, published, date, date_basis, source, text_count, id, fact_count, revision, revised,
            language)""")
        database.execute("UPDATE fact SET seal = danvan_seal(article, facts)")
    database.close()


def seal(*values):
    """CRC-32 of the values, each behind its type as SQLite numbers it and its length, or as its eight bytes."""
    checksum = 0
    for value in values:
        rest = b""
        if value is None:
            kind, number = 5, 0
        elif isinstance(value, int):
            kind, number = 1, value & 0xFFFF_FFFF_FFFF_FFFF
        else:
            rest = value.encode() if isinstance(value, str) else value
            kind, number = 3 if isinstance(value, str) else 4, len(rest)
        checksum = zlib.crc32(rest, zlib.crc32(struct.pack("<QQ", kind, number), checksum))
    return checksum


class Whole:
    """The store before any damage, and what danvand says of it then."""

    def __init__(self, folder):
        self.state = folder / "whole"
        daemon = Daemon(folder, state=self.state)
        daemon.start()
        with daemon.client() as client:
            for number in range(ARTICLES):
                client.ingest([document(number, 0)])
                # Half-way what there is goes into the database: what comes later stays in the WAL.
                if number == ARTICLES // 2:
                    daemon.stop()
                    daemon.start()
                    client.close()
                    client = daemon.client()
            # Of a log that is cut, what was told before is right, too.
            self.former = self.asked(client)
            client.ingest([document(number, 1) for number in (3, 40, 50)])
            client.delete([2, 10, 45])
            self.articles = self.asked(client)
        daemon.kill()
        (self.state / "danvan.db-shm").unlink()
        copied = folder / "copied"
        shutil.copytree(self.state, copied)
        self.log = [(sequence, article) for sequence, _, article, _ in Store(copied / FILES[0]).log]

    def asked(self, client):
        return {hit.article.id: told(client, hit.article.id) for hit in client.hits("")}


def document(number, revision):
    chance = random.Random(number * 2 + revision)
    words = "Chủ tịch UBND tỉnh Nguyễn Văn An họp bàn chỉ đạo Sở Nội vụ về dân vận khéo trước ngày 12/5/2021".split()
    text = f"Bài {number}.{revision}. " + ". ".join(" ".join(chance.choices(words, k=20)) for _ in range(30)) + "."
    return danvan.Document(content=text.encode(), media_type="text/plain", url=f"https://x.vn/{number}",
                           title=f"Tin số {number} dân vận", source="Báo Mây Ngàn", published="2021-05-12")


def told(client, article):
    """(text, metadata, facts) as danvand gives them out; the error's name where it refuses."""
    try:
        found = client.article(article)
    except StatusError as error:
        return error.name
    return found.body, metadata(found), repr(found.facts)


def metadata(article):
    return (article.id, article.title, article.url, article.publisher, article.published, article.revision,
            article.ingested)


class Trial:
    """Damaged copies, one after the other, and what became of them."""

    def __init__(self, whole, folder):
        self.whole, self.folder = whole, folder
        self.outcomes, self.found = Counter(), []

    def run(self, what, damage, file, is_killed=False):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        state = self.folder / "state"
        shutil.copytree(self.whole.state, state)
        damage(state)
        unreadable, self.gone, self.refused = self.unreadable(state), [], set()
        daemon = Daemon(self.folder)
        daemon.launch()
        status = daemon.wait_until_ready()
        faults, found = None, []
        if status is None:
            try:
                faults = self.ask(daemon, file, found)
            except PASSING as error:
                found.append(f"broke off: {error!r}")
            if is_killed:
                daemon.process.send_signal(signal.SIGSEGV)
            status = daemon.stop()
        self.outcomes[f"{file}: " + ("not opened" if faults is None else "found by check" if faults else "nothing found")] += 1
        if status < 0:
            found.append(f"danvand died of signal {-status}: {daemon.log.read_text()[-300:]}")
        if faults == [] and self.gone:
            found.append(f"articles {self.gone} are gone, and check says nothing")
        missing = (unreadable | self.refused) - {fault.article_id for fault in faults or []}
        if faults is not None and missing and not any(fault.article_id == 0 for fault in faults):
            found.append(f"check says nothing of articles {sorted(missing)}")
        self.found += [f"{what}: {text}" for text in found]

    def unreadable(self, state):
        """Articles whose text cannot be read, as SQLite alone sees it."""
        copied = self.folder / "seen"
        shutil.copytree(state, copied)
        try:
            store = Store(copied / FILES[0])
        except (sqlite3.DatabaseError, TypeError, ValueError, OverflowError):
            return set()
        return {int(text.split()[1].rstrip(":")) for text in store.faults if text.endswith("fails its checksum")}

    def right(self, article, file):
        """What may be told of an article; of a log that is cut, also what was told before."""
        states = [self.whole.articles] + [self.whole.former] * (file != FILES[0])
        return [state[article] for state in states if article in state]

    def ask(self, daemon, file, found):
        """Everything; what `check` finds."""
        with daemon.client() as client:
            for article, whole in self.whole.articles.items():
                answer = told(client, article)
                if isinstance(answer, str):
                    # In a shorter log there may not be as many.
                    if answer != "NOT_FOUND":
                        self.refused.add(article)
                    elif file == FILES[0]:
                        self.gone.append(article)
                    continue
                for what, told_now, *right in zip(("a text", "metadata", "facts"), answer, *self.right(article, file)):
                    if told_now not in right:
                        found.append(f"gives out {what} of article {article} that nobody handed in")
            for query in ("dan van", "kind:directive", 'person:"Nguyễn Văn An"', "during:2021"):
                try:
                    page = client.query(query, limit=50, facets=["person", "org", "year"])
                except StatusError:
                    continue
                for hit in page.hits:
                    if metadata(hit.article) not in [right[1] for right in self.right(hit.article.id, file)]:
                        found.append(f"finds article {hit.article.id} with metadata that nobody handed in")
            try:
                page = client.events(cursor="start", max_events=1000)
                log = [(int(e.cursor.rsplit(".", 1)[1]), e.article_id) for e in page.events]
                if log != self.whole.log[:len(log)] or file == FILES[0] and len(log) < len(self.whole.log):
                    found.append("the log is another one")
            except StatusError:
                pass
            try:
                faults = client.check()
            except StatusError as error:
                # A check that cannot go on has noticed.
                faults = [danvan.messages.CheckFault(reason=error.message)]
            return faults


if __name__ == "__main__":
    main()
