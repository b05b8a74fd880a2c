"""A watch for programs built on asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from ._watch import Watch
from .messages import WatchEvent

#: How long a cancelled wait may go on in its thread, in seconds.
_STEP = 0.2


class AsyncWatch:
    """A watch to iterate over with `async for`; an async context manager that ends it.

    It has one thread, in which the watch connects, waits and acknowledges. "now" is when `async with`
    begins, else when the first event is asked for. Cancelling a wait loses no event: the next wait
    gives it.
    """

    def __init__(self, make: Callable[[], Watch], release: Callable[[], object]) -> None:
        """`make` begins the watch, `release` is called when it has ended."""
        self._make = make
        self._release = release
        self._watch: Watch | None = None
        self._thread = ThreadPoolExecutor(1, "danvan-watch")
        self._pending: asyncio.Future[WatchEvent | None] | None = None

    @property
    def cursor(self) -> str:
        """Everything up to and with this has been given; "" before it has begun."""
        return "" if self._watch is None else self._watch.cursor

    async def next(self) -> WatchEvent | None:
        """The next event; None when the watch is over."""
        while True:
            if self._pending is None:
                self._pending = asyncio.get_running_loop().run_in_executor(
                    self._thread, self._step
                )
            try:
                # What the thread fetched for a wait that was cancelled is kept for the next one.
                event = await asyncio.shield(self._pending)
            except TimeoutError:
                self._pending = None
                continue
            except asyncio.CancelledError:
                raise
            except BaseException:
                self._pending = None
                raise
            self._pending = None
            return event

    async def ack(self) -> None:
        """Acknowledges all events given so far, as `Watch.ack`."""
        if self._watch is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._watch.ack)

    async def close(self) -> None:
        """Ends the watch."""
        if self._watch is not None:
            self._watch._is_over = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self._end)
        self._thread.shutdown(wait=False)

    def _end(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self._release()

    def _begun(self) -> Watch:
        if self._watch is None:
            self._watch = self._make()
        return self._watch

    def _step(self) -> WatchEvent | None:
        return self._begun().next(_STEP)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> WatchEvent:
        event = await self.next()
        if event is None:
            raise StopAsyncIteration
        return event

    async def __aenter__(self) -> Self:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._begun)
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
