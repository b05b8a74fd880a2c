"""The messages of directives: lists, notes, later articles that report on one."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated
from .desk import DirectiveItem, DirectiveState, Source


@dataclass(slots=True)
class DirectivesRequest(Message):
    """An empty name, query or period asks for all."""

    by: str = one(1, "string", "")
    to: str = one(2, "string", "")
    about: str = one(3, "string", "")
    period: str = one(4, "string", "")
    open_only: bool = one(5, "bool", False)
    limit: int = one(6, "uint32", 0)
    orphans: bool = one(7, "bool", False)
    with_incumbents: bool = one(8, "bool", False)


@dataclass(slots=True)
class OrphanedMark(Message):
    """What was noted on a directive that texts or rules of now do not have."""

    article_id: int = one(1, "int64", 0)
    start: int = one(2, "uint32", 0)
    end: int = one(3, "uint32", 0)
    words: str | None = optional(4, "string")
    in_text: bool = one(5, "bool", False)
    state: DirectiveState | None = optional(6, DirectiveState)


@dataclass(slots=True)
class DirectivesResponse(Message):
    directives: list[DirectiveItem] = repeated(1, DirectiveItem)
    total: int = one(2, "uint64", 0)
    orphans: list[OrphanedMark] = repeated(3, OrphanedMark)


@dataclass(slots=True)
class DirectiveRequest(Message):
    id: str = one(1, "string", "")


@dataclass(slots=True)
class DirectiveChange(Message):
    time: str = one(1, "string", "")
    status: str | None = optional(2, "string")
    due: str | None = optional(3, "string")
    owner: str | None = optional(4, "string")
    note: str | None = optional(5, "string")


@dataclass(slots=True)
class DirectiveFollowUp(Message):
    score: float = one(1, "double", 0.0)
    reasons: list[str] = repeated(2, "string")
    source: Source | None = optional(3, Source)


@dataclass(slots=True)
class DirectiveResponse(Message):
    directive: DirectiveItem | None = optional(1, DirectiveItem)
    history: list[DirectiveChange] = repeated(2, DirectiveChange)
    follow_ups: list[DirectiveFollowUp] = repeated(3, DirectiveFollowUp)


@dataclass(slots=True)
class MarkDirectiveRequest(Message):
    id: str = one(1, "string", "")
    status: str | None = optional(2, "string")
    due: str | None = optional(3, "string")
    owner: str | None = optional(4, "string")
    note: str | None = optional(5, "string")
