"""Documents as JSON lines, to standard output or as a complete file into a folder."""

from __future__ import annotations

import base64
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from .sources import plain
from .web import Answer

#: What `dvctl ingest` reads of what servers call it.
MEDIA_TYPES = {
    "": "text/html",
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}


def envelope(answer: Answer, asked: str, published: str | None) -> bytes:
    """A page as a line for `dvctl ingest`: its bytes as they came, and what is known of them."""
    row: dict[str, Any] = {
        "danvan_document": 1,
        "media_type": MEDIA_TYPES[answer.media_type],
        "charset": answer.charset,
        "url": plain(answer.url),
        "asked_url": asked,
        "final_url": answer.url,
        "published": published,
        "fetched": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "content": base64.b64encode(answer.body).decode(),
    }
    known = {name: value for name, value in row.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Output(Protocol):
    def write(self, line: bytes) -> None: ...

    def hand_over(self) -> None:
        """What was written is with its reader, or on disk."""

    def give_up(self) -> None: ...


class Stream:
    """Standard output; raises BrokenPipeError when its reader has gone."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        self._file = file or sys.stdout.buffer

    def write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()

    def hand_over(self) -> None:
        self._file.flush()

    def give_up(self) -> None:
        pass


class Folder:
    """A file in a folder, such as a drop folder of danvand: there under its name when complete."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"fetch-{time.time_ns()}.jsonl"
        self._part = self._path.with_name(self._path.name + ".part")
        self._file: BinaryIO | None = None

    def write(self, line: bytes) -> None:
        if self._file is None:
            self._file = self._part.open("xb")
        self._file.write(line)

    def hand_over(self) -> None:
        if self._file is None:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        self._part.replace(self._path)

    def give_up(self) -> None:
        if self._file is not None:
            self._file.close()
            self._part.unlink(missing_ok=True)
