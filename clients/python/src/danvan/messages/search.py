"""Queries, saved searches and tags."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .._protobuf import Message, one, optional, repeated
from .corpus import Article
from .facts import ArticleFacts


class Sort(IntEnum):
    NEWEST = 0
    RELEVANCE = 1
    TITLE = 2


class Marks(IntEnum):
    AUTOMATIC = 0
    EXACT = 1
    IGNORED = 2


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
class StoryRequest(Message):
    article_id: int = one(1, "int64", 0)
    other_id: int | None = optional(2, "int64")


@dataclass(slots=True)
class StoryFeature(Message):
    name: str = one(1, "string", "")
    value: float = one(2, "double", 0.0)
    weight: float = one(3, "double", 0.0)


@dataclass(slots=True)
class StoryLikeness(Message):
    """How likely two articles tell of one event; they are of one story from `least` on."""

    likeness: float = one(1, "double", 0.0)
    least: float = one(2, "double", 0.0)
    features: list[StoryFeature] = repeated(3, StoryFeature)


@dataclass(slots=True)
class StoryArticle(Message):
    article: Article | None = optional(1, Article)
    likeness: float = one(2, "double", 0.0)
    adds: ArticleFacts | None = optional(3, ArticleFacts)


@dataclass(slots=True)
class StoryResponse(Message):
    articles: list[StoryArticle] = repeated(1, StoryArticle)
    cut_off: bool = one(2, "bool", False)
    compared: StoryLikeness | None = optional(3, StoryLikeness)
