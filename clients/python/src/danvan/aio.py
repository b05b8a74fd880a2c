"""The client for programs built on asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from . import messages
from .messages import Article, Document, IngestResult, Marks, Sort, Subscription, WatchEvent
from ._watch import Watch
from .client import Client

P = ParamSpec("P")
Result = TypeVar("Result")
#: How long a cancelled wait may go on in its thread, in seconds.
_STEP = 0.2


class AsyncWatch:
    """A watch to iterate over with `async for`; an async context manager that ends it.

    It has one thread, in which the watch connects, waits and acknowledges. Cancelling a wait loses no
    event: the next wait gives it.
    """

    def __init__(self, make: Callable[[], Watch]) -> None:
        self._make = make
        self._watch: Watch | None = None
        self._thread = ThreadPoolExecutor(1, "danvan-watch")
        self._pending: asyncio.Future[WatchEvent | None] | None = None

    @property
    def cursor(self) -> str:
        """Everything up to and with this has been given; "" before the first wait."""
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
            await asyncio.get_running_loop().run_in_executor(self._thread, self._watch.close)
        self._thread.shutdown(wait=False)

    def _step(self) -> WatchEvent | None:
        if self._watch is None:
            self._watch = self._make()
        return self._watch.next(_STEP)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> WatchEvent:
        event = await self.next()
        if event is None:
            raise StopAsyncIteration
        return event

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


class AsyncClient:
    """`Client` for asyncio: its calls run in a thread, one after the other; watches have their own.

    Arguments and exceptions are those of `Client`.
    """

    def __init__(self, socket: str | None = None, *, timeout: float | None = None) -> None:
        self._client = Client(socket, timeout=timeout)
        self._thread = ThreadPoolExecutor(1, "danvan")

    async def close(self) -> None:
        """Closes its connections; watches go on."""
        await self._run(self._client.close)
        self._thread.shutdown(wait=False)

    async def ingest(self, documents: Document | Iterable[Document]) -> list[IngestResult]:
        return await self._run(self._client.ingest, documents)

    async def article(self, id: int, *, text: bool = True, facts: bool = True) -> Article:
        return await self._run(lambda: self._client.article(id, text=text, facts=facts))

    async def delete(self, ids: Iterable[int]) -> messages.DeleteResponse:
        return await self._run(self._client.delete, ids)

    async def query(
        self,
        query: str,
        *,
        limit: int = 0,
        sort: Sort = Sort.NEWEST,
        marks: Marks = Marks.AUTOMATIC,
        after: str = "",
    ) -> messages.QueryResponse:
        return await self._run(
            lambda: self._client.query(query, limit=limit, sort=sort, marks=marks, after=after)
        )

    async def events(
        self, query: str = "", *, cursor: str = "start", max_events: int = 0, wait: float = 0.0
    ) -> messages.FetchResponse:
        return await self._run(
            lambda: self._client.events(
                query, cursor=cursor, max_events=max_events, wait=wait
            )
        )

    async def status(self) -> messages.StatusResponse:
        return await self._run(self._client.status)

    async def subscriptions(self) -> list[Subscription]:
        return await self._run(self._client.subscriptions)

    def watch(
        self,
        query: str = "",
        *,
        cursor: str = "now",
        with_facts: bool = False,
        with_text: bool = False,
        until_synced: bool = False,
        skip_gaps: bool = False,
        ack: Callable[[str], object] | None = None,
    ) -> AsyncWatch:
        """As `Client.watch`; it connects when the first event is asked for, and "now" is then."""
        return AsyncWatch(
            lambda: self._client.watch(
                query,
                cursor=cursor,
                with_facts=with_facts,
                with_text=with_text,
                until_synced=until_synced,
                skip_gaps=skip_gaps,
                ack=ack,
            )
        )

    def subscribe(
        self, name: str, query: str = "", *, cursor: str = "now", with_facts: bool = False
    ) -> AsyncWatch:
        """As `Client.subscribe`; it connects when the first event is asked for."""
        return AsyncWatch(
            lambda: self._client.subscribe(name, query, cursor=cursor, with_facts=with_facts)
        )

    async def _run(
        self, action: Callable[P, Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: action(*args, **kwargs)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
