"""The event log: fetched, watched, and by subscriptions that the daemon keeps."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from . import messages
from ._caller import Caller
from ._protobuf import Message
from ._watch import Watch
from .errors import AlreadyExists, ConnectionLost, Unavailable, Unreachable
from .messages import Subscription

Reply = TypeVar("Reply", bound=Message)



class EventCalls(Caller):
    """The calls of the services Events and Subscriptions."""

    def events(
        self,
        query: str = "",
        *,
        cursor: str = "start",
        with_facts: bool = False,
        max_events: int = 0,
        wait: float = 0.0,
        timeout: float | None = None,
    ) -> messages.FetchResponse:
        """Events after a cursor; waits for the first one at most `wait` seconds.

        Go on from the answer's `next`.
        """
        request = messages.FetchRequest(query, cursor, with_facts, max_events, int(wait * 1e9))
        return self._read("Events", "Fetch", request, messages.FetchResponse, timeout)

    def watch(
        self,
        query: str = "",
        *,
        cursor: str = "now",
        with_facts: bool = False,
        with_text: bool = False,
        marks: bool = False,
        until_synced: bool = False,
        skip_gaps: bool = False,
        ack: Callable[[str], object] | None = None,
    ) -> Watch:
        """Follows the event log: "start", "now", "@" with seconds since 1970, or after the cursor of
        an earlier event.

        `ack` is called with a cursor once the events up to it have been dealt with, that is when
        the next one is asked for: `CursorFile.save`, for example. With `marks` also the events
        that carry a cursor but no article, with `until_synced` only what is there when it begins.
        Where events are no longer kept OutOfRange is raised, or with `skip_gaps` the watch goes on
        behind them. Raises Unreachable when there is no daemon now; one that goes away later is
        waited for.
        """
        request = messages.WatchRequest(query, cursor, with_facts, with_text, "", skip_gaps)
        return self._watch(request, marks, until_synced, ack)

    def subscribe(
        self,
        name: str,
        query: str = "",
        *,
        cursor: str = "now",
        with_facts: bool = False,
        with_text: bool = False,
        marks: bool = False,
        until_synced: bool = False,
        skip_gaps: bool = False,
    ) -> Watch:
        """Follows the daemon's subscription of that name, made where there is none.

        Begins behind what was acknowledged, and acknowledges each event when the next one is asked
        for: every event comes at least once, also when this program is killed. `query` and
        `cursor` are for a new one.
        """
        try:
            self.create_subscription(name, query, cursor=cursor)
        except AlreadyExists:
            pass
        request = messages.WatchRequest("", "", with_facts, with_text, name, skip_gaps)
        return self._watch(request, marks, until_synced, lambda place: self._ack(name, place))

    def create_subscription(
        self, name: str, query: str = "", *, cursor: str = "now", timeout: float | None = None
    ) -> Subscription:
        """Keeps a place in the event log under a name; AlreadyExists."""
        request = messages.CreateSubscriptionRequest(name, query, cursor)
        return self._subscriptions("Create", request, Subscription, timeout)

    def subscriptions(self, *, timeout: float | None = None) -> list[Subscription]:
        """All subscriptions, by name, with how far behind they are."""
        return self._read(
            "Subscriptions",
            "List",
            messages.ListSubscriptionsRequest(),
            messages.ListSubscriptionsResponse,
            timeout,
        ).subscriptions

    def ack(self, name: str, cursor: str, *, timeout: float | None = None) -> Subscription:
        """Everything up to the cursor has been dealt with; an older cursor changes nothing."""
        request = messages.AckRequest(name, cursor)
        return self._subscriptions("Ack", request, Subscription, timeout)

    def seek(self, name: str, to: str, *, timeout: float | None = None) -> Subscription:
        """Moves a subscription forward or back; NotFound."""
        request = messages.SeekRequest(name, to)
        return self._subscriptions("Seek", request, Subscription, timeout)

    def delete_subscription(self, name: str, *, timeout: float | None = None) -> None:
        """Forgets a subscription; NotFound."""
        self._subscriptions(
            "Delete",
            messages.DeleteSubscriptionRequest(name),
            messages.DeleteSubscriptionResponse,
            timeout,
        )

    def _ack(self, name: str, cursor: str) -> None:
        """Acknowledges, waiting for a daemon that is away."""
        pause = 0.1
        while True:
            try:
                self.ack(name, cursor)
                return
            except (Unreachable, ConnectionLost, Unavailable):
                time.sleep(pause)
                pause = min(5.0, pause * 2)

    def _subscriptions(
        self, method: str, request: Message, reply: type[Reply], timeout: float | None
    ) -> Reply:
        return self._call(
            "danvan.v1.Subscriptions", method, request, reply, timeout, for_changes=True
        )

    def _watch(
        self,
        request: messages.WatchRequest,
        marks: bool,
        until_synced: bool,
        ack: Callable[[str], object] | None,
    ) -> Watch:
        return Watch(
            lambda: self._connect(for_changes=False),
            request,
            marks=marks,
            until_synced=until_synced,
            ack=ack,
        )
