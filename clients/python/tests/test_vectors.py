"""The vectors of Protocol/vectors, as far as they concern a client or its codecs.

Those of role `client` run whole. Of those for a server, what they send is taken apart with the
same codecs, and what a codec has to refuse must be refused with the same code. Left out is what
only a server decides: ids, order of calls, deadlines, Hello's rules, its own credit.
"""

from __future__ import annotations

import unittest
from collections.abc import Iterator
from typing import Any

from support import octets, sent, vectors

from danvan import _frames as frames
from danvan import _wire as wire
from danvan._envelope import Request, Response
from danvan._protobuf import ProtobufError

FEEDS = ("whole", "byte by byte")


def pieces(data: bytes, feed: str) -> Iterator[bytes]:
    if feed == "whole":
        yield data
        return
    # The megabytes of the few big ones go in larger steps once their heads are over.
    for at in range(min(len(data), 40_000)):
        yield data[at : at + 1]
    for at in range(40_000, len(data), 65_536):
        yield data[at : at + 65_536]


def heard(event: wire.WireEvent) -> dict[str, Any]:
    """An event in the vectors' words."""
    match event:
        case wire.Answer(stream, payload, None):
            return {"stream": stream, "event": "payload", "payload": payload}
        case wire.Answer(stream, _, error):
            return {"stream": stream, "event": "status", "code": error and error.code}
        case wire.StreamMessage(stream, payload):
            return {"stream": stream, "event": "message", "payload": payload}
        case wire.End(stream):
            return {"stream": stream, "event": "end"}
        case wire.GoAway(error=error):
            return {"stream": 0, "event": "goaway", "code": error.code}
        case wire.Pong():
            return {"stream": 0, "event": "pong"}
        case wire.Failed():
            return {"stream": 0, "event": "failed"}


def decoded(data: bytes, feed: str = "whole") -> list[frames.Frame]:
    decoder = frames.FrameDecoder()
    return [frame for piece in pieces(data, feed) for frame in decoder.feed(piece)]


class ClientVectorTests(unittest.TestCase):
    def test_a_client_hears_what_the_vectors_say(self) -> None:
        count = 0
        for _, vector in vectors():
            if vector.get("role") != "client":
                continue
            count += 1
            for feed in FEEDS:
                with self.subTest(vector=vector["name"], feed=feed):
                    self.check(vector, feed)
        self.assertGreaterEqual(count, 16)

    def check(self, vector: dict[str, Any], feed: str) -> None:
        client = wire.ClientWire()
        for is_stream in (False, True):
            client.request(Request(), is_stream=is_stream)
        client.agreed = wire.Agreement(frozenset(wire.FEATURES))
        events = [
            heard(event)
            for piece in pieces(sent(vector), feed)
            for event in client.receive(piece)
        ]
        self.assertEqual(len(events), len(vector["expect"]), events)
        for event, wanted in zip(events, vector["expect"], strict=True):
            for key in ("event", "stream", "code"):
                if key in wanted:
                    self.assertEqual(event.get(key), wanted[key])
            if "payload" in wanted:
                self.assertEqual(event.get("payload"), octets(wanted["payload"]))
            if "length" in wanted:
                self.assertEqual(len(event.get("payload", b"")), wanted["length"])
        self.assertEqual(client.has_failed, vector["survives"] == "nothing")


class FrameVectorTests(unittest.TestCase):
    def test_all_frames_of_all_vectors_are_taken_apart_and_put_together_again(self) -> None:
        count = 0
        for _, vector in vectors():
            if vector["survives"] == "mid-frame" or vector.get("end"):
                continue
            data = sent(vector)
            for feed in FEEDS:
                with self.subTest(vector=vector["name"], feed=feed):
                    count += 1
                    found = decoded(data, feed)
                    self.assertEqual(found, decoded(data))
                    if not any(frame.oversized for frame in found):
                        self.assertEqual(
                            b"".join(frames.encode_frame(*frame[:4]) for frame in found), data
                        )
        self.assertGreater(count, 280)

    def test_what_is_too_long_is_known_at_the_header_and_passed_over(self) -> None:
        for name in ("length-one-over", "reserved-byte", "length-2^32-1", "oversized-data"):
            (vector,) = [v for _, v in vectors("header") if v["name"] == name]
            with self.subTest(vector=name):
                codes = [e["stream"] for e in vector["expect"] if e.get("code") == 8]
                found = decoded(sent(vector))
                self.assertEqual([f.stream for f in found if f.oversized], codes)

    def test_frames_that_end_early_are_no_frames(self) -> None:
        for name in ("end-in-header", "end-in-body"):
            (vector,) = [v for _, v in vectors("header") if v["name"] == name]
            self.assertEqual(decoded(sent(vector)), [])


