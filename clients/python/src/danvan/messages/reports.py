"""The messages of reports over many articles: a period, and what the store holds."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated
from .desk import (
    DayRange,
    DirectiveItem,
    EntityName,
    Meeting,
    MonthCount,
    Source,
    StatementItem,
    TopicCount,
)


@dataclass(slots=True)
class BriefRequest(Message):
    period: str = one(1, "string", "")
    query: str = one(2, "string", "")
    limit: int = one(3, "uint32", 0)


@dataclass(slots=True)
class BriefDay(Message):
    date: str = one(1, "string", "")
    articles: int = one(2, "uint32", 0)
    meetings: int = one(3, "uint32", 0)


@dataclass(slots=True)
class Weight(Message):
    """Why something was chosen: its weight is the sum of these."""

    reason: str = one(1, "string", "")
    points: int = one(2, "uint32", 0)


@dataclass(slots=True)
class BriefDirective(Message):
    item: DirectiveItem | None = optional(1, DirectiveItem)
    party: str = one(2, "string", "")
    articles: int = one(3, "uint32", 0)
    weights: list[Weight] = repeated(4, Weight)


@dataclass(slots=True)
class OutletCount(Message):
    name: str = one(1, "string", "")
    articles: int = one(2, "uint32", 0)
    before: int = one(3, "uint32", 0)
    days: int = one(4, "uint32", 0)


@dataclass(slots=True)
class VacantPost(Message):
    post: str = one(1, "string", "")
    holder: EntityName | None = optional(2, EntityName)
    last: str = one(3, "string", "")
    articles: int = one(4, "uint32", 0)
    source: Source | None = optional(5, Source)


@dataclass(slots=True)
class BriefGaps(Message):
    """What is missing."""

    days_without_articles: int = one(1, "uint32", 0)
    silences: list[DayRange] = repeated(2, DayRange)
    weeks_without_articles: list[str] = repeated(3, "string")
    silent_outlets: list[OutletCount] = repeated(4, OutletCount)
    articles_of_inferred_day: int = one(5, "uint32", 0)
    articles_without_outlet: int = one(6, "uint32", 0)
    copies: int = one(7, "uint32", 0)
    articles_without_day: int = one(8, "uint64", 0)
    meetings_without_chair: int = one(9, "uint32", 0)
    meetings_without_place: int = one(10, "uint32", 0)
    directives_without_addressee: int = one(11, "uint32", 0)
    directives_without_time: int = one(12, "uint32", 0)
    directives_unanswered: int = one(13, "uint32", 0)
    statements_without_post: int = one(14, "uint32", 0)
    vacant: list[VacantPost] = repeated(15, VacantPost)
    shared_posts: int = one(16, "uint32", 0)
    unclear_posts: int = one(17, "uint32", 0)
    unfinished: bool = one(18, "bool", False)


@dataclass(slots=True)
class BriefMeeting(Message):
    meeting: Meeting | None = optional(1, Meeting)
    agenda: list[str] = repeated(2, "string")
    directives: int = one(3, "uint32", 0)
    weights: list[Weight] = repeated(4, Weight)


@dataclass(slots=True)
class BriefStatement(Message):
    item: StatementItem | None = optional(1, StatementItem)
    post: str = one(2, "string", "")
    articles: int = one(3, "uint32", 0)
    weights: list[Weight] = repeated(4, Weight)


@dataclass(slots=True)
class BriefTotals(Message):
    articles: int = one(1, "uint32", 0)
    meeting_reports: int = one(2, "uint32", 0)
    meetings: int = one(3, "uint32", 0)
    statements: int = one(4, "uint32", 0)
    directives: int = one(5, "uint32", 0)
    outlets: int = one(6, "uint32", 0)


@dataclass(slots=True)
class DirectiveParty(Message):
    name: str = one(1, "string", "")
    directives: int = one(2, "uint32", 0)
    done: int = one(3, "uint32", 0)
    dropped: int = one(4, "uint32", 0)


@dataclass(slots=True)
class NamedCount(Message):
    name: str = one(1, "string", "")
    count: int = one(2, "uint64", 0)


@dataclass(slots=True)
class PostChange(Message):
    """A post in which somebody was first seen in the period, where somebody else was seen in it
    before and is not seen in it since. Seen means that an article says so: the change was
    some time between the two days.
    """

    post: str = one(1, "string", "")
    holder: EntityName | None = optional(2, EntityName)
    since: str = one(3, "string", "")
    articles: int = one(4, "uint32", 0)
    source: Source | None = optional(5, Source)
    before: EntityName | None = optional(6, EntityName)
    until: str = one(7, "string", "")
    before_articles: int = one(8, "uint32", 0)
    before_source: Source | None = optional(9, Source)
    doubts: list[str] = repeated(10, "string")


@dataclass(slots=True)
class BriefResponse(Message):
    """Everything is of the articles dated in the period and of the meetings held in it, by what
    articles say. Lists are chosen; `totals` and the counts are of all.
    """

    first: str = one(1, "string", "")
    last: str = one(2, "string", "")
    before_first: str = one(3, "string", "")
    before_last: str = one(4, "string", "")
    totals: BriefTotals | None = optional(5, BriefTotals)
    before: BriefTotals | None = optional(6, BriefTotals)
    days: list[BriefDay] = repeated(7, BriefDay)
    meetings: list[BriefMeeting] = repeated(8, BriefMeeting)
    meeting_types: list[NamedCount] = repeated(9, NamedCount)
    issuers: list[DirectiveParty] = repeated(10, DirectiveParty)
    addressees: list[DirectiveParty] = repeated(11, DirectiveParty)
    directives: list[BriefDirective] = repeated(12, BriefDirective)
    topics: list[TopicCount] = repeated(13, TopicCount)
    changes: list[PostChange] = repeated(14, PostChange)
    statements: list[BriefStatement] = repeated(15, BriefStatement)
    outlets: list[OutletCount] = repeated(16, OutletCount)
    gaps: BriefGaps | None = optional(17, BriefGaps)


@dataclass(slots=True)
class StatsRequest(Message):
    pass


@dataclass(slots=True)
class ReaderCount(Message):
    media_type: str = one(1, "string", "")
    version: int = one(2, "uint32", 0)
    articles: int = one(3, "uint64", 0)


@dataclass(slots=True)
class StatsResponse(Message):
    articles: int = one(1, "uint64", 0)
    facts: int = one(2, "uint64", 0)
    text_bytes: int = one(3, "uint64", 0)
    database_bytes: int = one(4, "uint64", 0)
    wal_bytes: int = one(5, "uint64", 0)
    sources: list[NamedCount] = repeated(6, NamedCount)
    months: list[MonthCount] = repeated(7, MonthCount)
    undated: int = one(8, "uint64", 0)
    readers: list[ReaderCount] = repeated(9, ReaderCount)
    kinds: list[NamedCount] = repeated(10, NamedCount)
    coverage: list[NamedCount] = repeated(11, NamedCount)
    rules: list[NamedCount] = repeated(12, NamedCount)
    unreadable: int = one(13, "uint64", 0)
