#!/usr/bin/env python3
"""Fill the disk under danvand again and again, make it read-only and let it fail, and look how it recovers.

usage: disks.py [--rounds N] [--size MIB] [--seed N]

The state lies on a small tmpfs in a mount namespace of our own (which needs root; else this is skipped). In each
round a ballast file leaves a little room or none; articles are handed in until the disk is full, with a
watcher beside them, then the ballast goes. Then a disk that is read-only, and one that fails, for a while, are
played by strace; and danvand is started where its state is read-only.

Holds: what cannot be stored is refused with RESOURCE_EXHAUSTED (on a read-only or failing disk with an
error that says so), and nothing of it is there; searches, reads and the watcher go on meanwhile; with room again the
next request is taken, within a second (within --within); what was acknowledged is there in the end, after a kill, each
event once; a start on a read-only disk is refused with exit status 77.
Two controls must be noticed: a disk that stays full, and an acknowledged article that is gone.
Exits with 3 when anything was violated, with 1 when a control was not noticed.
"""
import argparse
import logging
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from daemon import PASSING, Daemon, end, trace  # puts the Python client on the path

import danvan
from danvan.errors import DanvanError, FailedPrecondition, Internal, ResourceExhausted, StatusError, Unavailable

WRITES = "pwrite64,ftruncate,write,fdatasync,fsync"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, default=1.0)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.inside:
        command = ["unshare", "-m", "--propagation", "private"]
        if subprocess.run([*command, "true"], stderr=subprocess.DEVNULL).returncode != 0:
            print("skipped: only root may mount a small disk")
            return
        sys.exit(subprocess.run([*command, sys.executable, *sys.argv, "--inside"]).returncode)
    # The watcher's client tells when danvand is away.
    logging.disable()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dv-disk-") as name:
        scene = Scene(Path(name), options)
        try:
            scene.open()
            for _ in range(options.rounds):
                scene.fill()
            if scene.refused < options.rounds / 2:
                scene.found.append(f"the disk was full in {scene.refused} rounds only")
            print(f"{options.rounds} times full at {options.size} MiB: {len(scene.texts)} acknowledged, {scene.refused} refused, "
                  f"{scene.asked} reads while full; slowest recovery {scene.slowest * 1000:.0f} ms", flush=True)
            scene.failing("EROFS")
            scene.failing("EIO")
            scene.end()
            scene.read_only()
            found = list(scene.found)
            print(f"{sum(scene.failures.values())} refused by a disk that is read-only or fails "
                  f"({', '.join(f'{n} {what}' for what, n in scene.failures.items())}); {time.monotonic() - began:.0f} s; "
                  f"{len(found)} violations", flush=True)
            for text in found[:20]:
                print("  " + text)
            missed = scene.controls()
        finally:
            scene.close()
    sys.exit(3 if found else 1 if missed else 0)


