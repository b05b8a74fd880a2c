#!/usr/bin/env python3
"""Kills danvand in the middle of a schema upgrade and lets its writes fail, and checks what is left each time.

usage: upgrade.py [--every N] [--schemas N,N]

A store of each of the schemas (Tests/Schemas) is opened by danvand under strace. In a run without a fault the
calls that write, sync, rename or remove are counted until it serves. Then there is a run for each of them in which
it is killed there, and one in which the disk is full there (ENOSPC). --every N takes every Nth.

Holds after each: the file is the old store or the new one, whole, never between; where it is the old one after a
full disk, danvand has ended with 73 and left no copy; a copy that is there is the old store; a start after that
upgrades, and `dvctl check` finds nothing. At last the store lies on a disk that is really full: danvand refuses
with 73, and the file is byte for byte as it was. Two controls, a store between two schemas and one with another
text, must be noticed. Exits with 3 when anything is not so.
"""
import argparse
import gzip
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from daemon import BIN, ROOT, RULES  # also puts the Python client on the path

import danvan

SCHEMAS = ROOT / "Tests/Schemas"
NEWEST = max(int(p.name.split("-")[1].split(".")[0]) for p in SCHEMAS.glob("schema-*.db.gz"))
CALLS = "pwrite64,fdatasync,fsync,ftruncate,rename,unlink"
NO_ROOM = 73


def contents(folder, name):
    """The schema of a store, and a digest of its articles, or why it cannot be read. Leaves the files alone."""
    with tempfile.TemporaryDirectory(prefix="dv-look-") as scratch:
        for suffix in ("", "-wal"):
            if (folder / (name + suffix)).exists():
                shutil.copy(folder / (name + suffix), Path(scratch) / (name + suffix))
        try:
            db = sqlite3.connect(Path(scratch) / name)
            schema = db.execute("PRAGMA user_version").fetchone()[0]
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                return schema, "pages are damaged"
            columns = {row[1] for row in db.execute("PRAGMA table_info(correction)")}
            if bool(columns) != (schema >= 10):
                return schema, "the tables are not those of the schema"
            # Not what a rebuild of the facts may have begun to change.
            rows = db.execute("SELECT id, hex(sha256), title, ingested FROM article ORDER BY id").fetchall()
            rows += db.execute("SELECT sequence, kind, article, time FROM event WHERE sequence <= 8 ORDER BY 1").fetchall()
            rows += db.execute("SELECT hex(body) FROM article ORDER BY id").fetchall()
            db.close()
            return schema, hashlib.sha256(repr(rows).encode()).hexdigest()
        except sqlite3.Error as error:
            return -1, str(error)


class Upgrade:
    """One start of danvand on a fresh store of a schema."""

    def __init__(self, folder, schema):
        self.folder, self.state, self.schema = folder, folder / "state", schema
        self.socket = str(folder / "d.sock")
        self.state.mkdir()
        with gzip.open(SCHEMAS / f"schema-{schema}.db.gz") as packed:
            (self.state / "danvan.db").write_bytes(packed.read())

    def run(self, *tracer):
        """Starts it, and ends it once it serves; the exit status, None where it served."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*tracer, BIN / "danvand", "--state", self.state, "--socket", self.socket, "--rules", RULES], stderr=log)
        began = time.monotonic()
        while process.poll() is None:
            if time.monotonic() - began > 120:
                # Now and then strace waits for ever for a thread that was killed; without it the thread ends.
                process.kill()
                return process.wait()
            try:
                with danvan.Client(self.socket) as client:
                    client.ping(timeout=60)
                self.check = subprocess.run(
                    [BIN / "dvctl", "check", "--socket", self.socket], capture_output=True, text=True)
                # strace passes the signal on only to itself.
                pid = client_pid(self.socket)
                os.kill(pid, 15)
                process.wait()
                return None
            except danvan.DanvanError:
                time.sleep(0.01)
        return process.returncode

    def copies(self):
        return sorted(p.name for p in self.state.glob("danvan.db.schema-*"))

    def faults(self, before, status=None):
        """What is wrong after a start that ended with `status` by a fault; then it is started anew."""
        found = []
        schema, digest = contents(self.state, "danvan.db")
        if (schema, digest) not in (before, (NEWEST, before[1])):
            found.append(f"the store is neither the old nor the new one: schema {schema}, {digest}")
        if status == NO_ROOM and schema == self.schema and self.copies():
            found.append(f"copies are left: {self.copies()}")
        for copy in self.copies():
            if contents(self.state, copy) != before:
                found.append(f"{copy} is not the old store")
        if schema == NEWEST and not self.copies():
            found.append("there is no copy of the old store")
        if self.run() is not None:
            return found + ["danvand does not start: " + (self.folder / "log").read_text()[-500:]]
        if self.check.returncode != 0:
            found.append("check: " + self.check.stdout + self.check.stderr)
        if contents(self.state, "danvan.db") != (NEWEST, before[1]):
            found.append("the next start did not upgrade it")
        left = sorted(p.name for p in self.state.iterdir() if p.name.startswith("backup-"))
        return found + ([f"left behind: {left}"] if left else [])


def client_pid(socket):
    with danvan.Client(socket) as client:
        return client.status().pid


def places(schema):
    """The calls of the thread that upgrades, by name, with their numbers."""
    with tempfile.TemporaryDirectory(prefix="dv-upgrade-") as name:
        upgrade = Upgrade(Path(name), schema)
        trace = Path(name) / "trace"
        before = contents(upgrade.state, "danvan.db")
        if upgrade.run("strace", "-f", "-qq", "-o", trace, "-e", f"trace={CALLS}") is not None:
            raise SystemExit((upgrade.folder / "log").read_text())
        lines = [line.split(None, 1) for line in trace.read_text().splitlines()]
        first = lines[0][0]
        calls = Counter(what.split("(")[0] for thread, what in lines if thread == first and "(" in what)
        return before, [(call, number) for call in sorted(calls) for number in range(1, calls[call] + 1)]


def full_disk(schema):
    """Opens the store on a small file system of its own that has no room for a copy; what is wrong with that."""
    script = f"""
