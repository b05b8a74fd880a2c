"""A file that remembers a place in the event log."""

from __future__ import annotations

import os
from pathlib import Path


class CursorFile:
    """Keeps one cursor; after a crash the file holds the old one or the new one, whole."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def load(self, default: str = "start") -> str:
        """The cursor kept, or `default` when there is no file yet."""
        try:
            return self.path.read_text(encoding="ascii").strip() or default
        except FileNotFoundError:
            return default

    def save(self, cursor: str) -> None:
        """Puts a cursor in place of the old one; on disk when this returns."""
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with temporary.open("w", encoding="ascii") as file:
            file.write(cursor + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
