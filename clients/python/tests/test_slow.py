"""Slow and vanishing watchers of a real danvand: others hear at once, and the slow ones miss nothing."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import unittest

from support import ROOT, LiveTests

from danvan import EventKind, text_document
from danvan._connection import Connection
from danvan._incoming_stream import IncomingStream
from danvan.messages import WatchEvent, WatchRequest

VANISHING = """
import sys
sys.path.insert(0, sys.argv[2])
from danvan import Client
with Client(sys.argv[1]).watch(cursor="start", marks=True) as watch:
    print(next(watch).kind, flush=True)
    sys.stdin.read()
"""


class SlowWatcherTests(LiveTests):
    def watcher(self) -> tuple[Connection, IncomingStream]:
        """Watches everything from now on; the mark that begins it is read."""
        connection = Connection([self.daemon.socket])
        self.addCleanup(connection.close)
        request = WatchRequest("", "now")
        stream = connection.stream("danvan.v1.Events", "Watch", request.encode())
        self.assertEqual(self.event(stream).kind, EventKind.SYNCED)
        return connection, stream

    def event(self, stream: IncomingStream) -> WatchEvent:
        message = stream.next()
        assert message is not None
        return WatchEvent.decode(message)

    def vanish(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", VANISHING, self.daemon.socket, str(ROOT / "clients/python/src")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
        assert process.stdin and process.stdout
        process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()

    def test_they_get_each_event_once_when_they_read_again(self) -> None:
        (_, never), (byte, slow), (half, _) = self.watcher(), self.watcher(), self.watcher()
        half._socket.shutdown(socket.SHUT_WR)
        # Titles that do not compress: more than the credit of one that does not read.
        chance = random.Random(1)
        byte._socket.settimeout(60)
        ids: list[int] = []
        trickle = bytearray()
        with self.client.watch() as other:
            for number in range(5):
                self.vanish()
                results = self.client.ingest(
                    text_document(f"Tin số {number} {part}.", title=f"{chance.getrandbits(8000):x}")
                    for part in range(100))
                ids += [result.article_id for result in results]
                trickle += byte._socket.recv(1)
                # Delivered while the others owe more and more.
                self.assertEqual([other.next().article_id for _ in results],  # type: ignore[union-attr]
                                 ids[-len(results):])  # fmt: skip
        self.until(lambda: self.client.status().watchers <= 3)
        byte._socket.setblocking(False)
        for event in byte._wire.receive(bytes(trickle)):
            byte._deliver(event)
        for stream in (never, slow):
            seen: list[int] = []
            while len(seen) < len(ids):
                if not (event := self.event(stream)).is_mark:
                    seen.append(event.article_id)
            self.assertEqual(seen, ids)
            # Nothing comes twice behind it either.
            with self.assertRaises(TimeoutError):
                stream.next(0.05)


if __name__ == "__main__":
    unittest.main()