mount -t tmpfs -o size=$SIZE none $T && cp $T.db $T/danvan.db && : >$T/lock && sync
before=$(sha256sum <$T/danvan.db)
{BIN}/danvand --state $T --socket $T.sock --rules {RULES} 2>$T.log; code=$?
[ "$before" = "$(sha256sum <$T/danvan.db)" ] && [ ! -s $T/danvan.db-wal ] && echo same $code $(ls $T)
"""
    with tempfile.TemporaryDirectory(prefix="dv-full-") as name:
        disk = Path(name) / "disk"
        disk.mkdir()
        with gzip.open(SCHEMAS / f"schema-{schema}.db.gz") as packed:
            data = packed.read()
        Path(f"{disk}.db").write_bytes(data)
        done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True,
                              env=dict(os.environ, T=str(disk), SIZE=str(len(data) + 65536)))
        if "mount" in done.stderr or "unshare" in done.stderr:
            print(f"skipped: a disk that is really full: {done.stderr.strip()}")
            return []
        words = done.stdout.split()
        if words[:2] != ["same", str(NO_ROOM)] or any("schema" in w or "backup" in w for w in words):
            log = Path(f"{disk}.log")
            return [f"schema {schema}, full disk: {done.stdout} {done.stderr} {log.read_text() if log.exists() else ''}"]
        print(f"full disk: refused with {NO_ROOM}: " + Path(f"{disk}.log").read_text().strip().splitlines()[-1])
        return []


def controls():
    """Stores that are not as they should be; what was not noticed."""
    missed = []
    for what, statement in (("a store between two schemas", f"PRAGMA user_version = {NEWEST}"),
                            ("another text", "UPDATE article SET body = x'00' WHERE id = 2")):
        with tempfile.TemporaryDirectory(prefix="dv-control-") as name:
            upgrade = Upgrade(Path(name), 9)
            before = contents(upgrade.state, "danvan.db")
            db = sqlite3.connect(upgrade.state / "danvan.db")
            db.execute(statement)
            db.commit()
            db.close()
            if contents(upgrade.state, "danvan.db") in (before, (NEWEST, before[1])):
                missed.append(f"control: {what} was not noticed")
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--schemas", default=",".join(str(n) for n in (1, 9) if n < NEWEST))
    options = parser.parse_args()
    began, found, killed, refused, spared = time.monotonic(), controls(), 0, Counter(), 0
    for schema in map(int, options.schemas.split(",")):
        before, all_places = places(schema)
        chosen = all_places[::options.every]
        print(f"schema {schema}: {len(all_places)} calls, {len(chosen)} taken", flush=True)
        for call, number in chosen:
            for fault in ("signal=KILL", "error=ENOSPC"):
                with tempfile.TemporaryDirectory(prefix="dv-upgrade-") as name:
                    upgrade = Upgrade(Path(name), schema)
                    status = upgrade.run("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                                         "-e", f"inject={call}:{fault}:when={number}")
                    where = f"schema {schema}, {call} {number}, {fault}"
                    if fault == "signal=KILL":
                        killed += status is not None
                        spared += status is None
                        # strace ends as its child does, by the signal.
                        found += [f"{where}: {text}" for text in upgrade.faults(before)]
                    else:
                        refused[status] += 1
                        if status is not None and status < 0:
                            found.append(f"{where}: ended by signal {-status}")
                        found += [f"{where}: {text}" for text in upgrade.faults(before, status)]
        found += full_disk(schema)
    print(f"{killed} kills, {spared} that no thread came to; full disk: "
          + ", ".join(f"{n} ended with {s}" if s is not None else f"{n} went on" for s, n in refused.items())
          + f"; {time.monotonic() - began:.0f} s; {len(found)} violations")
    for text in found[:20]:
        print("  " + text)
    sys.exit(3 if found else 0)


if __name__ == "__main__":
    main()
