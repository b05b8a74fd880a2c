"""gRPC's health service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .._protobuf import Message, one


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
