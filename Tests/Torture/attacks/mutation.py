"""Frames of every method and of the vectors, and what damage is done to them."""
import json
import struct
from pathlib import Path

from .wire import HELLO, PROBE, field, frame, request

ROOT = Path(__file__).resolve().parents[3]
#: Methods whose streams go on.
GOES_ON = ("Watch", "Fetch", "Trace")


def whole(frames):
    """The frames' bytes, filled up where little is missing at the end; else how much is missing."""
    data, at = b"", 0
    for used, frame in enumerate(frames, 1):
        data += frame
        while len(data) - at >= 10:
            end = at + 10 + int.from_bytes(data[at:at + 4], "big")
            if end > len(data):
                break
            at = end
        if len(data) - at >= 10 and end - len(data) > 65_536:
            return data, end - len(data), used
    while at < len(data):
        if len(data) - at < 10:
            data += bytes(10 - len(data) + at)
        end = at + 10 + int.from_bytes(data[at:at + 4], "big")
        if end - len(data) > 65_536:
            return data, end - len(data), len(frames)
        data += bytes(max(end - len(data), 0))
        at = end
    return data, 0, len(frames)


def mutated(dice, frame, all):
    frame = bytearray(frame)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(frame)) if frame else 0
        kind = dice.randrange(8)
        if not frame:
            break
        if kind == 0:
            frame[place] ^= 1 << dice.randrange(8)
        elif kind == 1:
            frame[place] = dice.randrange(256)
        elif kind == 2:
            del frame[place:]
        elif kind == 3:
            other = dice.choice(all)
            frame[place:] = other[dice.randrange(len(other)):]
        elif kind == 4 and len(frame) >= 10:
            length = int.from_bytes(frame[:4], "big") + dice.choice((-1, 1, 2))
            frame[:4] = (length % (1 << 32)).to_bytes(4, "big")
        elif kind == 5 and len(frame) >= 10:
            frame[8] = dice.choice((1, 2, 3, 0x81, 0x82, 0x83, 0x84, dice.randrange(256)))
        elif kind == 6 and len(frame) >= 10:
            frame[4:8] = struct.pack(">I", dice.choice((0, 1, 2, 3, 7, 9, PROBE - 4, dice.randrange(1 << 32))))
        elif kind == 7 and len(frame) >= 10:
            frame[9] ^= dice.choice((1, 2, 4, 0x80))
    return bytes(frame)


def seeds():
    text = "Sáng 12-5, Bí thư Đảng ủy xã Mây Ngàn Trần Văn Norvale chủ trì hội nghị về công tác dân vận."
    document = field(1, text) + field(2, "text/plain") + field(7, "2021-05-12")
    calls = [
        ("Connection", "Hello", field(2, "zlib") + field(3, "cancel")), ("Connection", "Describe", b""),
        ("Corpus", "Ingest", field(1, document)), ("Corpus", "Get", b"\x08\x01\x10\x01\x18\x01"),
        ("Corpus", "Delete", b"\x0a\x02\x01\x02"), ("Facts", "Analyze", field(1, document)),
        ("Facts", "Rules", field(1, "person.titled")), ("Search", "Query", field(1, 'dân vận kind:directive -"x"')),
        ("Search", "Tag", field(1, "x")), ("Events", "Fetch", field(2, "start")), ("Events", "Watch", field(2, "start")),
        ("Admin", "Status", b""), ("Admin", "Connections", b""), ("Admin", "Trace", b"\x08\x01")]
    list = [request(3 + 2 * n, f"danvan.v1.{service}", method, payload, flags)
            for n, (service, method, payload) in enumerate(calls) for flags in (0, 1, 2, 0x80)
            # A stream that goes on is known by its name, which must be legible.
            if not (flags & 0x80 and method in GOES_ON)]
    list += [request(41, "grpc.health.v1.Health", method) for method in ("Check", "Watch")]
    list += [frame(5, 0x81, 0), frame(5, 0x82, 0, b"\0\0\1\0"), frame(0, 0x83, 0, bytes(8)), frame(7, 3, 1, b"xy"),
             frame(7, 3, 5), frame(0, 0x84, 0, bytes(9)), frame(9, 2, 0, b"\x12\1x"), HELLO]
    for file in sorted((ROOT / "Protocol/vectors").glob("*.json")):
        for vector in json.loads(file.read_text())["vectors"]:
            if all(isinstance(piece, str) for piece in vector["send"]):
                data = bytes.fromhex("".join(vector["send"]))
                if 0 < len(data) < 2000:
                    list.append(data)
    return list
