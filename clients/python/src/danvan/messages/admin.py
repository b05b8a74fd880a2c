"""The messages by which a daemon shows itself: its protocol, its connections, their frames."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated
from .subscriptions import Subscription


@dataclass(slots=True)
class DescribeRequest(Message):
    pass


@dataclass(slots=True)
class File(Message):
    name: str = one(1, "string", "")
    text: str = one(2, "string", "")


@dataclass(slots=True)
class DescribeResponse(Message):
    files: list[File] = repeated(1, File)


@dataclass(slots=True)
class ConnectionsRequest(Message):
    pass


@dataclass(slots=True)
class Call(Message):
    stream: int = one(1, "uint32", 0)
    method: str = one(2, "string", "")
    lag: int | None = optional(3, "uint64")


@dataclass(slots=True)
class ConnectionState(Message):
    number: int = one(1, "uint64", 0)
    uid: int = one(2, "uint32", 0)
    gid: int = one(3, "uint32", 0)
    pid: int = one(4, "int32", 0)
    socket: str = one(5, "string", "")
    client: str = one(6, "string", "")
    features: list[str] = repeated(7, "string")
    age_nano: int = one(8, "int64", 0)
    calls: int = one(9, "uint64", 0)
    bytes_in: int = one(10, "uint64", 0)
    bytes_out: int = one(11, "uint64", 0)
    bytes_waiting: int = one(12, "uint64", 0)
    in_progress: list[Call] = repeated(13, Call)


@dataclass(slots=True)
class ConnectionsResponse(Message):
    connections: list[ConnectionState] = repeated(1, ConnectionState)


@dataclass(slots=True)
class TraceRequest(Message):
    connection: int = one(1, "uint64", 0)


@dataclass(slots=True)
class TraceFrame(Message):
    connection: int = one(1, "uint64", 0)
    time_nano: int = one(2, "int64", 0)
    from_client: bool = one(3, "bool", False)
    stream: int = one(4, "uint32", 0)
    type: int = one(5, "uint32", 0)
    flags: int = one(6, "uint32", 0)
    length: int = one(7, "uint32", 0)
    method: str = one(8, "string", "")
    timeout_nano: int = one(9, "int64", 0)
    metadata: list[str] = repeated(10, "string")
    payload_bytes: int | None = optional(11, "uint32")
    inflated_bytes: int | None = optional(12, "uint32")
    code: int = one(13, "int32", 0)
    message: str = one(14, "string", "")
    credit: int | None = optional(15, "uint32")
    malformed: bool = one(16, "bool", False)
    missed: int = one(17, "uint64", 0)


@dataclass(slots=True)
class RereadFault(Message):
    article_id: int = one(1, "int64", 0)
    reason: str = one(2, "string", "")


@dataclass(slots=True)
class RebuildState(Message):
    rule_set: str = one(1, "string", "")
    everything: bool = one(2, "bool", False)
    total: int = one(3, "uint64", 0)
    done: int = one(4, "uint64", 0)
    changed: int = one(5, "uint64", 0)
    failed: int = one(6, "uint64", 0)
    started: str = one(7, "string", "")
    ended: str | None = optional(8, "string")
    updated: int = one(9, "uint64", 0)
    faults: list[RereadFault] = repeated(10, RereadFault)


@dataclass(slots=True)
class RebuildRequest(Message):
    status_only: bool = one(1, "bool", False)


@dataclass(slots=True)
class RebuildResponse(Message):
    rebuild: RebuildState | None = optional(1, RebuildState)


@dataclass(slots=True)
class RereadRequest(Message):
    status_only: bool = one(1, "bool", False)
    article_ids: list[int] = repeated(2, "int64")
    query: str | None = optional(3, "string")
    everything: bool = one(4, "bool", False)
    older_than_reader: int = one(5, "uint32", 0)


@dataclass(slots=True)
class StatusRequest(Message):
    pass


@dataclass(slots=True)
class DropFolder(Message):
    """A folder whose files are taken in, as it is and since the daemon's start."""

    path: str = one(1, "string", "")
    trouble: str | None = optional(2, "string")
    waiting: int = one(3, "uint64", 0)
    done: int = one(4, "uint64", 0)
    failed: int = one(5, "uint64", 0)
    last_failure: str | None = optional(6, "string")
    last_failure_time: str | None = optional(7, "string")


@dataclass(slots=True)
class LoggedError(Message):
    time: str = one(1, "string", "")
    message: str = one(2, "string", "")
    method: str = one(3, "string", "")
    code: int | None = optional(4, "int32")
    reason: str = one(5, "string", "")
    times: int = one(6, "uint64", 0)


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
    reread: RebuildState | None = optional(40, RebuildState)
    drop_folders: list[DropFolder] = repeated(50, DropFolder)
    last_errors: list[LoggedError] = repeated(60, LoggedError)
    error_count: int = one(61, "uint64", 0)
