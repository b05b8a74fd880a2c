"""What is to be fetched: URLs, OPML lists of feeds, and the items of feeds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]

from .errors import FetchError
from .web import Answer

_OPML_BYTES = 4 << 20
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
# What senders of links add for their own counting.
_TRACKING = ("utm_", "fbclid", "gclid", "zarsrc", "mc_cid", "mc_eid")


@dataclass(frozen=True)
class Item:
    """A page that a feed names."""

    url: str
    #: ISO 8601 day, where the feed gives one.
    published: str | None = None


def named(word: str) -> Iterator[str]:
    """The URLs that a word of the command line stands for. Raises FetchError."""
    if urlsplit(word).scheme in ("http", "https"):
        yield word
        return
    path = Path(word)
    try:
        if path.stat().st_size > _OPML_BYTES:
            raise FetchError("opml", f"larger than {_OPML_BYTES} bytes")
        root = ElementTree.parse(path).getroot()
    except OSError as error:
        raise FetchError("file", error.strerror or str(error)) from error
    except ElementTree.ParseError as error:
        raise FetchError("opml", f"no OPML: {error}") from error
    urls = [outline.get("xmlUrl", "").strip() for outline in root.iter("outline")]
    urls = [url for url in urls if url]
    if root.tag != "opml" or not urls:
        raise FetchError("opml", "no OPML list of feeds")
    yield from dict.fromkeys(urls)


def is_feed(answer: Answer) -> bool:
    """Whether it is a feed and not a page, by its type and its first element."""
    if answer.media_type in _FEED_TYPES:
        return True
    head = answer.body[:2048].lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def items(answer: Answer, limit: int) -> list[Item]:
    """The pages that a feed names, the first `limit`. Raises FetchError for what is no feed."""
    content_type = answer.media_type or "application/xml"
    if answer.charset:
        content_type += f"; charset={answer.charset}"
    parsed = feedparser.parse(
        answer.body,
        response_headers={"content-type": content_type, "content-location": answer.url},
    )
    if not parsed.entries and (parsed.bozo or not parsed.version):
        reason = parsed.get("bozo_exception", "no items")
        raise FetchError("feed", f"no feed that can be read: {reason}")
    found: dict[str, Item] = {}
    for entry in parsed.entries:
        if len(found) >= limit:
            break
        link = entry.get("link")
        if not link:
            continue
        url = urljoin(answer.url, link).partition("#")[0]
        when = entry.get("published_parsed") or entry.get("updated_parsed")
        day = time.strftime("%Y-%m-%d", when) if when else None
        found.setdefault(url, Item(url, day))
    if parsed.entries and not found:
        raise FetchError("feed", "no item of the feed has a link")
    return list(found.values())


def plain(url: str) -> str:
    """A URL without fragment and without what links carry for counting."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not pair[0].lower().startswith(_TRACKING)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
