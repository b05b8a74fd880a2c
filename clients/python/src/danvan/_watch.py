"""Following the event log over lost connections: each event once, in order."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from ._connection import Connection
from ._incoming_stream import IncomingStream
from .messages import EventKind, WatchEvent, WatchRequest
from ._protobuf import ProtobufError
from .errors import ConnectionLost, MalformedAnswer, Unavailable, Unreachable

_log = logging.getLogger("danvan")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_ACK_INTERVAL = 0.1


class Watch:
    """An iterator over events; a context manager that ends the watch.

    When the connection is lost or the daemon stops, it connects again, with back-off, and goes on
    after the last event it gave: none is missed, none comes twice. Iterating raises what a new
    attempt cannot mend: a query that is wrong, a cursor that is no longer kept (OutOfRange) or of
    another store (FailedPrecondition).
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        request: WatchRequest,
        *,
        marks: bool = False,
        until_synced: bool = False,
        ack: Callable[[str], object] | None = None,
    ) -> None:
        self._connect = connect
        self._ack = ack
        #: The cursor of the last event given, not acknowledged yet.
        self._given = ""
        self._acknowledged_at = 0.0
        self._request = request
        self._marks = marks
        self._until_synced = until_synced
        self._stream: IncomingStream | None = None
        self._connection: Connection | None = None
        self._pause = 0.0
        self._resume_at = 0.0
        self._is_over = False
        # A query or a cursor that cannot be is known at the first event, a daemon that is not
        # there now.
        self._open()

    @property
    def cursor(self) -> str:
        """Everything up to and with this has been given; begin a later watch here.

        While a for loop handles an event, this is that event's own cursor: save it when the event
        has been dealt with.
        """
        return self._request.from_

    def next(self, timeout: float | None = None) -> WatchEvent | None:
        """The next event; None when the watch is over. Raises TimeoutError when none came."""
        deadline = None if timeout is None else time.monotonic() + timeout
        # Asking for the next says that the one before has been dealt with.
        if time.monotonic() - self._acknowledged_at >= _ACK_INTERVAL:
            self.ack()
        while not self._is_over:
            event = self._attempt(deadline)
            if event is None:
                continue
            if not event.is_mark:
                self._given = event.cursor
            elif not self._given:
                # A mark after an event that was acknowledged already: nothing is left before it.
                self._given = event.cursor
            self._request.from_ = event.cursor or self._request.from_
            if self._until_synced and event.kind == EventKind.SYNCED:
                # It was asked for, so all that was given has been dealt with.
                self.ack()
                self.close()
            if self._marks or not event.is_mark:
                return event
        return None

    def ack(self) -> None:
        """Acknowledges all events given so far, where the watch was made with `ack`.

        Done by itself when the next event is asked for, at most ten times a second; call it for
        the event that a loop is left with.
        """
        if self._ack is not None and self._given:
            self._ack(self._given)
            self._acknowledged_at = time.monotonic()
        self._given = ""

    def close(self) -> None:
        """Ends the watch; iterating ends too."""
        self._is_over = True
        self._drop()

    def _attempt(self, deadline: float | None) -> WatchEvent | None:
        """An event, or None when another attempt is to be made."""
        try:
            if self._stream is None:
                self._sleep(deadline)
                self._open()
            assert self._stream is not None
            message = self._next_message(deadline)
            if message is None:
                raise ConnectionLost("the daemon has ended the watch")
            event = _decoded(message)
        except TimeoutError:
            raise
        except MalformedAnswer:
            self._drop()
            raise
        except (Unreachable, ConnectionLost, Unavailable) as error:
            self._drop()
            if not self._pause:
                _log.warning("%s; trying again", error)
            self._pause = min(_LONGEST_PAUSE, self._pause * 2 or _FIRST_PAUSE)
            self._resume_at = time.monotonic() + self._pause
            return None
        except BaseException:
            self._drop()
            raise
        if self._pause:
            _log.warning("connected again")
        self._pause = 0.0
        return event

    def _next_message(self, deadline: float | None) -> bytes | None:
        assert self._stream is not None
        if self._ack is not None and self._given:
            # Whatever has come already goes first; before a wait the rest is acknowledged.
            try:
                return self._stream.next(0.0)
            except TimeoutError:
                self.ack()
        return self._stream.next(
            None if deadline is None else max(0.0, deadline - time.monotonic())
        )

    def _open(self) -> None:
        self._connection = self._connect()
        hello = self._connection.hello
        if self._request.from_ == "now" and hello is not None and hello.head_cursor:
            # Pinned down, so that what happens before the first event comes is not lost with a
            # connection that is.
            self._request.from_ = hello.head_cursor
        self._stream = self._connection.stream(
            "danvan.v1.Events", "Watch", self._request.encode()
        )

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._stream = None

    def _sleep(self, deadline: float | None) -> None:
        """Waits for the next attempt's time. Raises TimeoutError when that is too late."""
        pause = self._resume_at - time.monotonic()
        if deadline is not None and deadline < self._resume_at:
            time.sleep(max(0.0, deadline - time.monotonic()))
            raise TimeoutError
        if pause > 0:
            time.sleep(pause)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> WatchEvent:
        event = self.next()
        if event is None:
            raise StopIteration
        return event

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _decoded(message: bytes) -> WatchEvent:
    try:
        return WatchEvent.decode(message)
    except ProtobufError as error:
        raise MalformedAnswer(f"an event that is not one: {error}") from error
