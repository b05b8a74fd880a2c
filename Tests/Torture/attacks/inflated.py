"""Zip bombs: frames that inflate to far more than they are, honestly declared or not."""
import struct
import time
import zlib

from .case import case, children
from .wire import COMPRESSED, REQUEST, bytes_of_zeros, envelope, field, frame, status

#: What a server inflates at most for one frame, by default; and for all of a server at one time.
CAP = 16


def bombs_of_all_kinds(size):
    """By name: the data of a compressed Request that must be refused, and the code of the answer."""
    large, plain = bytes_of_zeros(size), zlib.compress(bytes(65_536))
    return {
        "large, declared": (struct.pack(">I", size) + large, 8),
        "1 MiB, declared": (struct.pack(">I", 1 << 20) + bytes_of_zeros(1 << 20), 8),
        "large, declared as 64 KiB": (struct.pack(">I", 65_536) + large, 13),
        "large, declared as 16 MiB": (struct.pack(">I", CAP << 20) + large, 13),
        "a byte more than declared": (struct.pack(">I", 65_535) + plain, 13),
        "a byte short": (struct.pack(">I", 65_536) + plain[:-1], 13),
        "nested": (struct.pack(">I", 60_000) + zlib.compress(zlib.compress(large)), 13),
    }


@case("zip bombs", 1_000, least=14, vices={"inflating": "memory", "obliging": "taken"})
def bombs(scene):
    def attack(_):
        taken = []
        for number in range(scene.size):
            kind = list(kinds)[number % len(kinds)]
            data, wanted = kinds[kind]
            connection, frames = scene.greeted()
            code = answered(connection, frames, frame(3, REQUEST, COMPRESSED, data))
            if code != wanted:
                taken.append(f"{kind}: {code}")
            connection.close()
        return taken

    # A gibibyte of zeros, where there is time to make it.
    kinds = bombs_of_all_kinds(1 << 30 if scene.size >= 500 else 1 << 27)
    before = scene.target.cpu()
    # One frame's inflated bytes at most, and what that grows by on the way; the frame itself is of up to 1 MiB.
    with scene.watched(memory=CAP + 12):
        taken = children(1, attack)[0]
    scene.bound("CPU each", (scene.target.cpu() - before) / scene.size * 1000, 50 * scene.patience, " ms")
    for text in sorted(set(taken))[:5]:
        scene.complain(f"taken or answered otherwise: {text}")


@case("frames inflated to the limit", 400, least=60, vices={"inflating": "memory"})
def swollen(scene):
    """Each is just within the limits; all of them together are not to be held at one time."""
    def attack(_):
        data = envelope("danvan.v1.Facts", "Analyze", field(1, field(1, bytes(CAP * 1_000_000)) + field(2, "text/plain")))
        packed = struct.pack(">I", len(data)) + padded(zlib.compress(data, 9), len(data))
        connections = []
        for _ in range(4):
            connection, frames = scene.greeted(300)
            connection.setblocking(False)
            connections.append(connection)
        left = {connection: scene.size // 4 for connection in connections}
        streams, waiting = dict.fromkeys(connections, 3), dict.fromkeys(connections, b"")
        deadline = time.monotonic() + 30 * scene.patience
        while any(left.values()) and time.monotonic() < deadline:
            for connection in list(connections):
                if not waiting[connection] and left[connection]:
                    waiting[connection] = frame(streams[connection], REQUEST, COMPRESSED, packed)
                    streams[connection] += 2
                    left[connection] -= 1
                try:
                    waiting[connection] = waiting[connection][connection.send(waiting[connection]):]
                except BlockingIOError:
                    time.sleep(0.001)
                except OSError:
                    left[connection], waiting[connection] = 0, b""
        time.sleep(1)
        return sum(left.values())

    # 128 MiB of them are kept, and those that workers have in hand are copied while they are read.
    with scene.watched(memory=400):
        children(1, attack)


def padded(stream, length):
    """A zlib stream of the same bytes that is no more than 250 times shorter, by empty stored blocks at its front."""
    missing = max(0, length // 250 - len(stream))
    return stream[:2] + b"\0\0\0\xff\xff" * (missing // 5 + 1) + stream[2:]


def answered(connection, frames, data):
    """The status code that a frame is answered with; None where the connection is closed before."""
    try:
        connection.sendall(data)
    except OSError:
        pass  # it may be closed while more is sent; the answer is there
    try:
        while (got := frames.next()) is not None:
            if got[0] == 3:
                return status(got[3])
    except OSError:
        pass
    return None
