"""Who by other articles held a post that an article names without a name."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, repeated


@dataclass(slots=True)
class IncumbentSource(Message):
    """An article that says so, and its title that does: bytes of its text."""

    article_id: int = one(1, "int64", 0)
    date: str = one(2, "string", "")
    start: int = one(3, "uint32", 0)
    end: int = one(4, "uint32", 0)


@dataclass(slots=True)
class Incumbent(Message):
    """No fact of the article: it is told by the corpus as it is when it is asked."""

    title: str = one(1, "string", "")
    start: int = one(2, "uint32", 0)
    end: int = one(3, "uint32", 0)
    post: str = one(4, "string", "")
    entity: str = one(5, "string", "")
    name: str = one(6, "string", "")
    date: str = one(7, "string", "")
    sources: list[IncumbentSource] = repeated(8, IncumbentSource)
    articles: int = one(9, "uint32", 0)
