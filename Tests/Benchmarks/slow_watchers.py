"""Watchers that do not read, read a byte a second, or vanish; and that they get all they missed, once."""
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from harness import ROOT

sys.path.insert(0, str(ROOT / "clients/python/src"))

from danvan import EventKind, messages  # noqa: E402
from danvan._connection import Connection  # noqa: E402

VANISHING = """
import sys, time
sys.path.insert(0, sys.argv[2])
from danvan import messages
from danvan._connection import Connection
connection = Connection([sys.argv[1]])
connection.stream("danvan.v1.Events", "Watch", messages.WatchRequest("", "now").encode())
connection._send()
print("watching", flush=True)
time.sleep(3600)
"""


class SlowWatcher:
    """Watches everything from now on and does not read."""

    kind = "never reads"

    def __init__(self, path):
        self.connection = Connection([str(path)])
        self.stream = self.connection.stream(
            "danvan.v1.Events", "Watch", messages.WatchRequest("", "now").encode())
        self.seen = []
        if self.event().kind != EventKind.SYNCED:
            raise SystemExit("a watch from now begins with a mark")

    def event(self):
        message = self.stream.next(60)
        return messages.WatchEvent.decode(message)

    def read_again(self, last):
        """The articles of all events up to that of the article `last`."""
        while not self.seen or self.seen[-1] != last:
            event = self.event()
            if not event.is_mark:
                self.seen.append(event.article_id)
        return self.seen

    def close(self):
        self.connection.close()


class ByteReader(SlowWatcher):
    """The same, but takes a byte a second."""

    kind = "reads a byte a second"

    def __init__(self, path):
        super().__init__(path)
        self.bytes = bytearray()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.stopping.wait(1):
            try:
                self.bytes += self.connection._socket.recv(1)
            except BlockingIOError:
                continue

    def read_again(self, last):
        self.stopping.set()
        self.thread.join()
        for event in self.connection._wire.receive(bytes(self.bytes)):
            self.connection._deliver(event)
        return super().read_again(last)


class HalfClosed(SlowWatcher):
    """The same, with its own direction shut: the daemon may end it, and must not suffer by it."""

    kind = "half closed"

    def __init__(self, path):
        super().__init__(path)
        self.connection._socket.shutdown(socket.SHUT_WR)


def vanish(path, count):
    """Watchers in processes of their own, killed while they watch."""
    processes = [
        subprocess.Popen([sys.executable, "-c", VANISHING, str(path), str(ROOT / "clients/python/src")],
                         stdout=subprocess.PIPE)
        for _ in range(count)]
    for process in processes:
        process.stdout.readline()
    for process in processes:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


class SlowOnes:
    """Some of each kind, and what they owe: every event that went by, exactly once."""

    def __init__(self, path, count):
        self.path = path
        self.readers = [kind(path) for kind in (SlowWatcher, ByteReader) for _ in range(count)]
        self.broken = [HalfClosed(path) for _ in range(count)]

    def read_again(self, articles):
        """What is wrong with what each of them got; empty when each got all once, in order."""
        began = time.monotonic()
        found = []
        for reader in self.readers:
            seen = reader.read_again(articles[-1])
            if seen != articles:
                found.append(f"one that {reader.kind}: {len(seen)} events of {len(articles)}, "
                             f"{len(seen) - len(set(seen))} twice")
        self.took = time.monotonic() - began
        return found

    def close(self):
        for watcher in self.readers + self.broken:
            watcher.close()
