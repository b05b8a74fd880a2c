#!/usr/bin/env python3
"""Flip bytes in copies of a store, and look whether danvand ever gives out what was not handed in.

usage: flips.py [--flips N] [--seed N] [--folder DIR]

A store of articles with all their metadata, some replaced, some removed, is killed, so that part of it lies in
the WAL. Then in copies of it one random byte is changed, in the database and in the WAL in turn. danvand is
started on each and asked for all articles with their facts, for searches with facets, for the log, and to check.

Holds each time: danvand does not die of a signal; a text is the one that was handed in, or refused; where the
damage is in the bytes of an article, so that its text cannot be read, `check` says so, naming it or the
page; after a flip in the WAL the log is the beginning of the whole one. What has no checksum of its own is counted:
metadata and facts that differ, and whether `check` noticed. Two controls must fail: a text and its checksum put there
by another hand, which no program can notice and this one must; and a danvand that dies.
Exits with 3 when anything was violated, with 1 when a control was not noticed.
"""
import argparse
import hashlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import zlib
from collections import Counter
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
        for what, change, word in (("a text of another hand", forge, "gives out"), ("a danvand that dies", None, "signal")):
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


def forge(state):
    with sqlite3.connect(state / FILES[0]) as database:
        text = "Bài của một người khác.".encode()
        database.execute("UPDATE article SET body = ?, sha256 = ?, text_count = ? WHERE id = 5",
                         (zlib.compress(text), hashlib.sha256(text).digest(), len(text)))
        # They point into the text.
        database.execute("DELETE FROM fact WHERE article = 5")
    database.close()


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
            # Of a log that is cut, the former texts are right, too.
            former = self.asked(client)
            client.ingest([document(number, 1) for number in (3, 40, 50)])
            client.delete([2, 10, 45])
            self.articles = self.asked(client)
            self.texts = {text for text, _, _ in [*former.values(), *self.articles.values()]}
        daemon.kill()
        (self.state / "danvan.db-shm").unlink()
        copied = folder / "copied"
        shutil.copytree(self.state, copied)
        self.log = Store(copied / FILES[0]).log

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
    metadata = (found.id, found.title, found.url, found.publisher, found.published, found.revision, found.ingested)
    return found.body, metadata, repr(found.facts)


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
        unreadable, self.gone = self.unreadable(state), []
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
        missing = unreadable - {fault.article_id for fault in faults or []}
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

    def ask(self, daemon, file, found):
        """Everything; what `check` finds."""
        with daemon.client() as client:
            differing = Counter()
            for article, whole in self.whole.articles.items():
                answer = told(client, article)
                if isinstance(answer, str):
                    # In a shorter log there may not be as many.
                    if answer == "NOT_FOUND" and file == FILES[0]:
                        self.gone.append(article)
                    continue
                text, metadata, facts = answer
                if text not in self.whole.texts or file == FILES[0] and text != whole[0]:
                    found.append(f"gives out a text of article {article} that nobody handed in")
                elif file == FILES[0]:
                    differing["metadata that differ"] += metadata != whole[1]
                    differing["facts that differ"] += facts != whole[2]
            for query in ("dan van", "kind:directive", 'person:"Nguyễn Văn An"', "during:2021"):
                try:
                    client.query(query, limit=50, facets=["person", "org", "year"])
                except StatusError:
                    pass
            try:
                page = client.events(cursor="start", max_events=1000)
                log = [(int(e.cursor.rsplit(".", 1)[1]), e.article_id) for e in page.events]
                if file != FILES[0] and log != [row[::2][:2] for row in self.whole.log][:len(log)]:
                    found.append("the log is not the beginning of the whole one")
            except StatusError:
                pass
            try:
                faults = client.check()
            except StatusError as error:
                # A check that cannot go on has noticed.
                faults = [danvan.messages.CheckFault(reason=error.message)]
            for what, count in differing.items():
                if count:
                    self.outcomes[f"{what}, {'noticed' if faults else 'not noticed'}"] += 1
            return faults


if __name__ == "__main__":
    main()
