"""Care of the store: copies, checks, tidying up."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated


@dataclass(slots=True)
class BackupRequest(Message):
    pass


@dataclass(slots=True)
class BackupHead(Message):
    bytes: int = one(1, "uint64", 0)
    articles: int = one(2, "uint64", 0)
    schema: int = one(3, "uint32", 0)
    cursor: str = one(4, "string", "")


@dataclass(slots=True)
class BackupEnd(Message):
    crc32: int = one(1, "uint32", 0)


@dataclass(slots=True)
class BackupItem(Message):
    """A head, the next bytes of the copy, or the end: exactly one of its fields is set."""

    head: BackupHead | None = optional(1, BackupHead)
    piece: bytes | None = optional(2, "bytes")
    end: BackupEnd | None = optional(3, BackupEnd)


@dataclass(slots=True)
class CheckRequest(Message):
    repair_index: bool = one(1, "bool", False)


@dataclass(slots=True)
class CheckProgress(Message):
    done: int = one(1, "uint64", 0)
    total: int = one(2, "uint64", 0)


@dataclass(slots=True)
class CheckFault(Message):
    """Something that is damaged; `article_id` 0: of no one article."""

    article_id: int = one(1, "int64", 0)
    reason: str = one(2, "string", "")


@dataclass(slots=True)
class CheckEnd(Message):
    articles: int = one(1, "uint64", 0)
    faults: int = one(2, "uint64", 0)


@dataclass(slots=True)
class CheckItem(Message):
    """Progress, a fault, or the end: exactly one of its fields is set."""

    progress: CheckProgress | None = optional(1, CheckProgress)
    fault: CheckFault | None = optional(2, CheckFault)
    end: CheckEnd | None = optional(3, CheckEnd)


@dataclass(slots=True)
class CompactRequest(Message):
    pass


@dataclass(slots=True)
class CompactResponse(Message):
    """Bytes of the database file before and after, and how many names and terms were forgotten."""

    before: int = one(1, "uint64", 0)
    after: int = one(2, "uint64", 0)
    forgotten: int = one(3, "uint64", 0)


@dataclass(slots=True)
class MetricsRequest(Message):
    pass


@dataclass(slots=True)
class MetricsResponse(Message):
    text: str = one(1, "string", "")


@dataclass(slots=True)
class SettingsRequest(Message):
    pass


@dataclass(slots=True)
class Setting(Message):
    """A key of the configuration as it is in use, with where it comes from."""

    name: str = one(1, "string", "")
    value: str = one(2, "string", "")
    origin: str = one(3, "string", "")


@dataclass(slots=True)
class SettingsResponse(Message):
    settings: list[Setting] = repeated(1, Setting)
