"""A corpus out of a daemon and into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import _exchange, messages
from ._care_calls import CareCalls


class ExchangeCalls(CareCalls):
    """The calls of the service Exchange."""

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
