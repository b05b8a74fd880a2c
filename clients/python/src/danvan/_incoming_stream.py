"""The messages of one stream as they come."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ._wire import WINDOW, Answer, StreamMessage
from .errors import StatusError

if TYPE_CHECKING:
    from ._connection import Connection


class IncomingStream:
    """The messages of one stream."""

    def __init__(self, connection: Connection, stream: int) -> None:
        self._connection = connection
        self._stream = stream
        self._read = 0
        self._is_over = False

    def next(self, timeout: float | None = None) -> bytes | None:
        """The next message; None when the stream has ended well.

        Raises TimeoutError when none came in time (the stream goes on), StatusError when the
        stream ended with one, ConnectionLost.
        """
        if self._is_over:
            return None
        deadline = None if timeout is None else time.monotonic() + timeout
        match self._connection._next_event(self._stream, deadline):
            case StreamMessage(payload=payload, wire_bytes=count):
                self._give_back(count)
                return payload
            case Answer(error=StatusError() as error):
                self.close()
                raise error
            case _:
                self.close()
                return None

    def _give_back(self, count: int) -> None:
        self._read += count
        if self._read >= WINDOW // 2:
            self._connection._wire.grant(self._stream, self._read)
            self._read = 0

    def close(self) -> None:
        """Ends the stream; the server is told, where that is agreed on."""
        if not self._is_over:
            self._is_over = True
            self._connection._forget(self._stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
