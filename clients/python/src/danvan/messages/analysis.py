"""Facts of a text that is not stored, and the rules they are found by."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated
from .corpus import Article, Document
from .facts import ArticleFacts, Correction, Rule, Word
from .incumbents import Incumbent


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
    corrections: list[Correction] = repeated(50, Correction)
    incumbents: list[Incumbent] = repeated(51, Incumbent)
