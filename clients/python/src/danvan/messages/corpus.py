"""Documents and articles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .._frames import inflate
from .._protobuf import Message, one, optional, repeated
from .facts import ArticleFacts, Correction, Directive, Event, Mention, NamedThing, Statement
from .incumbents import Incumbent
from .revisions import Revision


class Outcome(IntEnum):
    OUTCOME_UNSPECIFIED = 0
    ADDED = 1
    DUPLICATE = 2
    REJECTED = 3
    UPDATED = 4


class Encoding(IntEnum):
    PLAIN = 0
    ZLIB = 1


@dataclass(slots=True)
class StringPair(Message):
    """An entry of a map of strings."""

    key: str = one(1, "string", "")
    value: str = one(2, "string", "")


@dataclass(slots=True)
class Document(Message):
    content: bytes = one(1, "bytes", b"")
    media_type: str = one(2, "string", "")
    label: str = one(3, "string", "")
    title: str | None = optional(4, "string")
    url: str | None = optional(5, "string")
    source: str | None = optional(6, "string")
    published: str | None = optional(7, "string")
    charset: str | None = optional(8, "string")
    fields: list[StringPair] = repeated(9, StringPair)


@dataclass(slots=True)
class IngestRequest(Message):
    documents: list[Document] = repeated(1, Document)


@dataclass(slots=True)
class IngestResult(Message):
    outcome: Outcome = one(1, Outcome, Outcome(0))
    article_id: int = one(2, "int64", 0)
    cursor: str = one(3, "string", "")
    error_code: int = one(4, "int32", 0)
    error: str = one(5, "string", "")


@dataclass(slots=True)
class IngestResponse(Message):
    results: list[IngestResult] = repeated(1, IngestResult)


@dataclass(slots=True)
class GetArticleRequest(Message):
    article_id: int = one(1, "int64", 0)
    with_text: bool = one(2, "bool", False)
    with_facts: bool = one(3, "bool", False)


@dataclass(slots=True)
class Body(Message):
    """Text, plain or as it lies in the store."""

    encoding: Encoding = one(1, Encoding, Encoding(0))
    raw_length: int = one(2, "uint32", 0)
    data: bytes = one(3, "bytes", b"")

    def plain(self, limit: int = 64 << 20) -> bytes:
        """The text's bytes. Raises ValueError for what does not inflate to what it declares."""
        if self.encoding == Encoding.PLAIN:
            return self.data
        if self.encoding != Encoding.ZLIB:
            raise ValueError(f"a text in encoding {self.encoding}, unknown here")
        if self.raw_length > limit:
            raise ValueError(f"a text of {self.raw_length} bytes, more than {limit}")
        return inflate(self.data, self.raw_length)


@dataclass(slots=True)
class Reading(Message):
    reader: int = one(1, "uint32", 0)
    encoding: str = one(2, "string", "")
    origins: list[StringPair] = repeated(3, StringPair)
    summary: bool = one(4, "bool", False)
    notes: list[str] = repeated(5, "string")


@dataclass(slots=True)
class Sighting(Message):
    """A place where the article's text was seen."""

    source: str = one(1, "string", "")
    url: str = one(2, "string", "")
    first: str = one(3, "string", "")
    last: str = one(4, "string", "")
    times: int = one(5, "uint64", 0)


@dataclass(slots=True)
class Article(Message):
    id: int = one(1, "int64", 0)
    title: str | None = optional(2, "string")
    url: str | None = optional(3, "string")
    publisher: str | None = optional(4, "string")
    published: str | None = optional(5, "string")
    date: str | None = optional(6, "string")
    date_basis: str | None = optional(7, "string")
    source: str | None = optional(8, "string")
    ingested: str = one(9, "string", "")
    text_bytes: int = one(10, "uint32", 0)
    text: Body | None = optional(11, Body)
    facts: ArticleFacts | None = optional(12, ArticleFacts)
    sha256: str = one(13, "string", "")
    revision: int = one(20, "uint32", 0)
    author: str | None = optional(40, "string")
    reading: Reading | None = optional(41, Reading)
    sightings: list[Sighting] = repeated(42, Sighting)
    copies: list[int] = repeated(43, "int64")
    revisions: list[Revision] = repeated(44, Revision)
    corrections: list[Correction] = repeated(50, Correction)
    language: str | None = optional(51, "string")
    incumbents: list[Incumbent] = repeated(52, Incumbent)

    @property
    def body(self) -> str | None:
        """The text, where it was asked for."""
        return None if self.text is None else self.text.plain().decode()

    def excerpt(self, fact: Mention | Event | Statement | Directive | NamedThing) -> str | None:
        """The piece of the text that a fact was read from, where the text was asked for."""
        if self.text is None:
            return None
        return self.text.plain()[fact.start : fact.end].decode()


@dataclass(slots=True)
class DeleteRequest(Message):
    article_ids: list[int] = repeated(1, "int64")


@dataclass(slots=True)
class DeleteResponse(Message):
    deleted: list[int] = repeated(1, "int64")
    missing: list[int] = repeated(2, "int64")
