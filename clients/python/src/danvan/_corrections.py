"""What people say of facts."""

from __future__ import annotations

from collections.abc import Iterable

from . import messages
from ._caller import Caller
from .errors import MalformedAnswer
from .messages import Correction


class CorrectionCalls(Caller):
    """Corrections of facts: kept over every rebuild, laid over what the rules find. A fact is named as explain names it,
    `12.TITLE.345-367`."""

    def correct(
        self,
        fact: str,
        *,
        spurious: bool = False,
        type: str = "",
        words: str = "",
        bytes: tuple[int, int] = (0, 0),
        fields: Iterable[tuple[str, str]] = (),
        why: str = "",
        who: str = "",
        timeout: float | None = None,
    ) -> Correction:
        """Says what is wrong with a fact: that there is none, its type, its place (words or bytes), what it says. `fields` are
        names and values as explain has them, and `person` for who is meant. On disk on return."""
        request = messages.CorrectRequest(fact=fact, spurious=spurious)
        return self._correct(request, type, words, bytes, fields, why, who, timeout)

    def add_fact(
        self,
        article_id: int,
        type: str,
        *,
        words: str = "",
        bytes: tuple[int, int] = (0, 0),
        fields: Iterable[tuple[str, str]] = (),
        why: str = "",
        who: str = "",
        timeout: float | None = None,
    ) -> Correction:
        """Says that a fact is missing, with its type and place; the rest as `correct`."""
        request = messages.CorrectRequest(article_id=article_id)
        return self._correct(request, type, words, bytes, fields, why, who, timeout)

    def corrections(
        self, article_id: int = 0, *, timeout: float | None = None
    ) -> list[Correction]:
        """What was said of the facts of an article, or of all, the oldest first."""
        request = messages.CorrectionsRequest(article_id)
        corrections: list[Correction] = []
        while True:
            page = self._read(
                "Corrections", "List", request, messages.CorrectionsResponse, timeout
            )
            corrections += page.corrections
            if not page.next:
                return corrections
            request.after = page.next

    def forget_correction(self, id: int, *, timeout: float | None = None) -> None:
        """Takes a correction back; NotFound when there is none of that number."""
        request = messages.ForgetCorrectionRequest(id)
        reply = messages.ForgetCorrectionResponse
        self._change("Forget", request, reply, timeout, service="Corrections")

    def _correct(
        self,
        request: messages.CorrectRequest,
        type: str,
        words: str,
        bytes: tuple[int, int],
        fields: Iterable[tuple[str, str]],
        why: str,
        who: str,
        timeout: float | None,
    ) -> Correction:
        request.type, request.words, request.why, request.who = type, words, why, who
        request.start, request.end = bytes
        request.fields = [messages.FactField(name, value) for name, value in fields]
        reply = messages.CorrectResponse
        made = self._change("Correct", request, reply, timeout, service="Corrections")
        if made.correction is None:
            raise MalformedAnswer("Corrections/Correct: no correction")
        return made.correction
