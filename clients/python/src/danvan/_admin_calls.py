"""What a daemon says of itself."""

from __future__ import annotations

from . import messages
from ._caller import Caller


class AdminCalls(Caller):
    """The calls of the services Admin and Health."""

    def status(self, *, timeout: float | None = None) -> messages.StatusResponse:
        """What the daemon says of itself and its store."""
        return self._read(
            "Admin", "Status", messages.StatusRequest(), messages.StatusResponse, timeout
        )

    def ping(self, *, timeout: float | None = None) -> bool:
        """Whether the daemon says that it serves."""
        answer = self._call(
            "grpc.health.v1.Health",
            "Check",
            messages.HealthCheckRequest(),
            messages.HealthCheckResponse,
            timeout,
        )
        return answer.status == messages.ServingStatus.SERVING
