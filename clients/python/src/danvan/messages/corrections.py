"""The messages of what people say of facts."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated
from .facts import Correction


@dataclass(slots=True)
class FactField(Message):
    name: str = one(1, "string", "")
    value: str = one(2, "string", "")


@dataclass(slots=True)
class CorrectRequest(Message):
    fact: str = one(1, "string", "")
    article_id: int = one(2, "int64", 0)
    spurious: bool = one(3, "bool", False)
    type: str = one(4, "string", "")
    start: int = one(5, "uint32", 0)
    end: int = one(6, "uint32", 0)
    words: str = one(7, "string", "")
    fields: list[FactField] = repeated(8, FactField)
    why: str = one(9, "string", "")
    who: str = one(10, "string", "")


@dataclass(slots=True)
class CorrectResponse(Message):
    correction: Correction | None = optional(1, Correction)


@dataclass(slots=True)
class CorrectionsRequest(Message):
    article_id: int = one(1, "int64", 0)
    limit: int = one(2, "uint32", 0)
    after: str = one(3, "string", "")


@dataclass(slots=True)
class CorrectionsResponse(Message):
    corrections: list[Correction] = repeated(1, Correction)
    next: str = one(2, "string", "")


@dataclass(slots=True)
class ForgetCorrectionRequest(Message):
    id: int = one(1, "int64", 0)


@dataclass(slots=True)
class ForgetCorrectionResponse(Message):
    pass
