"""One polite request after the other: robots.txt, pauses, redirects, limits."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from .errors import FetchError
from .robots import PRODUCT, Robots, origin

_REDIRECTS = {301, 302, 303, 307, 308}
_ROBOTS_BYTES = 512 << 10


@dataclass
class Limits:
    #: Seconds between two requests to a host.
    delay: float = 2.0
    #: Seconds for one answer, from the connection to its last byte.
    timeout: float = 30.0
    #: Bytes of a body, once inflated.
    body: int = 3 << 20
    redirects: int = 5


@dataclass
class Answer:
    """A body, or word that it has not changed."""

    #: Where it was at last.
    url: str
    is_unchanged: bool
    body: bytes = b""
    #: Lower case, without parameters.
    media_type: str = ""
    charset: str | None = None
    etag: str = ""
    last_modified: str = ""


class Web:
    """Fetches URLs, one at a time. Raises FetchError for what cannot be had."""

    def __init__(self, contact: str, limits: Limits, version: str) -> None:
        self._limits = limits
        self._robots = Robots(self._robots_file)
        self._free_at: dict[str, float] = {}
        self._client = httpx.Client(
            follow_redirects=False,
            trust_env=True,
            timeout=httpx.Timeout(min(limits.timeout, 15.0)),
            headers={
                "User-Agent": f"{PRODUCT}/{version} (+{contact})",
                "Accept-Encoding": "gzip",
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            },
        )

    def close(self) -> None:
        self._client.close()

    def free_at(self, url: str) -> float:
        """When the host may be asked again, on `time.monotonic`'s clock."""
        return self._free_at.get(origin(url), 0.0)

    def get(self, url: str, conditions: dict[str, str] | None = None) -> Answer:
        """The body behind a URL, with what `conditions` asks for, through its redirects."""
        seen: list[str] = []
        headers = dict(conditions or {})
        while True:
            if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
                raise FetchError("scheme", f"no http or https URL: {url}")
            if url in seen:
                raise FetchError("redirect-loop", f"redirects go round in a circle at {url}")
            if len(seen) > self._limits.redirects:
                raise FetchError("redirects", f"more than {self._limits.redirects} redirects")
            seen.append(url)
            if not self._robots.allow(url):
                raise FetchError("robots", f"robots.txt of {origin(url)} does not allow it")
            status, answer, target = self._request(url, headers, self._limits.body)
            if status in _REDIRECTS and target:
                url = urljoin(url, target).partition("#")[0]
                continue
            if status == 304:
                answer.is_unchanged = True
                return answer
            if status in (429, 503):
                # For the rest of this run.
                self._free_at[origin(url)] = float("inf")
                raise FetchError("busy", f"{status}: the host asks to be left alone")
            if not 200 <= status < 300:
                raise FetchError(f"http-{status}", f"the server answers {status}")
            return answer

    def _robots_file(self, url: str) -> tuple[int, bytes]:
        for _ in range(self._limits.redirects + 1):
            status, answer, target = self._request(url, {}, _ROBOTS_BYTES, is_cut=True)
            if status not in _REDIRECTS or not target:
                return status, answer.body
            url = urljoin(url, target)
            if urlsplit(url).scheme not in ("http", "https"):
                break
        return 404, b""

    def _request(
        self, url: str, headers: dict[str, str], limit: int, *, is_cut: bool = False
    ) -> tuple[int, Answer, str | None]:
        self._pause(url)
        deadline = time.monotonic() + self._limits.timeout
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                body = b""
                if 200 <= response.status_code < 300:
                    body = _body(response, limit, deadline, is_cut=is_cut)
                return response.status_code, _answer(url, response, body), (
                    response.headers.get("location")
                )
        except httpx.TimeoutException as error:
            raise FetchError("timeout", "no answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchError("network", str(error) or type(error).__name__) from error
        finally:
            delay = max(self._limits.delay, self._robots.delay(url))
            self._free_at[origin(url)] = time.monotonic() + delay

    def _pause(self, url: str) -> None:
        wait = self.free_at(url) - time.monotonic()
        if wait == float("inf"):
            raise FetchError("busy", "the host asked to be left alone")
        if wait > 0:
            time.sleep(wait)


def _answer(url: str, response: httpx.Response, body: bytes) -> Answer:
    kind = response.headers.get("content-type", "")
    return Answer(
        url=url,
        is_unchanged=False,
        body=body,
        media_type=kind.partition(";")[0].strip().lower(),
        charset=response.charset_encoding,
        etag=response.headers.get("etag", ""),
        last_modified=response.headers.get("last-modified", ""),
    )


def _body(
    response: httpx.Response, limit: int, deadline: float, *, is_cut: bool
) -> bytes:
    """The body inflated, never more of it in memory than `limit` and a little."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError("encoding", f"a body in {coding}, which was not asked for")
    inflater = zlib.decompressobj(31) if coding.endswith("gzip") else None
    out = bytearray()
    # As it comes: a given size would wait for that much, however slowly it drips.
    for chunk in response.iter_raw():
        if time.monotonic() > deadline:
            raise FetchError("timeout", "the answer takes too long")
        if inflater is None:
            out += chunk
        else:
            try:
                out += inflater.decompress(chunk, limit + 1 - min(len(out), limit))
            except zlib.error as error:
                raise FetchError("encoding", f"not gzip: {error}") from error
        if len(out) > limit:
            if is_cut:
                return bytes(out[:limit])
            raise FetchError("too-large", f"more than {limit} bytes")
    if inflater is not None and not inflater.eof:
        raise FetchError("encoding", "the gzip data end too early")
    return bytes(out)
