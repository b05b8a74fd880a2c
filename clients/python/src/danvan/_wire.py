"""A client's side of one connection as a state machine: bytes in, events and bytes out."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import _frames as frames
from ._envelope import Request, Response
from ._protobuf import ProtobufError
from .errors import InvalidArgument, ResourceExhausted, StatusError, Unavailable
from .errors import status_error

FEATURES = ("zlib", "cancel", "credit", "ping", "goaway")
WINDOW = 262_144
_GREATEST_STREAM = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Answer:
    """The terminal frame of a call: its payload, or the error it, or a stream, ended with."""

    stream: int
    payload: bytes = b""
    error: StatusError | None = None


@dataclass(frozen=True, slots=True)
class StreamMessage:
    """A message of a stream, and how many bytes of credit it took."""

    stream: int
    payload: bytes
    wire_bytes: int


@dataclass(frozen=True, slots=True)
class End:
    """A stream has ended well."""

    stream: int


@dataclass(frozen=True, slots=True)
class GoAway:
    """The server takes no further calls."""

    last: int
    error: StatusError


@dataclass(frozen=True, slots=True)
class Pong:
    number: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """The server sent what cannot be read: close."""

    reason: str


WireEvent = Answer | StreamMessage | End | GoAway | Pong | Failed


@dataclass(frozen=True, slots=True)
class Agreement:
    """What holds on a connection; without Hello, nothing."""

    features: frozenset[str] = field(default_factory=frozenset)
    #: The longest frame and the longest inflated frame that the peer takes.
    peer_max_frame: int = frames.GREATEST_FRAME
    peer_max_inflated: int = frames.DEFAULT_INFLATED


class ClientWire:
    """Frames of one connection, seen from the client."""

    def __init__(self, max_inflated: int = frames.DEFAULT_INFLATED) -> None:
        self.agreed = Agreement()
        #: What is to be sent; whoever sends takes it from the front.
        self.outgoing = bytearray()
        self.going_away: StatusError | None = None
        self.has_failed = False
        self._max_inflated = max_inflated
        self._decoder = frames.FrameDecoder()
        self._open: set[int] = set()
        self._next = 1

    def request(self, request: Request, *, is_stream: bool) -> int:
        """Begins a call and returns its stream.

        Raises ResourceExhausted for a request that is too long, and Unavailable when the server
        takes no further calls or the ids are used up: connect anew.
        """
        if self.going_away is not None:
            raise self.going_away
        if self._next > _GREATEST_STREAM:
            raise Unavailable("this connection's streams are used up")
        data = request.encode()
        flags = frames.REMOTE_CLOSED if is_stream else 0
        # On one machine copying is far cheaper than compressing; only what fits no frame is.
        if len(data) > self.agreed.peer_max_frame and "zlib" in self.agreed.features:
            compressed = frames.deflate_frame(data, self.agreed.peer_max_inflated)
            if compressed is not None:
                data, flags = compressed, flags | frames.COMPRESSED
        if len(data) > self.agreed.peer_max_frame:
            raise ResourceExhausted(f"a request of {len(data)} bytes is longer than a frame")
        stream = self._next
        self._next += 2
        self._open.add(stream)
        self.outgoing += frames.encode_frame(stream, frames.REQUEST, flags, data)
        return stream

    def cancel(self, stream: int) -> None:
        """Asks the server to end a call, where that is agreed on, and hears no more of it."""
        if stream in self._open:
            self._open.remove(stream)
            if "cancel" in self.agreed.features:
                self.outgoing += frames.encode_frame(stream, frames.CANCEL)

    def grant(self, stream: int, count: int) -> None:
        """Lets the server send this many more bytes of messages."""
        if stream in self._open and "credit" in self.agreed.features and count > 0:
            self.outgoing += frames.encode_frame(
                stream, frames.CREDIT, data=struct.pack(">I", count)
            )

    def ping(self, number: bytes) -> None:
        """Asks for a sign of life: eight bytes that come back. Only where it is agreed on."""
        self.outgoing += frames.encode_frame(0, frames.PING, data=number)

    def receive(self, data: bytes) -> Iterator[WireEvent]:
        """What the server says with `data`. Take all events before giving more."""
        for frame in self._decoder.feed(data):
            if self.has_failed:
                return
            try:
                yield from self._take(frame)
            except frames.CompressionError as error:
                if error.is_fatal:
                    yield self._fail(str(error))
                else:
                    yield from self._give_up(frame, ResourceExhausted(str(error)))

    def _take(self, frame: frames.Frame) -> Iterator[WireEvent]:
        if frame.type == frames.RESPONSE and frame.stream in self._open:
            if frame.oversized:
                yield from self._give_up(frame, _too_long())
                return
            plain = self._plain(frame)
            if plain is None:
                yield from self._give_up(frame, _not_agreed())
                return
            self._open.discard(frame.stream)
            yield self._answer(frame.stream, plain)
        elif frame.type == frames.DATA and frame.stream in self._open:
            yield from self._data(frame)
        elif frame.type == frames.GOAWAY and "goaway" in self.agreed.features:
            yield self._goaway(frame)
        elif frame.type == frames.PING and "ping" in self.agreed.features:
            if len(frame.data) == 8 and not frame.oversized:
                if frame.flags & frames.PING_ANSWER:
                    yield Pong(frame.data)
                else:
                    self.outgoing += frames.encode_frame(
                        0, frames.PING, frames.PING_ANSWER, frame.data
                    )

    def _data(self, frame: frames.Frame) -> Iterator[WireEvent]:
        if frame.oversized:
            yield from self._give_up(frame, _too_long())
            return
        if not frame.flags & frames.NO_DATA or frame.flags & frames.COMPRESSED:
            plain = self._plain(frame)
            if plain is None:
                yield from self._give_up(frame, _not_agreed())
                return
            yield StreamMessage(frame.stream, plain, len(frame.data))
        if frame.flags & frames.REMOTE_CLOSED:
            self._open.discard(frame.stream)
            yield End(frame.stream)

    def _plain(self, frame: frames.Frame) -> bytes | None:
        """A frame's data inflated; None when it is compressed and that was not agreed on."""
        if not frame.flags & frames.COMPRESSED:
            return frame.data
        if "zlib" not in self.agreed.features:
            return None
        if frame.flags & frames.NO_DATA and frame.type == frames.DATA:
            raise frames.CompressionError("nothing is never compressed", is_fatal=True)
        return frames.inflate_frame(frame.data, self._max_inflated)

    def _answer(self, stream: int, data: bytes) -> WireEvent:
        try:
            response = Response.decode(data)
        except ProtobufError as error:
            return self._fail(f"an answer that is not one: {error}")
        status = response.status
        if status is None or status.code == 0:
            return Answer(stream, response.payload)
        details = [(detail.type_url, detail.value) for detail in status.details]
        return Answer(stream, error=status_error(status.code, status.message, details))

    def _goaway(self, frame: frames.Frame) -> WireEvent:
        if len(frame.data) < 8:
            return self._fail("a malformed goaway")
        last, code = struct.unpack_from(">II", frame.data)
        self.going_away = status_error(code, frame.data[8:].decode(errors="replace"))
        return GoAway(last, self.going_away)

    def _give_up(self, frame: frames.Frame, error: StatusError) -> Iterator[WireEvent]:
        """Ends a call whose frame is not taken; the server may not know of it."""
        if frame.stream not in self._open:
            return
        if frame.type == frames.DATA:
            self.cancel(frame.stream)
        self._open.discard(frame.stream)
        yield Answer(frame.stream, error=error)

    def _fail(self, reason: str) -> Failed:
        self.has_failed = True
        return Failed(reason)


def _too_long() -> StatusError:
    return ResourceExhausted("the server's frame is longer than 4 MiB")


def _not_agreed() -> StatusError:
    return InvalidArgument("the server's frame is compressed, which was not agreed on")
