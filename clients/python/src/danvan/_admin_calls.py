"""What a daemon says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from . import messages
from ._caller import Caller


class AdminCalls(Caller):
    """The calls of the services Admin and Health."""

    def status(self, *, timeout: float | None = None) -> messages.StatusResponse:
        """What the daemon says of itself and its store."""
        return self._read(
            "Admin", "Status", messages.StatusRequest(), messages.StatusResponse, timeout
        )

    def reread(
        self,
        query: str | None = None,
        *,
        ids: Iterable[int] = (),
        everything: bool = False,
        older_than_reader: int = 0,
        status_only: bool = False,
        timeout: float | None = None,
    ) -> messages.RebuildState | None:
        """Has articles read anew from their kept documents, in the background; tells how it stands.

        With nothing named: those that a reader older than the one in use has read.
        """
        request = messages.RereadRequest(
            status_only, list(ids), query, everything, older_than_reader
        )
        return self._change(
            "Reread", request, messages.RebuildResponse, timeout, service="Admin"
        ).rebuild

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
