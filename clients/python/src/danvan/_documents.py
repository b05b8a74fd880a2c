"""Documents to ingest, from texts and files; and their batches."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .messages import Document

_MEDIA_TYPES = {".html": "text/html", ".htm": "text/html", ".json": "application/json"}
# One transaction of the daemon holds a batch.
_BATCH_BYTES, _BATCH_COUNT = 1 << 20, 500


def text_document(
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
    published: str | None = None,
    label: str = "",
) -> Document:
    """A document of plain text. `published` is an ISO 8601 date, whole or partial."""
    return Document(text.encode(), "text/plain", label, title, url, source, published)


def read_documents(path: str | os.PathLike[str]) -> Iterator[Document]:
    """The documents of a file: one, or with .jsonl one a line. Raises OSError and ValueError."""
    path = Path(path)
    if path.suffix == ".jsonl":
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    json.loads(line)
                    yield Document(line, "application/json", f"{path}:{number}")
    else:
        media_type = _MEDIA_TYPES.get(path.suffix, "text/plain")
        yield Document(path.read_bytes(), media_type, str(path))


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in groups that each make a request of at most a megabyte, if they can."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        more = len(document.encode()) + 8
        if batch and (size + more > _BATCH_BYTES or len(batch) == _BATCH_COUNT):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += more
    if batch:
        yield batch
