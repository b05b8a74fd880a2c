"""The calls of the analyst's desk."""

from __future__ import annotations

from collections.abc import Iterable

from . import messages
from ._caller import Caller
from .messages import EntityRuling, Holding, RulingVerb


class DeskCalls(Caller):
    """Persons, bodies and posts across the corpus; what was ordered, held and said. An entity is its name, or `NAME@ARTICLE` where
    several bear it: the one of whom that article speaks."""

    def person(
        self, entity: str, *, limit: int = 0, timeout: float | None = None
    ) -> messages.PersonResponse:
        """Posts, meetings, words and directives of a person; NotFound where there is none."""
        request = messages.PersonRequest(entity, limit)
        return self._read("Entities", "Person", request, messages.PersonResponse, timeout)

    def body(
        self, entity: str, *, limit: int = 0, timeout: float | None = None
    ) -> messages.BodyResponse:
        """Who held a body's posts, and what was asked of it; NotFound where there is none."""
        request = messages.BodyRequest(entity, limit)
        return self._read("Entities", "Body", request, messages.BodyResponse, timeout)

    def holders(
        self, title: str, *, at: str = "", limit: int = 0, timeout: float | None = None
    ) -> list[Holding]:
        """Who held a post; with a day (`2021-03-26`), those attested nearest to it."""
        request = messages.HoldersRequest(title, at, limit)
        return self._read(
            "Entities", "Holders", request, messages.HoldersResponse, timeout
        ).holdings

    def merge(
        self, entity: str, other: str, *, kind: str = "person", timeout: float | None = None
    ) -> list[EntityRuling]:
        """Rules that two persons (or, with `kind="body"`, bodies) are one; on disk on return."""
        return self._rule(
            messages.RuleEntityRequest(RulingVerb.MERGE, kind, entity, other), timeout
        )

    def split(
        self, entity: str, articles: Iterable[int], *, timeout: float | None = None
    ) -> list[EntityRuling]:
        """Rules that in these articles the name is another person's."""
        request = messages.RuleEntityRequest(
            RulingVerb.SPLIT, "person", entity, articles=list(articles)
        )
        return self._rule(request, timeout)

    def rename(
        self, entity: str, name: str, *, kind: str = "person", timeout: float | None = None
    ) -> list[EntityRuling]:
        """Rules by which name an entity is shown."""
        request = messages.RuleEntityRequest(RulingVerb.RENAME, kind, entity, name=name)
        return self._rule(request, timeout)

    def rulings(self, *, timeout: float | None = None) -> list[EntityRuling]:
        """All rulings on entities, in the order in which they were made."""
        request = messages.EntityRulingsRequest()
        return self._read(
            "Entities", "Rulings", request, messages.EntityRulingsResponse, timeout
        ).rulings

    def forget_ruling(self, id: int, *, timeout: float | None = None) -> None:
        """Takes a ruling back; NotFound when there is none of that number."""
        request = messages.ForgetRulingRequest(id)
        reply = messages.ForgetRulingResponse
        self._change("Forget", request, reply, timeout, service="Entities")

    def directives(
        self,
        *,
        by: str = "",
        to: str = "",
        about: str = "",
        period: str = "",
        open_only: bool = False,
        limit: int = 0,
        with_incumbents: bool = False,
        timeout: float | None = None,
    ) -> messages.DirectivesResponse:
        """What was ordered, the newest first; `period` as `2021-Q1` or `2020-04..`.

        `with_incumbents`: also what the title alone gave, where `by` held the post by other articles.
        """
        request = messages.DirectivesRequest(
            by, to, about, period, open_only, limit, with_incumbents=with_incumbents
        )
        return self._read("Directives", "List", request, messages.DirectivesResponse, timeout)

    def directive(
        self, id: str, *, timeout: float | None = None
    ) -> messages.DirectiveResponse:
        """A directive by its id (`1234.567`), with its history and what may report on it."""
        request = messages.DirectiveRequest(id)
        return self._read("Directives", "Get", request, messages.DirectiveResponse, timeout)

    def orphaned_marks(self, *, timeout: float | None = None) -> list[messages.OrphanedMark]:
        """What was noted on directives that texts or rules of now do not have."""
        request = messages.DirectivesRequest(orphans=True)
        reply = messages.DirectivesResponse
        return self._read("Directives", "List", request, reply, timeout).orphans

    def mark_directive(
        self,
        id: str,
        *,
        status: str | None = None,
        due: str | None = None,
        owner: str | None = None,
        note: str | None = None,
        timeout: float | None = None,
    ) -> messages.DirectiveResponse:
        """Notes something on a directive; what is None is left as it was. On disk on return."""
        request = messages.MarkDirectiveRequest(id, status, due, owner, note)
        reply = messages.DirectiveResponse
        return self._change("Mark", request, reply, timeout, service="Directives")

    def meetings(
        self,
        *,
        period: str = "",
        chair: str = "",
        place: str = "",
        type: str = "",
        limit: int = 0,
        with_background: bool = False,
        with_incumbents: bool = False,
        timeout: float | None = None,
    ) -> messages.MeetingsResponse:
        """Meetings in the order of their days; several reports of one are one meeting.

        `with_incumbents`: also where the title alone presides, and `chair` held the post by other articles.
        """
        request = messages.MeetingsRequest(
            period, chair, place, type, limit, with_background, with_incumbents
        )
        return self._read("Reports", "Meetings", request, messages.MeetingsResponse, timeout)

    def statements(
        self,
        *,
        by: str = "",
        about: str = "",
        period: str = "",
        limit: int = 0,
        with_incumbents: bool = False,
        timeout: float | None = None,
    ) -> messages.StatementsResponse:
        """Who said what, in order of time: the newest `limit`.

        `with_incumbents`: also what the title alone said, where `by` held the post by other articles.
        """
        request = messages.StatementsRequest(by, about, period, limit, with_incumbents)
        return self._read("Reports", "Statements", request, messages.StatementsResponse, timeout)

    def topics(
        self, period: str = "", *, timeout: float | None = None
    ) -> messages.TopicsResponse:
        """Articles by topic, beside the period before; without one, the last quarter's."""
        request = messages.TopicsRequest(period)
        return self._read("Reports", "Topics", request, messages.TopicsResponse, timeout)

    def timeline(
        self, query: str = "", *, timeout: float | None = None
    ) -> messages.TimelineResponse:
        """How many articles of each month answer a query."""
        request = messages.TimelineRequest(query)
        return self._read("Reports", "Timeline", request, messages.TimelineResponse, timeout)

    def brief(
        self, period: str = "", query: str = "", *, limit: int = 0, timeout: float | None = None
    ) -> messages.BriefResponse:
        """What happened in a period (`2021-Q1`; none: the last quarter), by articles that answer
        the query.
        """
        request = messages.BriefRequest(period, query, limit)
        return self._read("Reports", "Brief", request, messages.BriefResponse, timeout)

    def stats(self, *, timeout: float | None = None) -> messages.StatsResponse:
        """What the store holds: articles by source, month and reader, facts by kind and rule."""
        request = messages.StatsRequest()
        return self._read("Reports", "Stats", request, messages.StatsResponse, timeout)

    def _rule(
        self, request: messages.RuleEntityRequest, timeout: float | None
    ) -> list[EntityRuling]:
        return self._change(
            "Rule", request, messages.RuleEntityResponse, timeout, service="Entities"
        ).rulings
