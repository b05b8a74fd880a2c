"""A corpus on its way to another program or another store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .._protobuf import Message, one, optional, repeated
from .corpus import Reading, Sighting, StringPair
from .facts import ArticleFacts, Correction
from .search import SavedSearch


@dataclass(slots=True)
class ExportRequest(Message):
    query: str = one(1, "string", "")
    with_facts: bool = one(2, "bool", False)
    with_originals: bool = one(3, "bool", False)
    with_sentences: bool = one(4, "bool", False)
    newest_only: bool = one(5, "bool", False)


@dataclass(slots=True)
class ExportHead(Message):
    version: int = one(1, "uint32", 0)
    query: str = one(2, "string", "")
    rule_set: str = one(3, "string", "")
    articles: int = one(4, "uint64", 0)
    texts: int = one(5, "uint64", 0)
    cursor: str = one(6, "string", "")


@dataclass(slots=True)
class ExportEnd(Message):
    articles: int = one(1, "uint64", 0)
    texts: int = one(2, "uint64", 0)


@dataclass(slots=True)
class ExportedOriginal(Message):
    """A document as it came; `content` is None where it is the text."""

    media_type: str = one(1, "string", "")
    author: str | None = optional(2, "string")
    title: str | None = optional(3, "string")
    url: str | None = optional(4, "string")
    source: str | None = optional(5, "string")
    published: str | None = optional(6, "string")
    charset: str | None = optional(7, "string")
    fields: list[StringPair] = repeated(8, StringPair)
    reading: Reading | None = optional(9, Reading)
    content: bytes | None = optional(10, "bytes")


@dataclass(slots=True)
class ExportedMark(Message):
    """What somebody noted on a directive; what is None was left as it was."""

    start: int = one(1, "uint32", 0)
    end: int = one(2, "uint32", 0)
    status: str | None = optional(3, "string")
    due: str | None = optional(4, "string")
    owner: str | None = optional(5, "string")
    note: str | None = optional(6, "string")
    time: str = one(7, "string", "")
    words: str | None = optional(8, "string")
    before: str | None = optional(9, "string")
    after: str | None = optional(10, "string")


@dataclass(slots=True)
class ExportedText(Message):
    """One revision of an article."""

    id: int = one(1, "int64", 0)
    revision: int = one(2, "uint32", 0)
    time: str = one(3, "string", "")
    title: str | None = optional(4, "string")
    url: str | None = optional(5, "string")
    publisher: str | None = optional(6, "string")
    published: str | None = optional(7, "string")
    text: str = one(8, "string", "")
    previous: str | None = optional(9, "string")
    original: ExportedOriginal | None = optional(10, ExportedOriginal)
    newest: bool = one(11, "bool", False)
    tags: list[str] = repeated(12, "string")
    sightings: list[Sighting] = repeated(13, Sighting)
    copy_of: str | None = optional(14, "string")
    facts: ArticleFacts | None = optional(15, ArticleFacts)
    sentences: list[int] = repeated(16, "uint32")
    marks: list[ExportedMark] = repeated(17, ExportedMark)
    corrections: list[Correction] = repeated(50, Correction)
    sha256: str = one(51, "string", "")


@dataclass(slots=True)
class ExportedBearer(Message):
    """A name, as the article of that identity means it; None: wherever it stands."""

    name: str = one(1, "string", "")
    article: str | None = optional(2, "string")


@dataclass(slots=True)
class ExportedRuling(Message):
    """What somebody ruled on a person or body."""

    kind: str = one(1, "string", "")
    verb: str = one(2, "string", "")
    entity: ExportedBearer | None = optional(3, ExportedBearer)
    other: ExportedBearer | None = optional(4, ExportedBearer)
    text: str = one(5, "string", "")
    time: str = one(6, "string", "")


@dataclass(slots=True)
class ExportItem(Message):
    """One item of an export: exactly one of its fields is set."""

    head: ExportHead | None = optional(1, ExportHead)
    saved_search: SavedSearch | None = optional(2, SavedSearch)
    text: ExportedText | None = optional(3, ExportedText)
    end: ExportEnd | None = optional(4, ExportEnd)
    ruling: ExportedRuling | None = optional(5, ExportedRuling)


class ImportOutcome(IntEnum):
    IMPORT_OUTCOME_UNSPECIFIED = 0
    ADDED = 1
    KNOWN = 2
    UPDATED = 3
    SAVED_SEARCH = 4
    SAVED_SEARCH_KEPT = 5
    PASSED_OVER = 6
    SAVED_SEARCH_KNOWN = 7
    RULING = 8
    RULING_KNOWN = 9


@dataclass(slots=True)
class ImportRequest(Message):
    items: list[ExportItem] = repeated(1, ExportItem)
    regroup: bool = one(2, "bool", False)
    same_ids: bool = one(3, "bool", False)


@dataclass(slots=True)
class ImportResult(Message):
    outcome: ImportOutcome = one(1, ImportOutcome, ImportOutcome(0))
    article_id: int = one(2, "int64", 0)


@dataclass(slots=True)
class ImportFault(Message):
    """Which item of the request was at fault, from 1."""

    item: int = one(1, "uint32", 0)


@dataclass(slots=True)
class ImportResponse(Message):
    results: list[ImportResult] = repeated(1, ImportResult)
