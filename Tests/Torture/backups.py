#!/usr/bin/env python3
"""Back danvand up again and again while many write, and open every copy.

usage: backups.py [--backups N] [--seed N] [--within SECONDS]

Holds of each copy: integrity_check says ok (also that of a newer SQLite, where Python's apsw is installed); its log is
the beginning of the whole log and ends between two commits; everything is in it that was acknowledged before it
was asked for; its texts are those that were sent, with their facts and events. Every 20th is put in the place
of a store, and danvand's own check finds nothing in it.
Controls, which must be noticed: a plain copy of the database file, and a copy that lacks its last event.
Exits with 3 when anything was violated, with 1 when a control was not noticed.
"""
import argparse
import shutil
import sqlite3
import sys
import time

from daemon import Daemon, running
from store import Store
from workload import seen, under_load

try:
    import apsw
except ImportError:
    apsw = None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backups", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with running("backup") as daemon:
        folder, copies = daemon.folder, []

        def act(work):
            while not work.record.acknowledged:
                time.sleep(0.01)
            with daemon.client() as client:
                for number in range(options.backups):
                    path = folder / f"copy-{number}.db"
                    copies.append((path, newest(work)))
                    path.write_bytes(b"".join(client.backup()))
                # What has not yet been taken from the WAL into the file is missing in this one.
                plain = folder / "plain.db"
                copies.append((plain, newest(work)))
                shutil.copy(daemon.state / "danvan.db", plain)

        work, log, _, found = under_load(daemon, act, seed=options.seed)
        log = [(number, continues) for number, _, _, continues in log]
        plain = copies.pop()
        for path, acknowledged in copies:
            found += [f"{path.name}: {text}" for text in faults(path, acknowledged, log)]
        for path, _ in copies[::20]:
            found += [f"{path.name}: {text}" for text in restored(path, folder / "restored")]
        versions = sqlite3.sqlite_version + (f" and {apsw.sqlite_lib_version()}" if apsw else "; apsw is not installed")
        size = copies[-1][0].stat().st_size / 1e6
        print(f"{len(copies)} backups of up to {size:.1f} MB while {seen(work.record)}; looked at by SQLite {versions}; "
              f"{time.monotonic() - began:.0f} s; {len(found)} violations", flush=True)
        for text in found[:20]:
            print("  " + text)
        lacking, acknowledged = copies[-1]
        with sqlite3.connect(lacking) as database:
            database.execute("DELETE FROM event WHERE sequence = (SELECT max(sequence) FROM event)")
        database.close()
        missed = False
        for what, path in (("a plain copy of the file", plain[0]), ("a copy that lacks its last event", lacking)):
            noticed = faults(path, plain[1] if path == plain[0] else acknowledged, log)
            print(f"control, {what}: {noticed[0] if noticed else 'not noticed'}")
            missed |= not noticed
    sys.exit(3 if found else 1 if missed else 0)


def newest(work):
    with work.record.lock:
        return max(entry[0] for entry in work.record.acknowledged)


def faults(path, acknowledged, log):
    try:
        store = Store(path)
    except sqlite3.DatabaseError as error:
        return [repr(error)]
    found = list(store.faults)
    if store.head < acknowledged:
        found.append(f"event {acknowledged} was acknowledged before, the newest is {store.head}")
    if [row[0] for row in store.log] != [number for number, _ in log[:len(store.log)]]:
        found.append("the log is not the beginning of the whole one")
    elif store.log and log[len(store.log) - 1][1]:
        found.append(f"the log ends within a commit, at {store.head}")
    if apsw:
        found += newer_sqlite(path)
    return found


def newer_sqlite(path):
    """integrity_check of the SQLite that apsw brings: it looks at the full-text indexes, too."""
    database = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        # The tokenizers are danvand's own; the index's structure can be looked at without them.
        for name in ("danvan", "danvan_names"):
            database.register_fts5_tokenizer(name, lambda connection, arguments: lambda text, reason, locale: [])
        database.create_scalar_function("danvan_inflate", lambda body, count: "")
        return [f"a newer SQLite: {row[0]}" for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"][:3]
    finally:
        database.close()


def restored(path, folder):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "state").mkdir(parents=True)
    shutil.copy(path, folder / "state/danvan.db")
    daemon = Daemon(folder)
    daemon.start()
    with daemon.client() as client:
        found = [f"check: {fault.reason}" for fault in client.check()]
    daemon.stop()
    return found


if __name__ == "__main__":
    main()
