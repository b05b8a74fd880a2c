"""What robots.txt allows (RFC 9309), and how long a host wants to be left alone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from .errors import FetchError

#: What robots.txt files call this program.
PRODUCT = "danvan-fetch"


def origin(url: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Robots:
    """The rules of each origin, asked for once a run."""

    def __init__(self, get: Callable[[str], tuple[int, bytes]]) -> None:
        """`get` returns status and body of a URL; raises FetchError."""
        self._get = get
        self._rules: dict[str, RobotFileParser] = {}
        self._failed: dict[str, FetchError] = {}

    def allow(self, url: str) -> bool:
        """Raises FetchError where robots.txt could not be asked for."""
        return self._of(url).can_fetch(PRODUCT, url)

    def delay(self, url: str) -> float:
        """Seconds between two requests, as the host asks; 0 where it does not."""
        rules = self._rules.get(origin(url))
        return float(rules.crawl_delay(PRODUCT) or 0) if rules is not None else 0.0

    def _of(self, url: str) -> RobotFileParser:
        key = origin(url)
        if (known := self._rules.get(key)) is not None:
            return known
        rules = RobotFileParser()
        # Where nobody can say, nothing is allowed in this run; another may have more luck.
        if (failed := self._failed.get(key)) is not None:
            raise failed
        try:
            status, body = self._get(f"{key}/robots.txt")
            if not 200 <= status < 500:
                raise FetchError(f"http-{status}", f"{status} for robots.txt of {key}")
        except FetchError as error:
            self._failed[key] = error
            raise
        if status < 300:
            rules.parse(body.decode("utf-8", "replace").splitlines())
        elif status >= 400:
            rules.parse(["User-agent: *", "Allow: /"])
        else:
            rules.parse(["User-agent: *", "Disallow: /"])
        # It answers only once it believes that it has read something.
        rules.modified()
        return self._rules.setdefault(key, rules)
