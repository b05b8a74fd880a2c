"""A web server on loopback, and danvan-fetch run against it."""

from __future__ import annotations

import io
import json
import tempfile
import threading
import time
import unittest
from contextlib import redirect_stderr
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import support  # noqa: F401  (which finds the package)

try:
    import feedparser  # noqa: F401
    import httpx  # noqa: F401
except ModuleNotFoundError:
    HAS_EXTRA = False
else:
    HAS_EXTRA = True

ARTICLE = """<html><head><meta charset="{charset}"><title>Họp giao ban</title></head><body>
<article><h1>Huyện Thử Nghiệm họp giao ban quý I</h1><p>Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn
Thử chủ trì hội nghị giao ban quý I tại xã Mẫu. {more}</p><p>Theo báo cáo, ba tháng đầu năm thu ngân sách
của huyện đạt hơn một phần tư dự toán được giao.</p></article></body></html>"""


HTML = "text/html; charset=utf-8"


class Site:
    """Pages by path, what was asked for, and a server of them."""

    def __init__(self, test: unittest.TestCase, port: int = 0) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, float, Any]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, time.monotonic(), self.headers))
                if self.path == "/slow":
                    time.sleep(3)
                if self.path == "/drip":
                    self._drip()
                    return
                status, headers, body = site.pages.get(self.path, (404, {}, b"none"))
                etag = headers.get("ETag")
                changed = headers.get("Last-Modified")
                if (etag and self.headers.get("If-None-Match") == etag) or (
                    changed and self.headers.get("If-Modified-Since") == changed
                ):
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass

            def _drip(self) -> None:
                """A byte now and then: never silent for long, and never done."""
                self.send_response(200)
                self.send_header("Content-Type", HTML)
                self.send_header("Content-Length", "1000000")
                self.end_headers()
                for _ in range(100):
                    try:
                        self.wfile.write(b"x")
                    except OSError:
                        return
                    time.sleep(0.1)

            def log_message(self, format: str, *args: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        test.addCleanup(self._server.server_close)
        test.addCleanup(self._server.shutdown)

    def page(self, path: str, body: str | bytes, kind: str = HTML,
             status: int = 200, **headers: str) -> None:  # fmt: skip
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": kind, **named}, content)

    def article(self, path: str, more: str = "", **headers: str) -> None:
        self.page(path, ARTICLE.format(charset="utf-8", more=more or path), HTML, 200, **headers)

    def rss(self, path: str, *links: str, **headers: str) -> None:
        rows = "".join(
            f"<item><title>x</title><link>{link}</link>"
            "<pubDate>Mon, 05 Apr 2021 08:00:00 +0700</pubDate></item>"
            for link in links
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{rows}</channel></rss>'
        self.page(path, feed, "application/rss+xml", 200, **headers)

    def count(self, path: str) -> int:
        return sum(1 for asked, _, _ in self.asked if asked == path)


@unittest.skipUnless(HAS_EXTRA, "feedparser and httpx are not installed: pip install 'danvan[fetch]'")
class FetchCase(unittest.TestCase):
    def setUp(self) -> None:
        self.site = Site(self)
        folder = tempfile.TemporaryDirectory(prefix="danvan-fetch-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_fetch(self, *words: str) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]]]:
        """Exit code, documents, errors."""
        from danvan.fetch import cli

        spool = Path(tempfile.mkdtemp(dir=self.folder))
        errors = io.StringIO()
        with redirect_stderr(errors):
            code = cli.main([
                *words, "--contact", "a@b.vn", "--state", str(self.folder / "state"), "--errors",
                "-o", str(spool), *([] if "--delay" in words else ["--delay", "0"]),
            ])  # fmt: skip
        lines = [line for file in spool.iterdir() for line in file.read_bytes().splitlines()]
        self.assertFalse([file for file in spool.iterdir() if file.suffix == ".part"])
        rows = [json.loads(line) for line in errors.getvalue().splitlines() if line.startswith("{")]
        return code, [json.loads(line) for line in lines], rows
