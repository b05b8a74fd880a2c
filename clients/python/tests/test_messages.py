"""The field tables say what the .proto files say."""

from __future__ import annotations

import dataclasses
import re
import unittest
from enum import IntEnum
from typing import Any

from support import PROTOCOL

from danvan import _envelope, messages
from danvan._protobuf import Field, Message, ProtobufError, table

TOKEN = re.compile(r'//.*|"[^"]*"|[A-Za-z_][\w.]*|\d+|[{}=;(),<>]')
# What Python calls the enums that the .proto names within a message.
ENUMS = {"Kind": "EventKind", "Reason": "CursorFault", "Verb": "RulingVerb"}


class Proto:
    """As much of a .proto file as is in use here."""

    def __init__(self, text: str) -> None:
        self._tokens = [word for word in TOKEN.findall(text) if not word.startswith("//")]
        self.messages: dict[str, dict[int, tuple[str, str, str]]] = {}
        self.enums: dict[str, dict[str, int]] = {}
        while self._tokens:
            self._declaration(self._tokens.pop(0))

    def _declaration(self, word: str) -> None:
        if word == "message":
            self._message()
        elif word == "enum":
            self._enum()
        elif word == "service":
            self._past("}")
        else:
            self._past(";")

    def _past(self, end: str) -> None:
        del self._tokens[: self._tokens.index(end) + 1]

    def _message(self) -> None:
        fields = self.messages.setdefault(self._tokens.pop(0), {})
        self._tokens.pop(0)
        while (word := self._tokens.pop(0)) != "}":
            if word in ("message", "enum"):
                self._declaration(word)
                continue
            if word == "map":
                # Only maps of strings are in use; on the wire they are lists of pairs.
                del self._tokens[:5]
                self.messages["StringPair"] = {
                    1: ("key", "string", "one"),
                    2: ("value", "string", "one"),
                }
                self._tokens[:0] = ["StringPair"]
                word = "repeated"
            label = word if word in ("optional", "repeated") else "one"
            kind = word if label == "one" else self._tokens.pop(0)
            name, _, number, _ = (self._tokens.pop(0) for _ in range(4))
            fields[int(number)] = (name, kind, label)

    def _enum(self) -> None:
        name: str = self._tokens.pop(0)
        values = self.enums.setdefault(ENUMS.get(name, name), {})
        self._tokens.pop(0)
        while (word := self._tokens.pop(0)) != "}":
            _, number, _ = (self._tokens.pop(0) for _ in range(3))
            values[word] = int(number)


def declared(module: Any, base: type) -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, base) and value is not base
    }


def row(field: Field) -> tuple[str, str, str]:
    kind = field.kind if isinstance(field.kind, str) else field.kind.__name__
    # Where absence can be told in any case, the .proto says nothing of it.
    label = "one" if field.is_message and field.label == "optional" else field.label
    return field.name.rstrip("_"), kind, label


class TableTests(unittest.TestCase):
    def setUp(self) -> None:
        files = (
            "danvan/v1/danvan.proto",
            "danvan/v1/desk.proto",
            "danvan/v1/reports.proto",
            "danvan/v1/care.proto",
            "grpc/health/v1/health.proto",
        )
        self.protos = [Proto((PROTOCOL / file).read_text()) for file in files]
        self.classes = declared(messages, Message)
        self.enums = declared(messages, IntEnum)

    def test_every_message_has_the_fields_of_its_proto(self) -> None:
        names = {name for proto in self.protos for name in proto.messages}
        self.assertEqual(names, set(self.classes))
        for proto in self.protos:
            for name, wanted in proto.messages.items():
                wanted = {
                    number: (field, ENUMS.get(kind, kind), self.label(kind, label))
                    for number, (field, kind, label) in wanted.items()
                }
                fields = table(self.classes[name])
                with self.subTest(message=name):
                    self.assertEqual(
                        {number: row(field) for number, field in fields.items()}, wanted
                    )

    def label(self, kind: str, label: str) -> str:
        return "one" if kind in self.classes and label == "optional" else label

    def test_every_enum_has_the_values_of_its_proto(self) -> None:
        wanted = {name: values for proto in self.protos for name, values in proto.enums.items()}
        self.assertEqual(
            {name: {v.name: v.value for v in enum} for name, enum in self.enums.items()}, wanted
        )

    def test_defaults_are_the_kinds_own(self) -> None:
        zeros = {"string": "", "bytes": b"", "double": 0.0, "bool": False}
        for name, message in self.classes.items():
            empty = message()
            for field in table(message).values():
                with self.subTest(message=name, field=field.name):
                    value = getattr(empty, field.name)
                    if field.label == "repeated":
                        self.assertEqual(value, [])
                    elif field.label == "optional":
                        self.assertIsNone(value)
                    else:
                        self.assertEqual(value, zeros.get(field.kind, 0))


class CodecTests(unittest.TestCase):
    def test_every_message_survives_there_and_back(self) -> None:
        for module in (messages, _envelope):
            for name, message in declared(module, Message).items():
                with self.subTest(message=name):
                    full = filled(message)
                    self.assertEqual(message.decode(full.encode()), full)
                    self.assertEqual(message().encode(), b"")

    def test_bytes_are_protobufs(self) -> None:
        self.assertEqual(messages.DeleteRequest([1, -1, 300]).encode().hex(),
                         "0a0d01ffffffffffffffffff01ac02")  # fmt: skip
        unpacked = bytes.fromhex("0801" "08ac02")
        self.assertEqual(messages.DeleteRequest.decode(unpacked).article_ids, [1, 300])
        self.assertEqual(messages.Evidence("r", 0.5).encode().hex(), "0a017211000000000000e03f")
        self.assertEqual(messages.Document(title="").encode().hex(), "2200")

    def test_a_newer_daemons_word_is_kept_as_a_number(self) -> None:
        event = messages.WatchEvent.decode(bytes.fromhex("0863"))
        self.assertEqual(event.kind, 99)
        self.assertEqual(event.encode().hex(), "0863")

    def test_numbers_out_of_range_are_refused(self) -> None:
        for message in (messages.QueryRequest(limit=-1), messages.QueryRequest(limit=1 << 32),
                        messages.DeleteRequest([1 << 63])):  # fmt: skip
            with self.subTest(message=message), self.assertRaises(ValueError):
                message.encode()

    def test_every_cut_is_an_error_or_a_message(self) -> None:
        whole = filled(messages.Article).encode()
        for end in range(len(whole)):
            try:
                messages.Article.decode(whole[:end])
            except ProtobufError:
                continue


def filled(message: type[Message]) -> Message:
    """A message with something in every field."""
    samples = {"string": "dân vận", "bytes": b"\0\xff", "double": 0.25, "bool": True,
               "uint32": 0xFFFF_FFFF, "uint64": (1 << 64) - 1, "int32": -7,
               "int64": -(1 << 63)}  # fmt: skip
    values: dict[str, Any] = {}
    for field in table(message).values():
        if field.is_message:
            value: Any = filled(field.kind)
        elif isinstance(field.kind, str):
            value = samples[field.kind]
        else:
            value = list(field.kind)[-1]
        values[field.name] = [value, value] if field.label == "repeated" else value
    assert {field.name for field in dataclasses.fields(message)} == set(values)
    return message(**values)


if __name__ == "__main__":
    unittest.main()
