"""Queries, saved searches and tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import messages
from ._caller import Caller
from .errors import MalformedAnswer
from .messages import Hit, Marks, Sort



class SearchCalls(Caller):
    """The calls of the service Search."""

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

    def story(self, id: int, *, timeout: float | None = None) -> messages.StoryResponse:
        """The articles that tell of the same event as one, in the order of time."""
        request = messages.StoryRequest(id)
        return self._read("Search", "Story", request, messages.StoryResponse, timeout)

    def story_likeness(
        self, id: int, other: int, *, timeout: float | None = None
    ) -> messages.StoryLikeness:
        """How likely two articles tell of one event, and what speaks for it."""
        request = messages.StoryRequest(id, other)
        answer = self._read("Search", "Story", request, messages.StoryResponse, timeout)
        if answer.compared is None:
            raise MalformedAnswer("Search/Story: no likeness")
        return answer.compared

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
