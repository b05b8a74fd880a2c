"""One run: sources to feeds, feeds to pages, pages to lines."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Iterable

from .errors import Complaints, FetchError
from .output import MEDIA_TYPES, Output, envelope
from .robots import origin
from .sources import Item, is_feed, items, named
from .state import State, Visit
from .web import Answer, Web


class Run:
    """Fetches what is new; one broken source stops no other."""

    def __init__(
        self,
        web: Web,
        state: State,
        output: Output,
        complaints: Complaints,
        *,
        most_items: int,
        recheck: float,
    ) -> None:
        self._web = web
        self._state = state
        self._output = output
        self._complaints = complaints
        self._most_items = most_items
        self._recheck = recheck
        self._queues: dict[str, deque[Item]] = {}
        self._known: set[str] = set()
        #: Visits that count only once their pages have been handed over.
        self._visits: dict[str, Visit] = {}
        self._feed_of: dict[str, str] = {}
        #: Feeds of which a page may be there the next time.
        self._unfinished: set[str] = set()
        self.written = 0
        self.unchanged = 0

    def fetch(self, words: Iterable[str]) -> None:
        """Raises OSError where what was fetched cannot be written."""
        for word in words:
            try:
                for url in named(word):
                    self._add(Item(url))
            except FetchError as error:
                self._complaints.add(word, error)
        while (item := self._next()) is not None:
            try:
                self._visit(item)
            except FetchError as error:
                self._complaints.add(item.url, error)
                if error.may_pass and (feed := self._feed_of.get(item.url)):
                    self._unfinished.add(feed)
        self._output.hand_over()
        for url, visit in self._visits.items():
            # A feed that has not changed is not looked into, so it must not count as read yet.
            if url not in self._unfinished:
                self._state[url] = visit
        self._state.save()

    def _add(self, item: Item) -> None:
        if item.url not in self._known:
            self._known.add(item.url)
            self._queues.setdefault(origin(item.url), deque()).append(item)

    def _next(self) -> Item | None:
        """The next of the host that may be asked soonest: pauses of one are used for another."""
        busy = [queue for queue in self._queues.values() if queue]
        if not busy:
            return None
        return min(busy, key=lambda queue: self._web.free_at(queue[0].url)).popleft()

    def _visit(self, item: Item) -> None:
        last = self._state[item.url]
        answer = self._web.get(item.url, last.conditions)
        digest = hashlib.sha256(answer.body).hexdigest()
        if answer.is_unchanged or digest == last.sha256:
            self.unchanged += 1
            self._visits[item.url] = Visit(
                last.etag, last.last_modified, last.sha256, time.time()
            )
            return
        if is_feed(answer):
            self._take_feed(answer, item.url)
        else:
            self._take_page(answer, item)
        self._visits[item.url] = Visit(
            answer.etag, answer.last_modified, digest, time.time()
        )

    def _take_feed(self, answer: Answer, feed: str) -> None:
        for page in items(answer, self._most_items):
            age = time.time() - self._state[page.url].fetched
            # What was there a moment ago is not asked for again.
            if age >= self._recheck or age < 0:
                self._feed_of[page.url] = feed
                self._add(page)

    def _take_page(self, answer: Answer, item: Item) -> None:
        if answer.media_type not in MEDIA_TYPES:
            raise FetchError("type", f"{answer.media_type} is no page")
        if not answer.body.strip():
            raise FetchError("empty", "the page is empty")
        self._output.write(envelope(answer, item.url, item.published))
        self.written += 1
