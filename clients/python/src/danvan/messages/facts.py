"""The facts of an article, field by field as in danvan.proto.

Offsets are half-open ranges of UTF-8 bytes into the article's text.
"""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated


@dataclass(slots=True)
class Evidence(Message):
    rule: str = one(1, "string", "")
    confidence: float = one(2, "double", 0.0)
    by: str | None = optional(3, "string")


@dataclass(slots=True)
class Mention(Message):
    type: str = one(1, "string", "")
    start: int = one(2, "uint32", 0)
    end: int = one(3, "uint32", 0)
    text: str = one(4, "string", "")
    value: str | None = optional(5, "string")
    basis: str | None = optional(6, "string")
    name: str | None = optional(7, "string")
    holder: str | None = optional(8, "string")
    evidence: Evidence | None = optional(9, Evidence)


@dataclass(slots=True)
class Event(Message):
    type: str = one(1, "string", "")
    start: int = one(2, "uint32", 0)
    end: int = one(3, "uint32", 0)
    name: str = one(4, "string", "")
    status: str = one(5, "string", "")
    when: str | None = optional(6, "string")
    place: str | None = optional(7, "string")
    chairs: list[str] = repeated(8, "string")
    attendees: list[str] = repeated(9, "string")
    evidence: Evidence | None = optional(10, Evidence)


@dataclass(slots=True)
class Statement(Message):
    kind: str = one(1, "string", "")
    start: int = one(2, "uint32", 0)
    end: int = one(3, "uint32", 0)
    content: str = one(4, "string", "")
    speaker: str = one(5, "string", "")
    cue: str | None = optional(6, "string")
    continuation: bool = one(7, "bool", False)
    evidence: Evidence | None = optional(8, Evidence)


@dataclass(slots=True)
class Directive(Message):
    start: int = one(1, "uint32", 0)
    end: int = one(2, "uint32", 0)
    action: str = one(3, "string", "")
    issuer: str = one(4, "string", "")
    verb: str | None = optional(5, "string")
    addressee: str | None = optional(6, "string")
    time: str | None = optional(7, "string")
    evidence: Evidence | None = optional(8, Evidence)


@dataclass(slots=True)
class NamedThing(Message):
    start: int = one(1, "uint32", 0)
    end: int = one(2, "uint32", 0)
    text: str = one(3, "string", "")
    evidence: Evidence | None = optional(4, Evidence)


@dataclass(slots=True)
class Topic(Message):
    start: int = one(1, "uint32", 0)
    end: int = one(2, "uint32", 0)
    name: str = one(3, "string", "")
    count: int = one(4, "uint32", 0)
    evidence: Evidence | None = optional(5, Evidence)


@dataclass(slots=True)
class Position(Message):
    start: int = one(1, "uint32", 0)
    end: int = one(2, "uint32", 0)
    person: str = one(3, "string", "")
    role: str = one(4, "string", "")
    body: str | None = optional(5, "string")
    date: str | None = optional(6, "string")
    evidence: Evidence | None = optional(7, Evidence)


@dataclass(slots=True)
class Word(Message):
    start: int = one(1, "uint32", 0)
    end: int = one(2, "uint32", 0)


@dataclass(slots=True)
class ArticleFacts(Message):
    date: str | None = optional(1, "string")
    date_basis: str | None = optional(2, "string")
    source: str | None = optional(3, "string")
    mentions: list[Mention] = repeated(4, Mention)
    events: list[Event] = repeated(5, Event)
    statements: list[Statement] = repeated(6, Statement)
    directives: list[Directive] = repeated(7, Directive)
    instruments: list[NamedThing] = repeated(8, NamedThing)
    campaigns: list[NamedThing] = repeated(9, NamedThing)
    rule_set: str = one(10, "string", "")
    topics: list[Topic] = repeated(30, Topic)
    key_phrases: list[NamedThing] = repeated(31, NamedThing)
    positions: list[Position] = repeated(32, Position)
    language: str | None = optional(33, "string")


@dataclass(slots=True)
class Correction(Message):
    """What a person has said of a fact."""

    id: int = one(1, "int64", 0)
    article_id: int = one(2, "int64", 0)
    wrong: ArticleFacts | None = optional(3, ArticleFacts)
    right: ArticleFacts | None = optional(4, ArticleFacts)
    why: str = one(5, "string", "")
    who: str = one(6, "string", "")
    uid: int = one(7, "uint32", 0)
    time: str = one(8, "string", "")
    state: str = one(9, "string", "")
    start: int = one(10, "uint32", 0)
    end: int = one(11, "uint32", 0)
    words: str = one(12, "string", "")
    before: str = one(13, "string", "")
    after: str = one(14, "string", "")


@dataclass(slots=True)
class Rule(Message):
    id: str = one(1, "string", "")
    kind: str = one(2, "string", "")
    note: str = one(3, "string", "")
    match: list[str] = repeated(4, "string")
    confidence: float = one(5, "double", 0.0)
    examples: list[str] = repeated(6, "string")
    rejects: list[str] = repeated(7, "string")
    file: str = one(8, "string", "")
    value: str | None = optional(9, "string")
    off: bool = one(10, "bool", False)
