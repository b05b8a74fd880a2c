"""The calls that take a corpus out of a daemon and into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ._connection import Connection
from ._protobuf import ProtobufError
from .errors import MalformedAnswer
from .messages import ExportItem, ExportRequest, ImportRequest, ImportResponse, ImportResult

_BATCH_BYTES, _BATCH_COUNT = 1 << 20, 200


def export(connection: Connection, request: ExportRequest) -> Iterator[ExportItem]:
    """The items of an export as they come; the connection is its own and closed at the end."""
    try:
        with connection.stream(
            "danvan.v1.Exchange", "Export", request.encode()
        ) as stream:
            while (payload := stream.next()) is not None:
                try:
                    yield ExportItem.decode(payload)
                except ProtobufError as error:
                    raise MalformedAnswer(f"Exchange/Export: {error}") from error
    finally:
        connection.close()


def take(
    items: Iterable[ExportItem],
    call: Callable[[ImportRequest], ImportResponse],
    *,
    regroup: bool,
    same_ids: bool,
) -> list[ImportResult]:
    """Sends items, a batch at a time; a result for each, in order."""
    results: list[ImportResult] = []
    for batch in _batches(items):
        answer = call(ImportRequest(batch, regroup, same_ids))
        if len(answer.results) != len(batch):
            raise MalformedAnswer(f"{len(answer.results)} results for {len(batch)} items")
        results += answer.results
    return results


def _batches(items: Iterable[ExportItem]) -> Iterator[list[ExportItem]]:
    batch: list[ExportItem] = []
    size = 0
    for item in items:
        if item.text is not None and item.text.facts is not None:
            # They are made anew, and need not travel.
            item = ExportItem.decode(item.encode())
            if item.text is not None:
                item.text.facts = None
        more = len(item.encode()) + 8
        if batch and (size + more > _BATCH_BYTES or len(batch) == _BATCH_COUNT):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += more
    if batch:
        yield batch
