"""Places in the event log that the daemon keeps."""

from __future__ import annotations

from dataclasses import dataclass

from .._protobuf import Message, one, optional, repeated


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
