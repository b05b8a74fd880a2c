"""A socket, Hello, calls and streams: one connection to danvand."""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from collections.abc import Sequence
from typing import TypeVar

from . import _frames as frames
from ._envelope import Request
from ._incoming_stream import IncomingStream
from .messages import HelloRequest, HelloResponse
from ._protobuf import Message, ProtobufError
from ._wire import FEATURES, WINDOW, Agreement, Answer, ClientWire, End, Failed, GoAway, Pong
from ._wire import StreamMessage, WireEvent
from .errors import ConnectionLost, DeadlineExceeded, MalformedAnswer, StatusError
from .errors import Unimplemented, Unreachable

_HELLO_TIMEOUT = 10.0
# What the daemon's own answer to a deadline may be late by.
_GRACE = 2.0
_CHUNK = 1 << 18

Reply = TypeVar("Reply", bound=Message)


class Connection:
    """One connection. For one thread at a time."""

    def __init__(
        self, sockets: Sequence[str], *, name: str = "python", version: str = ""
    ) -> None:
        """Connects to the first socket that takes connections, and says Hello.

        Raises Unreachable when none does. A socket that is there but answers with an error is not
        passed over.
        """
        self._socket, self.path = _connect(sockets)
        self._socket.setblocking(False)
        self._wire = ClientWire(frames.GREATEST_INFLATED)
        self._inbox: dict[int, deque[WireEvent]] = {}
        self._lost: ConnectionLost | None = None
        #: What the daemon said of itself; None from a server without danvan's extension.
        self.hello: HelloResponse | None = None
        try:
            self.hello = self._greet(name, version)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the connection; what was in progress on it is cancelled."""
        self._lost = self._lost or ConnectionLost("the connection is closed")
        self._socket.close()

    @property
    def features(self) -> frozenset[str]:
        """What was agreed on."""
        return self._wire.agreed.features

    def is_usable(self) -> bool:
        """Whether another call may be made, as far as can be seen without making one."""
        while self._lost is None and self._receive():
            pass
        return self._lost is None and self._wire.going_away is None

    def call(
        self, service: str, method: str, payload: bytes, timeout: float | None = None
    ) -> bytes:
        """One call. Raises StatusError and ConnectionLost; after `timeout`, DeadlineExceeded."""
        stream = self._begin(service, method, payload, timeout, is_stream=False)
        deadline = None if timeout is None else time.monotonic() + timeout + _GRACE
        try:
            match self._next_event(stream, deadline):
                case Answer(error=None, payload=answer):
                    return answer
                case Answer(error=StatusError() as error):
                    raise error
                case _:
                    raise self._fail("a message of a stream in answer to a call")
        except TimeoutError:
            raise DeadlineExceeded(f"no answer within {timeout} s") from None
        finally:
            self._forget(stream)

    def exchange(
        self,
        service: str,
        method: str,
        request: Message,
        reply: type[Reply],
        timeout: float | None = None,
    ) -> Reply:
        """One call with messages."""
        answer = self.call(service, method, request.encode(), timeout)
        try:
            return reply.decode(answer)
        except ProtobufError as error:
            raise MalformedAnswer(f"{service}/{method}: {error}") from error

    def stream(
        self, service: str, method: str, payload: bytes, timeout: float | None = None
    ) -> IncomingStream:
        """Begins a stream of messages."""
        return IncomingStream(
            self, self._begin(service, method, payload, timeout, is_stream=True)
        )

    def ping(self, timeout: float | None = None) -> None:
        """Waits for a sign of life from the connection itself, where `ping` is agreed on."""
        self._inbox[0] = deque()
        self._wire.ping(time.monotonic_ns().to_bytes(8))
        try:
            self._next_event(0, None if timeout is None else time.monotonic() + timeout)
        finally:
            del self._inbox[0]

    def _greet(self, name: str, version: str) -> HelloResponse | None:
        request = HelloRequest(
            protocol=1,
            features=list(FEATURES),
            max_frame=frames.GREATEST_FRAME,
            max_inflated=frames.GREATEST_INFLATED,
            window=WINDOW,
            client=name,
            version=version,
        )
        try:
            hello = self.exchange(
                "danvan.v1.Connection", "Hello", request, HelloResponse, _HELLO_TIMEOUT
            )
        except Unimplemented:
            return None
        self._wire.agreed = Agreement(
            frozenset(hello.features) & frozenset(FEATURES),
            hello.max_frame or frames.GREATEST_FRAME,
            hello.max_inflated or frames.DEFAULT_INFLATED,
        )
        return hello

    def _begin(
        self, service: str, method: str, payload: bytes, timeout: float | None, *, is_stream: bool
    ) -> int:
        if self._lost is not None:
            raise self._lost
        # Zero would be no deadline at all; what is over already is below zero.
        nanoseconds = 0 if timeout is None else int(timeout * 1e9) or -1
        request = Request(service, method, payload, nanoseconds)
        stream = self._wire.request(request, is_stream=is_stream)
        self._inbox[stream] = deque()
        return stream

    def _forget(self, stream: int) -> None:
        """Hears no more of a stream; one that is in progress is cancelled."""
        self._inbox.pop(stream, None)
        self._wire.cancel(stream)
        if self._lost is None:
            self._send()

    def _next_event(self, stream: int, deadline: float | None) -> WireEvent:
        """Raises TimeoutError when nothing has come by the deadline."""
        inbox = self._inbox[stream]
        while not inbox:
            if self._lost is not None:
                raise self._lost
            self._send()
            self._wait(deadline)
            self._receive()
        return inbox.popleft()

    def _wait(self, deadline: float | None) -> None:
        poll = select.poll()
        poll.register(
            self._socket, select.POLLIN | (select.POLLOUT if self._wire.outgoing else 0)
        )
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not poll.poll(None if left is None else left * 1000) and left == 0.0:
            raise TimeoutError

    def _send(self) -> None:
        """Sends as much as the socket takes now; reading goes on meanwhile."""
        try:
            while self._wire.outgoing:
                sent = self._socket.send(memoryview(self._wire.outgoing)[:_CHUNK].tobytes())
                del self._wire.outgoing[:sent]
        except BlockingIOError:
            pass
        except OSError:
            # What the server said before it closed still counts: reading tells the end.
            self._wire.outgoing.clear()

    def _receive(self) -> bool:
        """Takes in a piece of what has come; whether there may be more."""
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return False
        except OSError as error:
            self._lost = ConnectionLost(f"{self.path}: {error.strerror}")
            return False
        if not data:
            why = f": {self._wire.going_away}" if self._wire.going_away else ""
            self._lost = ConnectionLost(f"the daemon has closed the connection{why}")
            return False
        for event in self._wire.receive(data):
            self._deliver(event)
        return self._lost is None

    def _deliver(self, event: WireEvent) -> None:
        match event:
            case Failed(reason=reason):
                self._fail(reason)
            case GoAway():
                pass
            case Pong():
                if 0 in self._inbox:
                    self._inbox[0].append(event)
            case Answer() | StreamMessage() | End():
                if event.stream in self._inbox:
                    self._inbox[event.stream].append(event)

    def _fail(self, reason: str) -> MalformedAnswer:
        error = MalformedAnswer(reason)
        self._lost = error
        self._socket.close()
        return error


def _connect(sockets: Sequence[str]) -> tuple[socket.socket, str]:
    attempts: list[tuple[str, str]] = []
    for path in sockets:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(path)
        except OSError as error:
            connection.close()
            attempts.append((path, error.strerror or str(error)))
            continue
        return connection, path
    raise Unreachable(attempts)
