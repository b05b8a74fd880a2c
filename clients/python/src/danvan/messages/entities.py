"""The messages of persons and bodies: posts, timelines, and what was ruled on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .._protobuf import Message, one, optional, repeated
from .desk import DirectiveItem, EntityName, Meeting, StatementItem, Tenure


class RulingVerb(IntEnum):
    VERB_UNSPECIFIED = 0
    MERGE = 1
    SPLIT = 2
    RENAME = 3


@dataclass(slots=True)
class PersonRequest(Message):
    entity: str = one(1, "string", "")
    limit: int = one(2, "uint32", 0)


@dataclass(slots=True)
class PersonTotals(Message):
    articles: int = one(1, "uint32", 0)
    events: int = one(2, "uint32", 0)
    statements: int = one(3, "uint32", 0)
    given: int = one(4, "uint32", 0)
    received: int = one(5, "uint32", 0)


@dataclass(slots=True)
class PersonResponse(Message):
    person: EntityName | None = optional(1, EntityName)
    names: list[str] = repeated(2, "string")
    tenures: list[Tenure] = repeated(3, Tenure)
    events: list[Meeting] = repeated(4, Meeting)
    statements: list[StatementItem] = repeated(5, StatementItem)
    given: list[DirectiveItem] = repeated(6, DirectiveItem)
    received: list[DirectiveItem] = repeated(7, DirectiveItem)
    beside: list[EntityName] = repeated(8, EntityName)
    namesakes: list[EntityName] = repeated(9, EntityName)
    totals: PersonTotals | None = optional(10, PersonTotals)


@dataclass(slots=True)
class BodyRequest(Message):
    entity: str = one(1, "string", "")
    limit: int = one(2, "uint32", 0)


@dataclass(slots=True)
class BodyResponse(Message):
    body: EntityName | None = optional(1, EntityName)
    names: list[str] = repeated(2, "string")
    tenures: list[Tenure] = repeated(3, Tenure)
    events: list[Meeting] = repeated(4, Meeting)
    statements: list[StatementItem] = repeated(5, StatementItem)
    given: list[DirectiveItem] = repeated(6, DirectiveItem)
    received: list[DirectiveItem] = repeated(7, DirectiveItem)
    totals: PersonTotals | None = optional(8, PersonTotals)


@dataclass(slots=True)
class HoldersRequest(Message):
    title: str = one(1, "string", "")
    at: str = one(2, "string", "")
    limit: int = one(3, "uint32", 0)


@dataclass(slots=True)
class Holding(Message):
    tenure: Tenure | None = optional(1, Tenure)
    attested: bool = one(2, "bool", False)
    days_off: int = one(3, "uint32", 0)


@dataclass(slots=True)
class HoldersResponse(Message):
    holdings: list[Holding] = repeated(1, Holding)


@dataclass(slots=True)
class RuleEntityRequest(Message):
    verb: RulingVerb = one(1, RulingVerb, RulingVerb(0))
    kind: str = one(2, "string", "")
    entity: str = one(3, "string", "")
    other: str = one(4, "string", "")
    articles: list[int] = repeated(5, "int64")
    name: str = one(6, "string", "")


@dataclass(slots=True)
class EntityRuling(Message):
    id: int = one(1, "int64", 0)
    kind: str = one(2, "string", "")
    verb: str = one(3, "string", "")
    entity: str = one(4, "string", "")
    other: str = one(5, "string", "")
    time: str = one(6, "string", "")


@dataclass(slots=True)
class RuleEntityResponse(Message):
    rulings: list[EntityRuling] = repeated(1, EntityRuling)


@dataclass(slots=True)
class EntityRulingsRequest(Message):
    pass


@dataclass(slots=True)
class EntityRulingsResponse(Message):
    rulings: list[EntityRuling] = repeated(1, EntityRuling)


@dataclass(slots=True)
class ForgetRulingRequest(Message):
    id: int = one(1, "int64", 0)


@dataclass(slots=True)
class ForgetRulingResponse(Message):
    pass