class EnvelopeVectorTests(unittest.TestCase):
    def test_requests_are_read_or_refused_as_the_vectors_say(self) -> None:
        for _, vector in vectors("envelope"):
            if vector["name"] == "metadata-4097-pairs":
                continue  # A bound of the server's, not of the codec.
            expected = {e["stream"]: e.get("code", 0) for e in vector["expect"]}
            for frame in decoded(sent(vector)):
                with self.subTest(vector=vector["name"], stream=frame.stream):
                    if expected[frame.stream] == 3:
                        with self.assertRaises(ProtobufError):
                            Request.decode(frame.data)
                    else:
                        request = Request.decode(frame.data)
                        self.assertEqual(request.service, "bench.Bench")
                        self.assertEqual(Request.decode(request.encode()), request)

    def test_the_anchors_are_written_and_read_to_the_byte(self) -> None:
        anchors = {"anchor-echo": Request("bench.Bench", "Echo", bytes.fromhex("0a0568656c6c6f")),
                   "anchor-unknown-service": Request("x.Y", "Z")}  # fmt: skip
        for _, vector in vectors("header"):
            if vector["name"] in anchors:
                client = wire.ClientWire()
                client.request(anchors[vector["name"]], is_stream=False)
                self.assertEqual(bytes(client.outgoing), sent(vector))
                (answer,) = client.receive(octets(vector["expect"][0]["hex"]))
                self.assertIsInstance(answer, wire.Answer)

    def test_details_of_a_status_come_through(self) -> None:
        status = {"code": 5, "message": "nothing"}
        body = Response.decode(
            bytes.fromhex("0a14" "0805" "12076e6f7468696e67" "1a07" "0a0174" "12020102")
        )
        assert body.status is not None
        self.assertEqual((body.status.code, body.status.message), tuple(status.values()))
        self.assertEqual([(d.type_url, d.value) for d in body.status.details], [("t", b"\1\2")])


class ZlibVectorTests(unittest.TestCase):
    def test_compressed_frames_are_inflated_or_refused_as_the_vectors_say(self) -> None:
        count = 0
        for _, vector in vectors("zlib"):
            expected = {e["stream"]: e.get("code", 0) for e in vector["expect"]}
            for frame in decoded(sent(vector)):
                if vector["name"] in ("before-hello", "not-agreed") or (
                    frame.flags & frames.NO_DATA or not frame.flags & frames.COMPRESSED
                ):
                    continue
                count += 1
                with self.subTest(vector=vector["name"]):
                    self.check(frame, expected[frame.stream])
        self.assertGreater(count, 18)

    def check(self, frame: frames.Frame, code: int) -> None:
        if code == 0:
            plain = frames.inflate_frame(frame.data, frames.DEFAULT_INFLATED)
            self.assertEqual(Request.decode(plain).service, "bench.Bench")
            return
        with self.assertRaises(frames.CompressionError) as caught:
            frames.inflate_frame(frame.data, frames.DEFAULT_INFLATED)
        self.assertEqual(caught.exception.code, code)

    def test_what_was_not_agreed_on_ends_its_call_alone(self) -> None:
        (vector,) = [v for _, v in vectors("client") if v["name"] == "client-compressed-answer"]
        client = wire.ClientWire()
        client.request(Request(), is_stream=False)
        self.assertEqual([heard(e) for e in client.receive(sent(vector))],
                         [{"stream": 1, "event": "status", "code": 3}])  # fmt: skip
        self.assertFalse(client.has_failed)


if __name__ == "__main__":
    unittest.main()
