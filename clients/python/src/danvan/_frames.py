"""Frames: ten bytes of header and data, whole or in pieces; flag 0x80's compression."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

REQUEST, RESPONSE, DATA = 1, 2, 3
CANCEL, CREDIT, PING, GOAWAY = 0x81, 0x82, 0x83, 0x84

REMOTE_CLOSED, REMOTE_OPEN, NO_DATA, COMPRESSED = 0x01, 0x02, 0x04, 0x80
PING_ANSWER = 0x01

GREATEST_FRAME = 4 << 20
DEFAULT_INFLATED, GREATEST_INFLATED = 16 << 20, 64 << 20

_HEADER = struct.Struct(">IIBB")
_LENGTH = struct.Struct(">I")
# Beyond this inflated length the ratio is looked at: no text gains more.
_RATIO_FLOOR, _GREATEST_RATIO = 65_536, 256
# What deflate can gain at most.
_DEFLATE_RATIO = 1032


class Frame(NamedTuple):
    """A frame; `oversized` when it announces too much: then its data is passed over."""

    stream: int
    type: int
    flags: int
    data: bytes
    oversized: bool = False


class CompressionError(ValueError):
    """A compressed frame that is not taken; when `is_fatal`, the connection must end."""

    def __init__(self, message: str, *, is_fatal: bool) -> None:
        super().__init__(f"compressed frame: {message}")
        self.is_fatal = is_fatal

    @property
    def code(self) -> int:
        """INTERNAL for damage, RESOURCE_EXHAUSTED for too much."""
        return 13 if self.is_fatal else 8


def encode_frame(stream: int, type: int, flags: int = 0, data: bytes = b"") -> bytes:
    """One frame's bytes. Raises ValueError when the data is longer than a frame."""
    if len(data) > GREATEST_FRAME:
        raise ValueError(f"{len(data)} bytes are more than a frame holds")
    return _HEADER.pack(len(data), stream, type, flags) + data


class FrameDecoder:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._passing_over = 0

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that `data` completes. Take all of them before feeding again."""
        if self._passing_over:
            passed = min(self._passing_over, len(data))
            self._passing_over -= passed
            data = data[passed:]
        self._buffer += data
        while len(self._buffer) >= _HEADER.size:
            length, stream, type, flags = _HEADER.unpack_from(self._buffer)
            end = _HEADER.size + length
            if length > GREATEST_FRAME:
                self._passing_over = max(0, end - len(self._buffer))
                del self._buffer[:end]
                yield Frame(stream, type, flags, b"", oversized=True)
            elif len(self._buffer) < end:
                return
            else:
                body = bytes(self._buffer[_HEADER.size : end])
                del self._buffer[:end]
                yield Frame(stream, type, flags, body)


def inflate_frame(data: bytes, limit: int) -> bytes:
    """What a compressed frame's data stands for. Raises CompressionError."""
    if len(data) < _LENGTH.size:
        raise CompressionError("no inflated length", is_fatal=True)
    (declared,) = _LENGTH.unpack_from(data)
    length = len(data) - _LENGTH.size
    if declared == 0:
        raise CompressionError("nothing is never compressed", is_fatal=True)
    if declared > limit:
        raise CompressionError(f"{declared} bytes are more than {limit}", is_fatal=False)
    if declared // _DEFLATE_RATIO > length:
        raise CompressionError(f"{length} bytes cannot hold {declared}", is_fatal=True)
    if declared > _RATIO_FLOOR and declared > length * _GREATEST_RATIO:
        raise CompressionError(f"{length} bytes for {declared} are not taken", is_fatal=False)
    try:
        return inflate(data[_LENGTH.size :], declared)
    except ValueError as error:
        raise CompressionError(str(error), is_fatal=True) from error


def inflate(stream: bytes, length: int) -> bytes:
    """One whole zlib stream of exactly `length` bytes. Raises ValueError for anything else."""
    inflater = zlib.decompressobj()
    try:
        # One byte over the declared length shows a stream that goes on.
        plain = inflater.decompress(stream, length + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(plain) != length or not inflater.eof:
        raise ValueError(f"not one whole zlib stream of {length} bytes")
    if inflater.unused_data:
        raise ValueError("bytes follow the zlib stream")
    return plain


def deflate_frame(plain: bytes, limit: int) -> bytes | None:
    """Data for a compressed frame; None when the peer would not take it or nothing is gained."""
    if not 0 < len(plain) <= limit:
        return None
    stream = zlib.compress(plain, 1)
    if len(stream) + _LENGTH.size >= len(plain):
        return None
    if len(plain) > _RATIO_FLOOR and len(plain) > len(stream) * _GREATEST_RATIO:
        return None
    return _LENGTH.pack(len(plain)) + stream
