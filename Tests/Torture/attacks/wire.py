"""Frames and requests as bytes, made by hand: what is to be wrong is wrong here."""
import socket
import struct
import time
import zlib

GREATEST = 4_194_304
#: The stream of a request behind all others, which must be answered.
PROBE = 0xFFFFFFFD
REQUEST, RESPONSE, DATA, CANCEL, CREDIT, PING, GOAWAY = 1, 2, 3, 0x81, 0x82, 0x83, 0x84
CLOSED, OPEN, COMPRESSED = 1, 2, 0x80
CHECK = ("grpc.health.v1.Health", "Check")


def frame(stream, kind, flags, data=b""):
    return struct.pack(">IIBB", len(data), stream, kind, flags) + data


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, value):
    value = value.encode() if isinstance(value, str) else value
    return bytes([number << 3 | 2]) + varint(len(value)) + value


def envelope(service, method, payload=b"", timeout=0):
    """The data of a Request; `timeout` in nanoseconds."""
    data = field(1, service) + field(2, method) + (field(3, payload) if payload else b"")
    return data + (b"\x20" + varint(timeout) if timeout else b"")


def compressed(data, declared=None):
    return struct.pack(">I", len(data) if declared is None else declared) + zlib.compress(data)


def request(stream, service, method, payload=b"", flags=0, timeout=0):
    data = envelope(service, method, payload, timeout)
    return frame(stream, REQUEST, flags, compressed(data) if flags & COMPRESSED else data)


HELLO = request(1, "danvan.v1.Connection", "Hello",
                b"".join(field(2, name) for name in ("zlib", "cancel", "credit", "ping", "goaway")))


def document(text, date="2021-05-12"):
    """A Document of plain text, as bytes."""
    return field(1, text) + field(2, "text/plain") + field(7, date)


def connected(path, timeout=60):
    """A connection; waits for its place where more than the server's backlog come at once."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(timeout)
    end = time.monotonic() + timeout
    while True:
        try:
            connection.connect(path)
            return connection
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


class Frames:
    """Cuts what a connection receives into (stream, type, flags, data)."""

    def __init__(self, connection):
        self.connection, self.held = connection, b""

    def next(self):
        """None at the end; raises OSError, also when nothing comes in time."""
        while True:
            if len(self.held) >= 10:
                length, stream, kind, flags = struct.unpack(">IIBB", self.held[:10])
                if len(self.held) >= 10 + length:
                    data, self.held = self.held[10:10 + length], self.held[10 + length:]
                    return stream, kind, flags, data
            piece = self.connection.recv(1 << 18)
            if not piece:
                return None
            self.held += piece

    def answer(self, stream):
        """The status code and data of the Response on a stream; None when the connection ends first."""
        while (got := self.next()) is not None:
            if got[0] == stream and got[1] == RESPONSE:
                return status(got[3]), got[3]
        return None


def status(data):
    """The code of a Response's status; 0 where it has none."""
    if data[:1] != b"\x0a" or len(data) < 4 or data[2] != 0x08:
        # A status longer than 127 bytes has a longer length.
        if data[:1] != b"\x0a" or len(data) < 5 or data[3] != 0x08:
            return 0
        return data[4]
    return data[3]


def bytes_of_zeros(count):
    """A zlib stream of so many zeros, made in steps."""
    packer, out = zlib.compressobj(9), []
    for _ in range(count // (1 << 20)):
        out.append(packer.compress(bytes(1 << 20)))
    return b"".join(out) + packer.flush()
