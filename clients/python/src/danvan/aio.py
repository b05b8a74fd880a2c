"""The client for programs built on asyncio.

Threads are under it and not asyncio's own streams: connecting again, resuming, acknowledging and credit
are then one code, the one that is tested by killing the daemon, and its guarantees are the same. A call
is a step into another thread and back, little beside a call's own work; a watch is one thread that waits.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from queue import LifoQueue
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from ._async_watch import AsyncWatch
from ._watch import Watch
from .client import Client

P = ParamSpec("P")
Result = TypeVar("Result")

__all__ = ["AsyncClient", "AsyncWatch"]


def _awaited(
    method: Callable[Concatenate[Client, P], Result],
) -> Callable[Concatenate[AsyncClient, P], Coroutine[Any, Any, Result]]:
    """The method with the same arguments, to be awaited."""

    @functools.wraps(method)
    async def call(self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs) -> Result:
        return await self._run(lambda client: method(client, *args, **kwargs))

    return call


def _iterated(
    method: Callable[Concatenate[Client, P], Iterator[Result]],
) -> Callable[Concatenate[AsyncClient, P], AsyncIterator[Result]]:
    """The method with the same arguments, for `async for`."""

    @functools.wraps(method)
    async def items(
        self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[Result]:
        # Its own client, which no other call may keep waiting between two steps.
        client = self._made()
        iterator = await self._run(lambda _: method(client, *args, **kwargs))
        try:
            while some := await self._run(lambda _: list(islice(iterator, 50))):
                for item in some:
                    yield item
        finally:
            if isinstance(iterator, Generator):
                iterator.close()
            client.close()

    return items


def _watched(
    method: Callable[Concatenate[Client, P], Watch],
) -> Callable[Concatenate[AsyncClient, P], AsyncWatch]:
    """The method with the same arguments, for `async with` and `async for`."""

    @functools.wraps(method)
    def watch(self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs) -> AsyncWatch:
        # A watch has a connection of its own; only `subscribe` also calls, with a client of its own.
        client = self._made()
        return AsyncWatch(lambda: method(client, *args, **kwargs), client.close)

    return watch


class AsyncClient:
    """`Client` for asyncio: the same calls with the same arguments and exceptions, to be awaited.

    Up to `calls` of them are made at a time, each on a connection of its own. A call whose wait is
    cancelled, for example by `asyncio.timeout`, goes on in its thread; with the call's own `timeout`
    the daemon gives it up too.
    """

    def __init__(
        self, socket: str | None = None, *, timeout: float | None = None, calls: int = 8
    ) -> None:
        """Where and how long as for `Client`."""
        self._made = functools.partial(Client, socket, timeout=timeout)
        self._clients = [self._made() for _ in range(calls)]
        self._idle: LifoQueue[Client] = LifoQueue()
        for client in self._clients:
            self._idle.put(client)
        self._threads = ThreadPoolExecutor(calls, "danvan")

    async def close(self) -> None:
        """Closes its connections; watches go on."""
        loop = asyncio.get_running_loop()
        for client in self._clients:
            await loop.run_in_executor(self._threads, client.close)
        self._threads.shutdown(wait=False)

    ingest = _awaited(Client.ingest)
    article = _awaited(Client.article)
    delete = _awaited(Client.delete)
    diff = _awaited(Client.diff)
    story = _awaited(Client.story)
    story_likeness = _awaited(Client.story_likeness)
    reread = _awaited(Client.reread)
    analyze = _awaited(Client.analyze)
    rules = _awaited(Client.rules)
    explain = _awaited(Client.explain)
    query = _awaited(Client.query)
    save = _awaited(Client.save)
    saved_searches = _awaited(Client.saved_searches)
    remove_saved = _awaited(Client.remove_saved)
    tag = _awaited(Client.tag)
    tags = _awaited(Client.tags)
    events = _awaited(Client.events)
    create_subscription = _awaited(Client.create_subscription)
    subscriptions = _awaited(Client.subscriptions)
    ack = _awaited(Client.ack)
    seek = _awaited(Client.seek)
    delete_subscription = _awaited(Client.delete_subscription)
    status = _awaited(Client.status)
    check = _awaited(Client.check)
    compact = _awaited(Client.compact)
    metrics = _awaited(Client.metrics)
    settings = _awaited(Client.settings)
    ping = _awaited(Client.ping)
    person = _awaited(Client.person)
    directives = _awaited(Client.directives)
    directive = _awaited(Client.directive)
    orphaned_marks = _awaited(Client.orphaned_marks)
    mark_directive = _awaited(Client.mark_directive)
    meetings = _awaited(Client.meetings)
    statements = _awaited(Client.statements)
    topics = _awaited(Client.topics)
    timeline = _awaited(Client.timeline)
    brief = _awaited(Client.brief)
    stats = _awaited(Client.stats)
    body = _awaited(Client.body)
    holders = _awaited(Client.holders)
    merge = _awaited(Client.merge)
    split = _awaited(Client.split)
    rename = _awaited(Client.rename)
    rulings = _awaited(Client.rulings)
    forget_ruling = _awaited(Client.forget_ruling)
    correct = _awaited(Client.correct)
    add_fact = _awaited(Client.add_fact)
    corrections = _awaited(Client.corrections)
    forget_correction = _awaited(Client.forget_correction)
    import_ = _awaited(Client.import_)
    hits = _iterated(Client.hits)
    export = _iterated(Client.export)
    backup = _iterated(Client.backup)
    watch = _watched(Client.watch)
    subscribe = _watched(Client.subscribe)

    async def _run(self, action: Callable[[Client], Result]) -> Result:
        def call() -> Result:
            client = self._idle.get()
            try:
                return action(client)
            finally:
                self._idle.put(client)

        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
