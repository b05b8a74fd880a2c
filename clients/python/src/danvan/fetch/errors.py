"""What goes wrong with one URL, and where it is told."""

from __future__ import annotations

import json
import sys


class FetchError(Exception):
    """Why one URL could not be had: a name for programs and a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def may_pass(self) -> bool:
        """Whether another run may have more luck."""
        return self.code in ("timeout", "network", "busy") or self.code.startswith("http-5")


class Complaints:
    """Errors on standard error, for people or as JSON lines, and how many there were."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.count = 0

    def add(self, url: str, error: FetchError) -> None:
        self.count += 1
        if self._as_json:
            row = {"url": url, "code": error.code, "error": str(error)}
            line = json.dumps(row, ensure_ascii=False)
        else:
            line = f"danvan-fetch: {url}: {error}"
        print(line, file=sys.stderr, flush=True)

    def note(self, sentence: str) -> None:
        """Talk that is no error."""
        if not self._as_json:
            print(f"danvan-fetch: {sentence}", file=sys.stderr, flush=True)
