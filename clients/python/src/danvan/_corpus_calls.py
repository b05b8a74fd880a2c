"""Articles: what goes in, what is there, and why its facts were found."""

from __future__ import annotations

from collections.abc import Iterable

from . import messages
from ._caller import Caller
from ._documents import batches
from .errors import MalformedAnswer
from .messages import Article, Body, Document, Encoding, IngestResult, Rule



class CorpusCalls(Caller):
    """The calls of the services Corpus and Facts."""

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

    def diff(
        self, id: int, from_: int = 0, to: int = 0, *, timeout: float | None = None
    ) -> messages.DiffResponse:
        """What changed between revisions; 0: the newest, and the one before it."""
        request = messages.DiffRequest(id, from_, to)
        return self._read("Corpus", "Diff", request, messages.DiffResponse, timeout)

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
