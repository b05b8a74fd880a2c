"""Protobuf's wire format, driven by the field tables of dataclasses."""

from __future__ import annotations

import dataclasses
import struct
from enum import IntEnum
from typing import Any, ClassVar, NamedTuple, Self

_DEEPEST_GROUP = 32
_VARINT, _FIXED64, _DELIMITED, _GROUP, _GROUP_END, _FIXED32 = range(6)


class ProtobufError(ValueError):
    """Bytes that are not a message."""


class Field(NamedTuple):
    """One line of a message's table."""

    number: int
    name: str
    #: A scalar's name in the .proto, or the class of a message or an enum.
    kind: Any
    #: "one", "optional" or "repeated".
    label: str

    @property
    def wire_type(self) -> int:
        if self.kind == "double":
            return _FIXED64
        if self.kind in ("string", "bytes") or self.is_message:
            return _DELIMITED
        return _VARINT

    @property
    def is_message(self) -> bool:
        return isinstance(self.kind, type) and issubclass(self.kind, Message)


def one(number: int, kind: Any, default: Any) -> Any:
    """A field that is its default when it is not there."""
    return dataclasses.field(default=default, metadata={"proto": (number, kind, "one")})


def optional(number: int, kind: Any) -> Any:
    """A field that is None when it is not there."""
    return dataclasses.field(default=None, metadata={"proto": (number, kind, "optional")})


def repeated(number: int, kind: Any) -> Any:
    """A list."""
    return dataclasses.field(
        default_factory=list, metadata={"proto": (number, kind, "repeated")}
    )


class Message:
    """A message whose fields are declared with `one`, `optional` and `repeated`."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def encode(self) -> bytes:
        """The message's bytes. Raises ValueError for a number that its field cannot hold."""
        out = bytearray()
        for field in table(type(self)).values():
            value = getattr(self, field.name)
            if field.label == "repeated":
                if value and field.wire_type != _DELIMITED:
                    packed = bytearray()
                    for item in value:
                        _append_scalar(packed, field, item)
                    _append_delimited(out, field.number, packed)
                else:
                    for item in value:
                        _append(out, field, item)
            elif value is not None and (field.label == "optional" or field.is_message or value):
                _append(out, field, value)
        return bytes(out)

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Reads a message; fields without a meaning are passed over. Raises ProtobufError."""
        message = cls()
        fields = table(cls)
        reader = Reader(data)
        while (tag := reader.tag()) is not None:
            number, wire_type = tag
            field = fields.get(number)
            if field is not None and wire_type == field.wire_type:
                value = reader.value(field)
                if field.label == "repeated":
                    getattr(message, field.name).append(value)
                else:
                    setattr(message, field.name, value)
            elif field is not None and field.label == "repeated" and wire_type == _DELIMITED:
                packed = Reader(reader.delimited())
                while packed.has_more:
                    getattr(message, field.name).append(packed.value(field))
            else:
                reader.skip(number, wire_type)
        return message


_tables: dict[type[Message], dict[int, Field]] = {}


def table(message: type[Message]) -> dict[int, Field]:
    """A message's fields by number."""
    if (known := _tables.get(message)) is not None:
        return known
    fields = (
        Field(number, field.name, kind, label)
        for field in dataclasses.fields(message)
        for number, kind, label in (field.metadata["proto"],)
    )
    return _tables.setdefault(message, {field.number: field for field in fields})


class Reader:
    """Takes one message apart, every length checked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def has_more(self) -> bool:
        return self._at < len(self._data)

    def tag(self) -> tuple[int, int] | None:
        """The next field's number and wire type; None at the end."""
        if not self.has_more:
            return None
        tag = self.varint()
        if not 1 <= tag >> 3 < 1 << 29:
            raise ProtobufError("a field number is wrong")
        return tag >> 3, tag & 7

    def varint(self) -> int:
        value = 0
        for shift in range(0, 70, 7):
            if self._at >= len(self._data):
                raise ProtobufError("a number is cut off")
            byte = self._data[self._at]
            self._at += 1
            if shift == 63 and byte > 1:
                break
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise ProtobufError("a number is longer than 64 bits")

    def delimited(self) -> bytes:
        return self._take(self.varint())

    def value(self, field: Field) -> Any:
        """The value of a known field, the reader standing behind its tag."""
        kind = field.kind
        if kind == "string":
            try:
                return self.delimited().decode()
            except UnicodeDecodeError as error:
                raise ProtobufError(f"{field.name} is not UTF-8") from error
        if kind == "bytes":
            return self.delimited()
        if kind == "double":
            return struct.unpack("<d", self._take(8))[0]
        if field.is_message:
            return kind.decode(self.delimited())
        number = self.varint()
        if kind == "bool":
            return number != 0
        if kind == "uint64":
            return number
        if kind == "uint32":
            return number & 0xFFFF_FFFF
        if kind == "int64":
            return number - (1 << 64) if number >> 63 else number
        number &= 0xFFFF_FFFF
        number -= (1 << 32) if number >> 31 else 0
        if kind == "int32":
            return number
        try:
            return kind(number)
        except ValueError:
            # A newer daemon's word; the number is kept.
            return number

    def skip(self, number: int, wire_type: int, depth: int = 0) -> None:
        """Passes over the value of a field that means nothing here."""
        if wire_type == _VARINT:
            self.varint()
        elif wire_type == _FIXED64:
            self._take(8)
        elif wire_type == _DELIMITED:
            self.delimited()
        elif wire_type == _FIXED32:
            self._take(4)
        elif wire_type == _GROUP and depth < _DEEPEST_GROUP:
            while (inner := self.tag()) is not None:
                if inner[1] == _GROUP_END:
                    if inner[0] != number:
                        break
                    return
                self.skip(*inner, depth + 1)
            raise ProtobufError("a group does not end")
        else:
            raise ProtobufError("a wire type is unknown, or groups are nested too deep")

    def _take(self, count: int) -> bytes:
        if count > len(self._data) - self._at:
            raise ProtobufError("a field goes past the end")
        self._at += count
        return self._data[self._at - count : self._at]


def _append_varint(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _append_delimited(out: bytearray, number: int, data: bytes | bytearray) -> None:
    _append_varint(out, number << 3 | _DELIMITED)
    _append_varint(out, len(data))
    out += data


def _append(out: bytearray, field: Field, value: Any) -> None:
    if field.wire_type == _DELIMITED:
        if field.is_message:
            value = value.encode()
        elif field.kind == "string":
            value = value.encode()
        _append_delimited(out, field.number, value)
    else:
        _append_varint(out, field.number << 3 | field.wire_type)
        _append_scalar(out, field, value)


_RANGES = {
    "int64": (-(1 << 63), 1 << 63),
    "uint64": (0, 1 << 64),
    "uint32": (0, 1 << 32),
    "int32": (-(1 << 31), 1 << 31),
    "bool": (0, 2),
}


def _append_scalar(out: bytearray, field: Field, value: Any) -> None:
    if field.kind == "double":
        out += struct.pack("<d", value)
        return
    kind = field.kind
    # Else it is an enum.
    low, high = _RANGES[kind if isinstance(kind, str) else "int32"]
    number = int(value)
    if not low <= number < high:
        raise ValueError(f"{field.name} cannot be {value}")
    # Negative numbers go as 64 bits of two's complement, whatever their type.
    _append_varint(out, number & 0xFFFF_FFFF_FFFF_FFFF)
