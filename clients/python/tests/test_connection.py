"""The connection against a server of the test's own, frame by frame."""

from __future__ import annotations

import socket
import struct
import tempfile
import threading
import unittest
from collections.abc import Callable
from pathlib import Path

import support  # noqa: F401  (puts the package on the path)

from danvan import Client, errors
from danvan import _frames as frames
from danvan._connection import Connection
from danvan._envelope import Any, Request, Response, Status
from danvan.messages import CursorBounds, HelloResponse, WatchEvent
from danvan._sockets import candidates
from danvan._wire import FEATURES, WINDOW


class Peer:
    """One accepted connection, seen from the server."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._decoder = frames.FrameDecoder()
        self._frames: list[frames.Frame] = []

    def take(self) -> frames.Frame:
        while not self._frames:
            data = self._socket.recv(1 << 16)
            if not data:
                raise EOFError
            self._frames += self._decoder.feed(data)
        return self._frames.pop(0)

    def send(self, stream: int, type: int, flags: int = 0, data: bytes = b"") -> None:
        self._socket.sendall(frames.encode_frame(stream, type, flags, data))

    def answer(self, stream: int, payload: bytes = b"", status: Status | None = None) -> None:
        self.send(stream, frames.RESPONSE, 0, Response(status, payload).encode())

    def hello(self, max_frame: int = 0, max_inflated: int = 0) -> None:
        self.take()
        self.answer(1, HelloResponse(1, list(FEATURES), max_frame, max_inflated).encode())


class ConnectionTests(unittest.TestCase):
    def serve(self, *scripts: Callable[[Peer], None]) -> str:
        """A socket whose connections meet one script each, then close."""
        folder = tempfile.TemporaryDirectory(prefix="danvan-python-")
        self.addCleanup(folder.cleanup)
        path = str(Path(folder.name) / "s")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen()

        def run() -> None:
            for script in scripts:
                connection, _ = listener.accept()
                with connection:
                    script(Peer(connection))
            listener.close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        self.addCleanup(thread.join, 30)
        return path

    def connect(self, path: str) -> Connection:
        connection = Connection([path])
        self.addCleanup(connection.close)
        return connection

    def test_without_hello_the_connection_is_plain(self) -> None:
        seen: list[frames.Frame] = []

        def script(peer: Peer) -> None:
            peer.take()
            peer.answer(1, status=Status(12, "no such method"))
            seen.append(peer.take())
            peer.send(3, frames.DATA, 0, b"a")
            with self.assertRaises(EOFError):
                seen.append(peer.take())

        connection = self.connect(self.serve(script))
        self.assertEqual(connection.features, frozenset())
        stream = connection.stream("s", "m", b"")
        self.assertEqual(stream.next(30), b"a")
        stream.close()
        connection.close()
        self.assertEqual([frame.type for frame in seen], [frames.REQUEST])

    def test_credit_is_given_back_as_it_is_read(self) -> None:
        given: list[int] = []
        message = bytes(WINDOW // 4)

        def script(peer: Peer) -> None:
            peer.hello()
            self.assertEqual(peer.take().flags, frames.REMOTE_CLOSED)
            for _ in range(4):
                peer.send(3, frames.DATA, 0, message)
            while sum(given) < WINDOW:
                frame = peer.take()
                self.assertEqual((frame.type, frame.stream), (frames.CREDIT, 3))
                given.append(*struct.unpack(">I", frame.data))
            peer.send(3, frames.DATA, frames.REMOTE_CLOSED | frames.NO_DATA)

        stream = self.connect(self.serve(script)).stream("s", "m", b"")
        for _ in range(4):
            self.assertEqual(stream.next(30), message)
        self.assertIsNone(stream.next(30))
        self.assertIsNone(stream.next(30))
        self.assertEqual(given, [WINDOW // 2] * 2)

    def test_a_deadline_goes_out_and_is_kept_here_too(self) -> None:
        requests: list[Request] = []
        types: list[int] = []

        def script(peer: Peer) -> None:
            peer.hello()
            requests.append(Request.decode(peer.take().data))
            types.append(peer.take().type)
            peer.answer(3, b"late")
            types.append(peer.take().type)
            peer.answer(5, b"on time")

        connection = self.connect(self.serve(script))
        with self.assertRaises(errors.DeadlineExceeded):
            connection.call("s", "m", b"", timeout=0.01)
        self.assertEqual(connection.call("s", "m", b""), b"on time")
        self.assertEqual(requests[0].timeout_nano, 10_000_000)
        self.assertEqual(types, [frames.CANCEL, frames.REQUEST])

    def test_a_ping_is_answered(self) -> None:
        answers: list[frames.Frame] = []

        def script(peer: Peer) -> None:
            peer.hello()
            peer.take()
            peer.send(0, frames.PING, 0, b"12345678")
            answers.append(peer.take())
            peer.answer(3)

        connection = self.connect(self.serve(script))
        self.assertEqual(connection.call("s", "m", b""), b"")
        self.assertEqual(
            answers, [frames.Frame(0, frames.PING, frames.PING_ANSWER, b"12345678")]
        )

    def test_a_request_is_compressed_only_when_it_must_be(self) -> None:
        seen: list[frames.Frame] = []

        def script(peer: Peer) -> None:
            peer.hello(max_frame=16_384, max_inflated=100_000)
            for stream in (3, 5):
                seen.append(peer.take())
                peer.answer(stream)

        connection = self.connect(self.serve(script))
        connection.call("s", "m", bytes(range(250)) * 60)
        connection.call("s", "m", bytes(range(250)) * 80)
        self.assertEqual([frame.flags for frame in seen], [0, frames.COMPRESSED])
        plain = frames.inflate_frame(seen[1].data, 100_000)
        self.assertEqual(Request.decode(plain).payload, bytes(range(250)) * 80)
        with self.assertRaises(errors.ResourceExhausted):
            connection.call("s", "m", bytes(100_001))

    def test_a_lost_connection_says_so_and_a_going_server_why(self) -> None:
        def script(peer: Peer) -> None:
            peer.hello()
            peer.take()
            peer.send(0, frames.GOAWAY, 0, struct.pack(">II", 3, 14) + b"stopping")

        connection = self.connect(self.serve(script))
        with self.assertRaisesRegex(errors.ConnectionLost, "stopping"):
            connection.call("s", "m", b"")
        self.assertFalse(connection.is_usable())

    def test_a_client_connects_anew_for_a_call_that_changes_nothing(self) -> None:
        def vanish(peer: Peer) -> None:
            peer.hello()
            peer.take()

        def serve(peer: Peer) -> None:
            peer.hello()
            peer.take()
            peer.answer(3)

        with Client(self.serve(vanish, serve)) as client:
            self.assertEqual(client.query("x").hits, [])
        with Client(self.serve(vanish)) as client, self.assertRaises(errors.ConnectionLost):
            client.delete([1])

    def test_a_watch_resumes_after_the_last_event_it_gave(self) -> None:
        asked: list[bytes] = []

        def part(first: int, ending: Status | None) -> Callable[[Peer], None]:
            def script(peer: Peer) -> None:
                peer.hello()
                asked.append(Request.decode(peer.take().data).payload)
                for number in (first, first + 1):
                    event = WatchEvent(cursor=f"c{number}", article_id=number)
                    peer.send(3, frames.DATA, 0, event.encode())
                if ending is not None:
                    peer.answer(3, status=ending)

            return script

        bounds = Any("type.googleapis.com/danvan.v1.CursorBounds",
                     CursorBounds("c9", "c12").encode())  # fmt: skip
        path = self.serve(part(1, None), part(3, Status(14, "stopping")),
                          part(5, Status(11, "compacted", [bounds])))  # fmt: skip
        seen: list[int] = []
        with (
            self.assertLogs("danvan"),
            self.assertRaises(errors.OutOfRange) as caught,
            Client(path).watch(cursor="c0") as watch,
        ):
            for event in watch:
                seen.append(event.article_id)
        self.assertEqual(seen, [1, 2, 3, 4, 5, 6])
        self.assertEqual(caught.exception.bounds, CursorBounds("c9", "c12"))
        self.assertEqual([payload[-2:] for payload in asked], [b"c0", b"c2", b"c4"])
        self.assertEqual(watch.cursor, "c6")


class SocketTests(unittest.TestCase):
    def test_sockets_are_looked_for_where_dvctl_looks(self) -> None:
        system, admin = "/run/danvan/danvand.sock", "/run/danvan/admin.sock"
        own = "/run/user/7/danvan/danvand.sock"
        home = {"XDG_RUNTIME_DIR": "/run/user/7"}
        for named, environment, for_changes, expected in (
            ("/s", {"DANVAN_SOCKET": "/e"}, True, ("/s",)),
            (None, {"DANVAN_SOCKET": "/e"} | home, True, ("/e",)),
            (None, home, False, (own, system)),
            (None, home, True, (own, admin, system)),
            (None, {"XDG_RUNTIME_DIR": "", "DANVAN_SOCKET": ""}, False, (system,)),
        ):
            found = candidates(named, for_changes=for_changes, environment=environment)
            self.assertEqual(found, expected)

    def test_all_that_was_tried_is_named(self) -> None:
        with self.assertRaises(errors.Unreachable) as caught:
            Connection(["/nowhere/1", "/nowhere/2"])
        self.assertEqual([path for path, _ in caught.exception.attempts],
                         ["/nowhere/1", "/nowhere/2"])  # fmt: skip


if __name__ == "__main__":
    unittest.main()
