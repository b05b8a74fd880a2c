"""Greeting: what both sides can do."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, repeated


@dataclass(slots=True)
class HelloRequest(Message):
    protocol: int = one(1, "uint32", 0)
    features: list[str] = repeated(2, "string")
    required: list[str] = repeated(3, "string")
    max_frame: int = one(4, "uint32", 0)
    max_inflated: int = one(5, "uint32", 0)
    client: str = one(6, "string", "")
    version: str = one(7, "string", "")
    window: int = one(8, "uint32", 0)


@dataclass(slots=True)
class HelloResponse(Message):
    protocol: int = one(1, "uint32", 0)
    features: list[str] = repeated(2, "string")
    max_frame: int = one(3, "uint32", 0)
    max_inflated: int = one(4, "uint32", 0)
    store: str = one(5, "string", "")
    server: str = one(6, "string", "")
    version: str = one(7, "string", "")
    oldest_cursor: str = one(8, "string", "")
    head_cursor: str = one(9, "string", "")
    window: int = one(10, "uint32", 0)
