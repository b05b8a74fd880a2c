"""What danvand does, as Python calls."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self, TypeVar

from . import messages
from ._connection import Connection
from . import _exchange
from ._desk import DeskCalls
from ._documents import batches
from .messages import Rule
from .messages import Article, Body, Document, Encoding, Hit, IngestResult, Marks, Sort
from .messages import Subscription
from ._protobuf import Message
from ._sockets import candidates
from ._version import VERSION
from ._watch import Watch
from .errors import AlreadyExists, ConnectionLost, MalformedAnswer, Unavailable, Unreachable

Reply = TypeVar("Reply", bound=Message)


class Client(DeskCalls):
    """Speaks to a daemon; connects when it must, and again when the daemon was restarted.

    May be shared by threads: their calls go one after the other. Watches have connections of their
    own. Timeouts are in seconds; without one a call waits as long as the daemon works. Calls raise
    the exceptions of `danvan.errors`.
    """

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

    def ingest(
        self, documents: Document | Iterable[Document], *, timeout: float | None = None
    ) -> list[IngestResult]:
        """Stores documents; returns when they are on disk, with one result for each, in order.

        A document that cannot be read is REJECTED in its place and does not stop the rest. Many
        documents go in batches of about a megabyte, each a transaction of its own. When the
        connection is lost, do it again: what is there already is a DUPLICATE.
        """
        if isinstance(documents, Document):
            documents = [documents]
        results: list[IngestResult] = []
        for batch in batches(documents):
            request = messages.IngestRequest(batch)
            answer = self._change("Ingest", request, messages.IngestResponse, timeout)
            if len(answer.results) != len(batch):
                raise MalformedAnswer(
                    f"{len(answer.results)} results for {len(batch)} documents"
                )
            results += answer.results
        return results

    def article(
        self, id: int, *, text: bool = True, facts: bool = True, timeout: float | None = None
    ) -> Article:
        """One article; NotFound when there is none of that number."""
        article = self._read(
            "Corpus", "Get", messages.GetArticleRequest(id, text, facts), Article, timeout
        )
        if article.text is not None:
            try:
                plain = article.text.plain()
            except ValueError as error:
                raise MalformedAnswer(str(error)) from error
            article.text = Body(Encoding.PLAIN, len(plain), plain)
        return article

    def delete(
        self, ids: Iterable[int], *, timeout: float | None = None
    ) -> messages.DeleteResponse:
        """Removes articles; numbers that are not there are listed, not an error."""
        request = messages.DeleteRequest(list(ids))
        return self._change("Delete", request, messages.DeleteResponse, timeout)

    def export(
        self, query: str = "", *, facts: bool = False, originals: bool = True
    ) -> Iterator[messages.ExportItem]:
        """The corpus, or what a query finds, as of now: for `write_export` or another store's
        `import_`. Has a connection of its own until it is used up or closed."""
        request = messages.ExportRequest(query, with_facts=facts, with_originals=originals)
        return _exchange.export(self._connect(for_changes=False), request)

    def import_(
        self,
        items: Iterable[messages.ExportItem],
        *,
        same_ids: bool = False,
        regroup: bool | None = None,
        timeout: float | None = None,
    ) -> list[messages.ImportResult]:
        """Takes an export in, of `export` or `read_export`; a result for each item, in order.

        About a megabyte a transaction; one that fails is not stored, and nothing after it. Done
        again it changes nothing. Facts are made anew. `regroup`: look for copies among all
        articles; None: where there are articles. docs/export.md has the rules.
        """
        if regroup is None:
            regroup = self.status(timeout=timeout).articles > 0

        def call(request: messages.ImportRequest) -> messages.ImportResponse:
            return self._change(
                "Import", request, messages.ImportResponse, timeout, service="Exchange"
            )

        return _exchange.take(items, call, regroup=regroup, same_ids=same_ids)

    def analyze(
        self, document: Document, *, timeout: float | None = None
    ) -> messages.AnalyzeResponse:
        """Reads a document and extracts its facts without storing it."""
        request = messages.AnalyzeRequest(document)
        return self._read("Facts", "Analyze", request, messages.AnalyzeResponse, timeout)

    def rules(self, rule: str = "", *, timeout: float | None = None) -> list[Rule]:
        """The rule of that id, or all rules of the daemon's rule set."""
        request = messages.ExplainRuleRequest(rule)
        return self._read(
            "Facts", "Rules", request, messages.ExplainRuleResponse, timeout
        ).rules

    def explain(
        self,
        subject: int | Document,
        words: str = "",
        *,
        losers: bool = False,
        timeout: float | None = None,
    ) -> messages.ExplainResponse:
        """Why the facts of an article, or of a document that is not stored, were found; with words
        only those that touch a place where these stand. `losers`: also what was given up."""
        request = messages.ExplainRequest(words=words, with_losers=losers)
        if isinstance(subject, Document):
            request.document = subject
        else:
            request.article_id = subject
        return self._read("Facts", "Explain", request, messages.ExplainResponse, timeout)

    def query(
        self,
        query: str,
        *,
        limit: int = 0,
        sort: Sort = Sort.NEWEST,
        marks: Marks = Marks.AUTOMATIC,
        after: str = "",
        facets: Iterable[str] = (),
        facet_limit: int = 0,
        explain: bool = False,
        count_only: bool = False,
        timeout: float | None = None,
    ) -> messages.QueryResponse:
        """One page of a search, of the daemon's own size when `limit` is 0.

        `after` is the `next` of an earlier page of the same query; `facets` names what to count
        the matches by, ten values of each when `facet_limit` is 0.
        """
        request = messages.QueryRequest(
            query, limit, sort, after, marks, list(facets), facet_limit, explain, count_only
        )
        return self._read("Search", "Query", request, messages.QueryResponse, timeout)

    def hits(
        self, query: str, *, sort: Sort = Sort.NEWEST, marks: Marks = Marks.AUTOMATIC
    ) -> Iterator[Hit]:
        """All that a search finds, asked for page by page."""
        after = ""
        while True:
            page = self.query(query, limit=100, sort=sort, marks=marks, after=after)
            yield from page.hits
            if not page.next:
                return
            after = page.next

    def save(
        self, name: str, query: str, *, timeout: float | None = None
    ) -> messages.SavedSearch:
        """Keeps a query under a name, for `saved:name`, in place of an earlier one."""
        request = messages.SaveRequest(name, query)
        return self._change("Save", request, messages.SavedSearch, timeout, service="Search")

    def saved_searches(self, *, timeout: float | None = None) -> list[messages.SavedSearch]:
        """All of them, in the order of Vietnamese dictionaries."""
        request = messages.SavedSearchesRequest()
        answer = self._read(
            "Search", "SavedSearches", request, messages.SavedSearchesResponse, timeout
        )
        return answer.searches

    def remove_saved(self, name: str, *, timeout: float | None = None) -> None:
        """Forgets a saved search; NotFound when there is none of that name."""
        request = messages.RemoveSavedRequest(name)
        self._change(
            "RemoveSaved", request, messages.RemoveSavedResponse, timeout, service="Search"
        )

    def tag(
        self,
        query: str,
        *,
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
        timeout: float | None = None,
    ) -> messages.TagResponse:
        """Puts tags on all articles that match and takes others off, in one transaction."""
        request = messages.TagRequest(query, list(add), list(remove))
        return self._change("Tag", request, messages.TagResponse, timeout, service="Search")

    def tags(self, *, timeout: float | None = None) -> list[messages.FacetValue]:
        """Every tag in use with the number of its articles."""
        return self._read(
            "Search", "Tags", messages.TagsRequest(), messages.TagsResponse, timeout
        ).tags

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
