"""The messages of danvan's services, field by field as in danvan.proto."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ._admin_messages import RebuildState
from ._facts import ArticleFacts, Directive, Event, Mention, NamedThing, Rule, Statement
from ._facts import Word
from ._frames import inflate
from ._protobuf import Message, one, optional, repeated


class Outcome(IntEnum):
    OUTCOME_UNSPECIFIED = 0
    ADDED = 1
    DUPLICATE = 2
    REJECTED = 3
    UPDATED = 4


class Encoding(IntEnum):
    PLAIN = 0
    ZLIB = 1


class Sort(IntEnum):
    NEWEST = 0
    RELEVANCE = 1


class Marks(IntEnum):
    AUTOMATIC = 0
    EXACT = 1
    IGNORED = 2


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


@dataclass(slots=True)
class AnalyzeRequest(Message):
    document: Document | None = optional(1, Document)
    with_words: bool = one(5, "bool", False)


@dataclass(slots=True)
class AnalyzeResponse(Message):
    text: str = one(1, "string", "")
    title: str | None = optional(2, "string")
    facts: ArticleFacts | None = optional(3, ArticleFacts)
    words: list[Word] = repeated(8, Word)
    article: Article | None = optional(40, Article)


@dataclass(slots=True)
class ExplainRuleRequest(Message):
    rule: str = one(1, "string", "")


@dataclass(slots=True)
class ExplainRuleResponse(Message):
    rules: list[Rule] = repeated(1, Rule)


@dataclass(slots=True)
class ExplainRequest(Message):
    article_id: int = one(1, "int64", 0)
    document: Document | None = optional(2, Document)
    start: int = one(3, "uint32", 0)
    end: int = one(4, "uint32", 0)
    words: str = one(5, "string", "")
    with_losers: bool = one(6, "bool", False)


@dataclass(slots=True)
class Loser(Message):
    """A reading of some words that became no fact."""

    kind: str = one(1, "string", "")
    start: int = one(2, "uint32", 0)
    end: int = one(3, "uint32", 0)
    text: str = one(4, "string", "")
    rule: str = one(5, "string", "")
    reason: str = one(6, "string", "")


@dataclass(slots=True)
class ExplainResponse(Message):
    text: str = one(1, "string", "")
    title: str | None = optional(2, "string")
    facts: ArticleFacts | None = optional(3, ArticleFacts)
    places: list[Word] = repeated(4, Word)
    rules: list[Rule] = repeated(5, Rule)
    losers: list[Loser] = repeated(6, Loser)
    losers_omitted: int = one(7, "uint64", 0)
    stored_rule_set: str | None = optional(8, "string")


@dataclass(slots=True)
class QueryRequest(Message):
    query: str = one(1, "string", "")
    limit: int = one(2, "uint32", 0)
    sort: Sort = one(3, Sort, Sort(0))
    after: str = one(4, "string", "")
    marks: Marks = one(5, Marks, Marks(0))
    facets: list[str] = repeated(6, "string")
    facet_limit: int = one(7, "uint32", 0)
    explain: bool = one(8, "bool", False)
    count_only: bool = one(9, "bool", False)
    fold_copies: bool = one(40, "bool", False)


@dataclass(slots=True)
class Hit(Message):
    article: Article | None = optional(1, Article)
    snippet: str = one(2, "string", "")
    highlights: list[int] = repeated(3, "uint32")
    facts: ArticleFacts | None = optional(4, ArticleFacts)
    tags: list[str] = repeated(5, "string")


@dataclass(slots=True)
class FacetValue(Message):
    value: str = one(1, "string", "")
    articles: int = one(2, "uint64", 0)


@dataclass(slots=True)
class Facet(Message):
    name: str = one(1, "string", "")
    values: list[FacetValue] = repeated(2, FacetValue)
    distinct: int = one(3, "uint64", 0)


@dataclass(slots=True)
class ExplainedPlace(Message):
    syllable: str = one(1, "string", "")
    forms: list[str] = repeated(2, "string")


@dataclass(slots=True)
class ExplainedTerm(Message):
    text: str = one(1, "string", "")
    column: int = one(2, "uint32", 0)
    field: str = one(3, "string", "")
    places: list[ExplainedPlace] = repeated(4, ExplainedPlace)


@dataclass(slots=True)
class ExplainedStep(Message):
    what: str = one(1, "string", "")
    articles: int = one(2, "uint64", 0)
    nano: int = one(3, "int64", 0)


@dataclass(slots=True)
class Explanation(Message):
    terms: list[ExplainedTerm] = repeated(1, ExplainedTerm)
    steps: list[ExplainedStep] = repeated(2, ExplainedStep)


@dataclass(slots=True)
class QueryResponse(Message):
    hits: list[Hit] = repeated(1, Hit)
    total: int = one(2, "uint64", 0)
    next: str = one(3, "string", "")
    notes: list[str] = repeated(4, "string")
    facets: list[Facet] = repeated(5, Facet)
    suggestions: list[str] = repeated(6, "string")
    explanation: Explanation | None = optional(7, Explanation)


@dataclass(slots=True)
class SavedSearch(Message):
    name: str = one(1, "string", "")
    query: str = one(2, "string", "")
    saved: str = one(3, "string", "")


@dataclass(slots=True)
class SaveRequest(Message):
    name: str = one(1, "string", "")
    query: str = one(2, "string", "")


@dataclass(slots=True)
class SavedSearchesRequest(Message):
    pass


@dataclass(slots=True)
class SavedSearchesResponse(Message):
    searches: list[SavedSearch] = repeated(1, SavedSearch)


@dataclass(slots=True)
class RemoveSavedRequest(Message):
    name: str = one(1, "string", "")


@dataclass(slots=True)
class RemoveSavedResponse(Message):
    pass


@dataclass(slots=True)
class TagRequest(Message):
    query: str = one(1, "string", "")
    add: list[str] = repeated(2, "string")
    remove: list[str] = repeated(3, "string")


@dataclass(slots=True)
class TagResponse(Message):
    matched: int = one(1, "uint64", 0)
    changed: int = one(2, "uint64", 0)


@dataclass(slots=True)
class TagsRequest(Message):
    pass


@dataclass(slots=True)
class TagsResponse(Message):
    tags: list[FacetValue] = repeated(1, FacetValue)


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


@dataclass(slots=True)
class CursorBounds(Message):
    oldest: str = one(1, "string", "")
    head: str = one(2, "string", "")


@dataclass(slots=True)
class Subscription(Message):
    """A place in the event log that the daemon keeps: everything up to `cursor` is acknowledged."""

    name: str = one(1, "string", "")
    query: str = one(2, "string", "")
    cursor: str = one(3, "string", "")
    created: str = one(4, "string", "")
    acknowledged: str | None = optional(5, "string")
    lag: int = one(6, "uint64", 0)
    at_risk: bool = one(7, "bool", False)
    cut_off: bool = one(8, "bool", False)


@dataclass(slots=True)
class CreateSubscriptionRequest(Message):
    name: str = one(1, "string", "")
    query: str = one(2, "string", "")
    from_: str = one(3, "string", "")


@dataclass(slots=True)
class ListSubscriptionsRequest(Message):
    pass


@dataclass(slots=True)
class ListSubscriptionsResponse(Message):
    subscriptions: list[Subscription] = repeated(1, Subscription)


@dataclass(slots=True)
class AckRequest(Message):
    name: str = one(1, "string", "")
    cursor: str = one(2, "string", "")


@dataclass(slots=True)
class SeekRequest(Message):
    name: str = one(1, "string", "")
    to: str = one(2, "string", "")


@dataclass(slots=True)
class DeleteSubscriptionRequest(Message):
    name: str = one(1, "string", "")


@dataclass(slots=True)
class DeleteSubscriptionResponse(Message):
    pass


@dataclass(slots=True)
class StatusRequest(Message):
    pass


@dataclass(slots=True)
class StatusResponse(Message):
    version: str = one(1, "string", "")
    protocol: int = one(2, "uint32", 0)
    schema: int = one(3, "uint32", 0)
    store: str = one(4, "string", "")
    rule_set: str = one(5, "string", "")
    uptime_nano: int = one(6, "int64", 0)
    pid: int = one(7, "uint32", 0)
    articles: int = one(8, "uint64", 0)
    facts: int = one(9, "uint64", 0)
    head_sequence: int = one(10, "int64", 0)
    database_bytes: int = one(11, "uint64", 0)
    wal_bytes: int = one(12, "uint64", 0)
    connections: int = one(13, "uint32", 0)
    watchers: int = one(14, "uint32", 0)
    resident_bytes: int = one(15, "uint64", 0)
    state_directory: str = one(16, "string", "")
    socket: str = one(17, "string", "")
    tokenizer: str = one(18, "string", "")
    write_failure: str | None = optional(19, "string")
    rebuild: RebuildState | None = optional(20, RebuildState)
    reload_failure: str | None = optional(21, "string")
    rule_notes: list[str] = repeated(22, "string")
    oldest_cursor: str = one(30, "string", "")
    subscriptions: list[Subscription] = repeated(31, Subscription)


@dataclass(slots=True)
class HealthCheckRequest(Message):
    service: str = one(1, "string", "")


class ServingStatus(IntEnum):
    UNKNOWN = 0
    SERVING = 1
    NOT_SERVING = 2
    SERVICE_UNKNOWN = 3


@dataclass(slots=True)
class HealthCheckResponse(Message):
    status: ServingStatus = one(1, ServingStatus, ServingStatus(0))
