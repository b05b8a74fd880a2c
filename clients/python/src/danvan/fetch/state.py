"""What was fetched when, from one run to the next."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

_VERSION = 1


@dataclasses.dataclass
class Visit:
    """The last answer of one URL."""

    etag: str = ""
    last_modified: str = ""
    #: Hexadecimal, of the body.
    sha256: str = ""
    #: Seconds since 1970.
    fetched: float = 0.0

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for the body only where it has changed."""
        headers = {}
        if self.etag:
            headers["If-None-Match"] = self.etag
        if self.last_modified:
            headers["If-Modified-Since"] = self.last_modified
        return headers


class State:
    """A file of visits by URL; replaced whole, and on disk when `save` returns."""

    def __init__(self, path: Path) -> None:
        """Reads the file, where there is one. Raises ValueError for one that is none of ours, OSError."""
        self._path = path
        self._visits: dict[str, Visit] = {}
        self._has_changed = False
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        try:
            stored = json.loads(text)
            if stored["version"] != _VERSION:
                raise ValueError(f"version {stored['version']}")
            self._visits = {url: Visit(**visit) for url, visit in stored["urls"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}: not a state file of danvan-fetch: {error}") from error

    def __getitem__(self, url: str) -> Visit:
        return self._visits.get(url) or Visit()

    def __setitem__(self, url: str, visit: Visit) -> None:
        self._visits[url] = visit
        self._has_changed = True

    def save(self) -> None:
        if not self._has_changed:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        visits = {url: dataclasses.asdict(visit) for url, visit in self._visits.items()}
        text = json.dumps({"version": _VERSION, "urls": visits}, ensure_ascii=False, indent=0)
        temporary = self._path.with_name(self._path.name + ".new")
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._has_changed = False
