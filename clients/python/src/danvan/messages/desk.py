"""What the analyst's desk tells of: where facts stand, posts, what was said, ordered and held."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated
from .facts import Evidence
from .incumbents import Incumbent


@dataclass(slots=True)
class Source(Message):
    """Where a fact stands."""

    article_id: int = one(1, "int64", 0)
    date: str = one(2, "string", "")
    title: str = one(3, "string", "")
    outlet: str = one(4, "string", "")
    start: int = one(5, "uint32", 0)
    end: int = one(6, "uint32", 0)
    sentence: str = one(7, "string", "")
    evidence: Evidence | None = optional(8, Evidence)


@dataclass(slots=True)
class DayRange(Message):
    first: str = one(1, "string", "")
    last: str = one(2, "string", "")


@dataclass(slots=True)
class EntityName(Message):
    entity: str = one(1, "string", "")
    name: str = one(2, "string", "")
    known_as: str = one(3, "string", "")
    articles: int = one(4, "uint32", 0)


@dataclass(slots=True)
class Tenure(Message):
    """A post, from the first to the last day that an article says so. It may have begun before and
    ended after.
    """

    role: str = one(1, "string", "")
    body: str | None = optional(2, "string")
    first: str = one(3, "string", "")
    last: str = one(4, "string", "")
    articles: int = one(5, "uint32", 0)
    sources: list[Source] = repeated(6, Source)
    gaps: list[DayRange] = repeated(7, DayRange)
    holder: EntityName | None = optional(8, EntityName)


@dataclass(slots=True)
class DirectiveState(Message):
    """What people noted on a directive; a status of `open` where nothing was noted."""

    status: str = one(1, "string", "")
    due: str | None = optional(2, "string")
    owner: str | None = optional(3, "string")
    note: str | None = optional(4, "string")
    changed: str = one(5, "string", "")


@dataclass(slots=True)
class DirectiveItem(Message):
    id: str = one(1, "string", "")
    issuer: str = one(2, "string", "")
    verb: str = one(3, "string", "")
    addressee: str | None = optional(4, "string")
    action: str = one(5, "string", "")
    time: str | None = optional(6, "string")
    event: str | None = optional(7, "string")
    source: Source | None = optional(8, Source)
    state: DirectiveState | None = optional(9, DirectiveState)
    incumbent: Incumbent | None = optional(10, Incumbent)


@dataclass(slots=True)
class StatementItem(Message):
    speaker: str = one(1, "string", "")
    cue: str | None = optional(2, "string")
    kind: str = one(3, "string", "")
    content: str = one(4, "string", "")
    source: Source | None = optional(5, Source)
    incumbent: Incumbent | None = optional(6, Incumbent)


@dataclass(slots=True)
class Meeting(Message):
    """A gathering or official act, as one or more articles report it."""

    type: str = one(1, "string", "")
    name: str = one(2, "string", "")
    status: str = one(3, "string", "")
    date: str = one(4, "string", "")
    when: str | None = optional(5, "string")
    place: str | None = optional(6, "string")
    chairs: list[str] = repeated(7, "string")
    attendees: list[str] = repeated(8, "string")
    sources: list[Source] = repeated(9, Source)
    incumbents: list[Incumbent] = repeated(10, Incumbent)


@dataclass(slots=True)
class MeetingsRequest(Message):
    period: str = one(1, "string", "")
    chair: str = one(2, "string", "")
    place: str = one(3, "string", "")
    type: str = one(4, "string", "")
    limit: int = one(5, "uint32", 0)
    with_background: bool = one(6, "bool", False)
    with_incumbents: bool = one(7, "bool", False)


@dataclass(slots=True)
class MeetingsResponse(Message):
    meetings: list[Meeting] = repeated(1, Meeting)
    reports: int = one(2, "uint64", 0)


@dataclass(slots=True)
class StatementsRequest(Message):
    by: str = one(1, "string", "")
    about: str = one(2, "string", "")
    period: str = one(3, "string", "")
    limit: int = one(4, "uint32", 0)
    with_incumbents: bool = one(5, "bool", False)


@dataclass(slots=True)
class StatementsResponse(Message):
    statements: list[StatementItem] = repeated(1, StatementItem)
    total: int = one(2, "uint64", 0)


@dataclass(slots=True)
class TopicsRequest(Message):
    period: str = one(1, "string", "")


@dataclass(slots=True)
class TopicCount(Message):
    topic: str = one(1, "string", "")
    articles: int = one(2, "uint32", 0)
    before: int = one(3, "uint32", 0)


@dataclass(slots=True)
class TopicsResponse(Message):
    first: str = one(1, "string", "")
    last: str = one(2, "string", "")
    topics: list[TopicCount] = repeated(3, TopicCount)


@dataclass(slots=True)
class TimelineRequest(Message):
    query: str = one(1, "string", "")


@dataclass(slots=True)
class MonthCount(Message):
    month: str = one(1, "string", "")
    articles: int = one(2, "uint32", 0)


@dataclass(slots=True)
class TimelineResponse(Message):
    months: list[MonthCount] = repeated(1, MonthCount)
    undated: int = one(2, "uint64", 0)