class Scene:
    """A small disk, danvand on it, and what was acknowledged."""

    def __init__(self, folder, options):
        self.options, self.chance = options, random.Random(options.seed)
        self.disk, self.ballast = folder / "disk", folder / "disk/ballast"
        self.disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={options.size}m", "danvan", self.disk], check=True)
        self.daemon = Daemon(folder, state=self.disk / "state")
        self.found, self.texts, self.failures = [], {}, Counter()
        self.refused = self.asked = self.count = 0
        self.slowest = 0.0
        self.events, self.watching = [], True
        self.watcher = threading.Thread(target=self.watch, daemon=True)

    def open(self):
        self.daemon.start()
        self.watcher.start()

    def watch(self):
        """Events as they come, from where it was when it has to begin anew."""
        cursor = "start"
        while self.watching:
            try:
                with self.daemon.client() as client:
                    for event in client.watch("", cursor=cursor):
                        cursor = event.cursor
                        if event.article_id:
                            self.events.append(event.article_id)
                        if not self.watching:
                            return
            except (*PASSING, StatusError):
                time.sleep(0.02)

    def document(self):
        self.count += 1
        words = self.chance.choices("họp bàn chỉ đạo dân vận khéo tỉnh huyện xã nay mới".split(), k=self.chance.choice([20, 300, 2000]))
        return f"Bài {self.count}: {' '.join(words)}."

    def add(self, client):
        """Hands one in; what was acknowledged is noted."""
        text = self.document()
        result = client.ingest([danvan.Document(content=text.encode(), media_type="text/plain")])[0]
        self.texts[result.article_id] = text

    def fill(self):
        free = os.statvfs(self.disk)
        room = max(0, free.f_bavail * free.f_frsize - self.chance.choice([0, 8 << 10, 200 << 10, 1 << 20, 4 << 20]))
        self.fill_with(room)
        with self.daemon.client() as client:
            # Where there is some room and the log has just been emptied, it may take many.
            for _ in range(300):
                try:
                    self.add(client)
                except ResourceExhausted:
                    self.refused += 1
                    break
                except StatusError as error:
                    self.found.append(f"a full disk gives {error.name}: {error.message}")
                    break
            self.read(client)
            began = time.monotonic()
            self.ballast.unlink()
            self.recover(client, began)

    def fill_with(self, count):
        try:
            self.ballast.write_bytes(bytes(count))
        except OSError:
            # So much the better; danvand may also have taken of the room.
            pass

    def read(self, client):
        """Searches and reads go on."""
        try:
            client.query("dan van", limit=10)
            for article in self.chance.sample(sorted(self.texts), min(5, len(self.texts))):
                if client.article(article).body != self.texts[article]:
                    self.found.append(f"article {article} is another while the disk is full")
                self.asked += 1
        except DanvanError as error:
            self.found.append(f"a read fails while nothing can be written: {error!r}")

    def recover(self, client, began):
        while True:
            took = time.monotonic() - began
            try:
                self.add(client)
                self.slowest = max(self.slowest, time.monotonic() - began)
                break
            except StatusError as error:
                if took > 10 * self.options.within:
                    self.found.append(f"does not recover: {error!r}")
                    return
                time.sleep(0.01)
        if took > self.options.within:
            self.found.append(f"recovered only after {took:.1f} s")

    def failing(self, error):
        """No write succeeds for a while."""
        with self.daemon.client() as client:
            self.add(client)
            tracer = trace(self.daemon.process, "-o", "/dev/null", "-P", self.daemon.state / "danvan.db", "-P",
                           self.daemon.state / "danvan.db-wal", "-e", f"trace={WRITES}", "-e", f"inject={WRITES}:error={error}")
            for _ in range(5):
                try:
                    self.add(client)
                    self.found.append(f"{error}: acknowledged what cannot have been written")
                except (Internal, FailedPrecondition, Unavailable, ResourceExhausted) as refusal:
                    self.failures[f"{error} {refusal.name}"] += 1
            self.read(client)
            end(tracer)
            self.recover(client, time.monotonic())

    def end(self):
        """After a kill: everything that was acknowledged, once; and the watcher saw each once."""
        self.daemon.kill()
        self.daemon.start()
        self.found += self.losses()
        with self.daemon.client() as client:
            self.found += [f"check: {fault.reason}" for fault in client.check()]
            head = max(self.texts)
        until = time.monotonic() + 30
        while self.events[-1:] != [head] and time.monotonic() < until:
            time.sleep(0.05)
        self.watching = False
        seen = Counter(self.events)
        self.found += [f"the watcher saw article {n} {seen[n]} times" for n in self.texts if seen[n] != 1][:5]

    def losses(self):
        found = []
        with self.daemon.client() as client:
            for article, text in self.texts.items():
                try:
                    if client.article(article).body != text:
                        found.append(f"article {article} is another")
                except StatusError as error:
                    found.append(f"acknowledged article {article}: {error.name}")
            present = {hit.article.id for hit in client.hits("")}
            if present - set(self.texts):
                found.append(f"{len(present - set(self.texts))} articles are there that were refused")
        return found

    def read_only(self):
        self.daemon.stop()
        subprocess.run(["mount", "-o", "remount,ro", self.disk], check=True)
        self.daemon.launch()
        status = self.daemon.wait_until_ready()
        if status != 77:
            self.found.append(f"a start on a read-only disk: {'it runs' if status is None else f'exit status {status}'}")
        if status is None:
            self.daemon.stop()
        subprocess.run(["mount", "-o", "remount,rw", self.disk], check=True)
        self.daemon.start()
        self.found += self.losses()

    def controls(self):
        """Whether one was not noticed."""
        self.found = []
        with self.daemon.client() as client:
            client.delete([min(self.texts)])
            losses = self.losses()
            self.fill_with(self.options.size << 20)
            self.options.within = 0.1
            for _ in range(300):
                self.recover(client, time.monotonic())
                if self.found:
                    break
        print(f"control, an acknowledged article that is gone: {losses[0] if losses else 'not noticed'}")
        print(f"control, a disk that stays full: {self.found[0] if self.found else 'not noticed'}")
        return not losses or not self.found

    def close(self):
        self.watching = False
        if self.watcher.is_alive():
            self.daemon.kill()
            self.watcher.join(5)
        subprocess.run(["umount", "-l", self.disk])


if __name__ == "__main__":
    main()
