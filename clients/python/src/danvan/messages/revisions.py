"""The messages about what changed from one revision of an article to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .facts import ArticleFacts
from .._protobuf import Message, one, optional, repeated


@dataclass(slots=True)
class Revision(Message):
    number: int = one(1, "uint32", 0)
    title: str | None = optional(2, "string")
    publisher: str | None = optional(3, "string")
    published: str | None = optional(4, "string")
    text_bytes: int = one(5, "uint32", 0)
    sha256: str = one(6, "string", "")
    came: str | None = optional(7, "string")


@dataclass(slots=True)
class DiffRequest(Message):
    article_id: int = one(1, "int64", 0)
    from_: int = one(2, "uint32", 0)
    to: int = one(3, "uint32", 0)


class Change(IntEnum):
    """Whether both revisions have a stretch of text, or only one of them."""

    KEPT = 0
    REMOVED = 1
    ADDED = 2


@dataclass(slots=True)
class TextChange(Message):
    change: Change = one(1, Change, Change.KEPT)
    text: str = one(2, "string", "")


@dataclass(slots=True)
class FieldChange(Message):
    field: str = one(1, "string", "")
    before: str | None = optional(2, "string")
    after: str | None = optional(3, "string")


@dataclass(slots=True)
class DiffResponse(Message):
    from_: Revision | None = optional(1, Revision)
    to: Revision | None = optional(2, Revision)
    fields: list[FieldChange] = repeated(3, FieldChange)
    text: list[TextChange] = repeated(4, TextChange)
    lost: ArticleFacts | None = optional(5, ArticleFacts)
    gained: ArticleFacts | None = optional(6, ArticleFacts)
