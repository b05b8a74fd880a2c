"""The event log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .._protobuf import Message, one, optional, repeated
from .corpus import Article


class EventKind(IntEnum):
    KIND_UNSPECIFIED = 0
    ADDED = 1
    REMOVED = 2
    FACTS_REBUILT = 3
    SYNCED = 4
    PROGRESS = 5
    UPDATED = 6
    GAP = 7
    GOAWAY = 8
    LAGGING = 9
    REBUILD_ENDED = 10


@dataclass(slots=True)
class WatchRequest(Message):
    query: str = one(1, "string", "")
    from_: str = one(2, "string", "")
    with_facts: bool = one(3, "bool", False)
    with_text: bool = one(4, "bool", False)
    subscription: str = one(5, "string", "")
    skip_gaps: bool = one(6, "bool", False)


@dataclass(slots=True)
class FetchRequest(Message):
    query: str = one(1, "string", "")
    from_: str = one(2, "string", "")
    with_facts: bool = one(3, "bool", False)
    max_events: int = one(4, "uint32", 0)
    wait_nano: int = one(5, "int64", 0)
    with_text: bool = one(6, "bool", False)
    subscription: str = one(7, "string", "")


@dataclass(slots=True)
class WatchEvent(Message):
    kind: EventKind = one(1, EventKind, EventKind(0))
    cursor: str = one(2, "string", "")
    time: str = one(3, "string", "")
    article_id: int = one(4, "int64", 0)
    article: Article | None = optional(5, Article)
    #: Another event of the same commit follows.
    continues: bool = one(6, "bool", False)

    @property
    def is_mark(self) -> bool:
        """Whether it is about the watch and not about an article."""
        return self.kind in _MARKS


_MARKS = (
    EventKind.SYNCED,
    EventKind.PROGRESS,
    EventKind.GAP,
    EventKind.GOAWAY,
    EventKind.LAGGING,
    EventKind.REBUILD_ENDED,
)


@dataclass(slots=True)
class FetchResponse(Message):
    events: list[WatchEvent] = repeated(1, WatchEvent)
    next: str = one(2, "string", "")
    oldest: str = one(3, "string", "")
    head: str = one(4, "string", "")


class CursorFault(IntEnum):
    REASON_UNSPECIFIED = 0
    MALFORMED = 1
    ANOTHER_STORE = 2
    COMPACTED = 3
    AHEAD = 4


@dataclass(slots=True)
class CursorBounds(Message):
    """Why a cursor cannot be gone on from, and where reading may begin."""

    oldest: str = one(1, "string", "")
    head: str = one(2, "string", "")
    reason: CursorFault = one(3, CursorFault, CursorFault(0))
