"""Connections that are made when a call needs one, and calls over them."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self, TypeVar

from ._connection import Connection
from ._protobuf import Message
from ._sockets import candidates
from ._version import VERSION
from .errors import ConnectionLost, MalformedAnswer

Reply = TypeVar("Reply", bound=Message)


class Caller:
    """What the calls of all services need: sockets, one connection to each, and a lock."""

    def __init__(self, socket: str | None = None, *, timeout: float | None = None) -> None:
        """Without `socket`: $DANVAN_SOCKET, else the user's own daemon, else the system's."""
        self._named = socket
        self._timeout = timeout
        self._connections: dict[tuple[str, ...], Connection] = {}
        self._lock = threading.RLock()

    def close(self) -> None:
        """Closes its connections; a later call opens them anew. Watches go on."""
        with self._lock:
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()

    def _change(
        self,
        method: str,
        request: Message,
        reply: type[Reply],
        timeout: float | None,
        *,
        service: str = "Corpus",
    ) -> Reply:
        return self._call(
            f"danvan.v1.{service}", method, request, reply, timeout, for_changes=True
        )

    def _read(
        self,
        service: str,
        method: str,
        request: Message,
        reply: type[Reply],
        timeout: float | None,
    ) -> Reply:
        try:
            return self._call(f"danvan.v1.{service}", method, request, reply, timeout)
        except MalformedAnswer:
            raise
        except ConnectionLost:
            # A call that changes nothing may be made twice, if there is a daemon again.
            return self._call(f"danvan.v1.{service}", method, request, reply, timeout)

    def _call(
        self,
        service: str,
        method: str,
        request: Message,
        reply: type[Reply],
        timeout: float | None,
        *,
        for_changes: bool = False,
    ) -> Reply:
        with self._lock:
            sockets = candidates(self._named, for_changes=for_changes)
            connection = self._connections.get(sockets)
            if connection is None or not connection.is_usable():
                if connection is not None:
                    connection.close()
                connection = self._connect(for_changes=for_changes)
                self._connections[sockets] = connection
            wait = self._timeout if timeout is None else timeout
            return connection.exchange(service, method, request, reply, wait)

    def _connect(self, *, for_changes: bool) -> Connection:
        sockets = candidates(self._named, for_changes=for_changes)
        return Connection(sockets, name="danvan-python", version=VERSION)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
