"""ttrpc's envelope: what every call is wrapped in."""

from __future__ import annotations

from dataclasses import dataclass

from ._protobuf import Message, one, optional, repeated


@dataclass(slots=True)
class KeyValue(Message):
    key: str = one(1, "string", "")
    value: str = one(2, "string", "")


@dataclass(slots=True)
class Request(Message):
    service: str = one(1, "string", "")
    method: str = one(2, "string", "")
    payload: bytes = one(3, "bytes", b"")
    timeout_nano: int = one(4, "int64", 0)
    metadata: list[KeyValue] = repeated(5, KeyValue)


@dataclass(slots=True)
class Any(Message):
    type_url: str = one(1, "string", "")
    value: bytes = one(2, "bytes", b"")


@dataclass(slots=True)
class Status(Message):
    code: int = one(1, "int32", 0)
    message: str = one(2, "string", "")
    details: list[Any] = repeated(3, Any)


@dataclass(slots=True)
class Response(Message):
    status: Status | None = optional(1, Status)
    payload: bytes = one(2, "bytes", b"")
