"""danvan-fetch against a web server on loopback."""

from __future__ import annotations

import base64
import io
import os
import socket
import subprocess
import sys
import tempfile
import unittest
from contextlib import redirect_stderr
from pathlib import Path

from fetch_site import ARTICLE, FetchCase, Site
from support import BINARIES, ROOT, Daemon


class FetchTests(FetchCase):
    def test_feeds_lead_to_pages_with_all_that_is_known_of_them(self) -> None:
        root = self.site.root
        self.site.article("/1")
        self.site.article("/2", ETag='"two"')
        self.site.rss("/rss", f"{root}/1?utm_source=rss#top", "/2")
        self.site.pages["/1?utm_source=rss"] = self.site.pages["/1"]
        atom = (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>x</title>'
            f'<link href="{root}/3"/><updated>2021-04-06T00:00:00Z</updated></entry></feed>'
        )
        self.site.page("/atom", atom, "application/atom+xml")
        self.site.page("/3", "", status=302, Location="/3/final")
        self.site.article("/3/final")
        opml = self.folder / "feeds.opml"
        opml.write_text(
            f'<opml version="2.0"><body><outline><outline xmlUrl="{root}/rss"/>'
            f'<outline xmlUrl="{root}/atom"/></outline></body></opml>'
        )
        code, pages, errors = self.run_fetch(str(opml))
        self.assertEqual((code, errors), (0, []))
        by_url = {page["url"]: page for page in pages}
        self.assertEqual(set(by_url), {f"{root}/1", f"{root}/2", f"{root}/3/final"})
        first = by_url[f"{root}/1"]
        self.assertEqual(base64.b64decode(first["content"]), self.site.pages["/1"][2])
        self.assertEqual((first["charset"], first["published"]), ("utf-8", "2021-04-05"))
        self.assertEqual(by_url[f"{root}/3/final"]["asked_url"], f"{root}/3")
        agent = self.site.asked[0][2]["User-Agent"]
        self.assertRegex(agent, r"danvan-fetch/\S+ \(\+a@b\.vn\)")
        # Nothing new: nothing comes, and with an ETag not even the body.
        code, pages, errors = self.run_fetch(str(opml), "--recheck", "0")
        self.assertEqual((code, pages, errors), (0, [], []))
        # A page that changed comes again, while others do not.
        self.site.article("/2", "Đã sửa.", ETag='"three"')
        code, pages, _ = self.run_fetch(f"{root}/2", f"{root}/1?utm_source=rss")
        self.assertEqual([page["url"] for page in pages], [f"{root}/2"])

    def test_conditional_requests_and_recheck(self) -> None:
        self.site.article("/1", ETag='"a"')
        self.site.rss("/rss", "/1", ETag='"f"')
        for _ in range(2):
            self.run_fetch(f"{self.site.root}/rss")
        asked = [headers for path, _, headers in self.site.asked if path == "/rss"]
        self.assertEqual([h.get("If-None-Match") for h in asked], [None, '"f"'])
        self.assertEqual(self.site.count("/1"), 1)
        self.site.rss("/rss", "/1", ETag='"g"')
        self.run_fetch(f"{self.site.root}/rss")
        self.assertEqual(self.site.count("/1"), 1)
        self.site.rss("/rss", "/1", "/1#x", ETag='"h"')
        self.run_fetch(f"{self.site.root}/rss", "--recheck", "0")
        self.assertEqual(self.site.count("/1"), 2)
        # A server that only says when something changed is asked with that.
        self.site.rss("/dated", "/1", Last_Modified="Mon, 05 Apr 2021 01:00:00 GMT")
        for _ in range(2):
            self.run_fetch(f"{self.site.root}/dated")
        asked = [headers for path, _, headers in self.site.asked if path == "/dated"]
        self.assertEqual(
            [h.get("If-Modified-Since") for h in asked], [None, "Mon, 05 Apr 2021 01:00:00 GMT"]
        )

    def test_pages_that_failed_are_asked_for_again_though_the_feed_is_the_same(self) -> None:
        self.site.rss("/rss", "/1", ETag='"f"')
        self.site.page("/1", "x", status=500)
        code, _, _ = self.run_fetch(f"{self.site.root}/rss")
        self.assertEqual(code, 3)
        self.site.article("/1")
        code, pages, _ = self.run_fetch(f"{self.site.root}/rss")
        self.assertEqual((code, len(pages)), (0, 1))

    def test_pages_of_a_host_that_was_down_are_asked_for_again(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        self.site.rss("/rss", f"http://127.0.0.1:{port}/1", ETag='"f"')
        code, pages, errors = self.run_fetch(f"{self.site.root}/rss")
        self.assertEqual((code, len(pages)), (3, 0))
        self.assertEqual([row["code"] for row in errors], ["network"])
        Site(self, port).article("/1")
        code, pages, _ = self.run_fetch(f"{self.site.root}/rss")
        self.assertEqual((code, len(pages)), (0, 1))

    def test_robots_and_pauses(self) -> None:
        root = self.site.root
        self.site.page(
            "/robots.txt", "User-agent: *\nDisallow: /x\nCrawl-delay: 1\n", "text/plain"
        )
        for path in ("/1", "/2", "/x/3"):
            self.site.article(path)
        self.site.page("/to-x", "", status=302, Location="/x/3")
        code, pages, errors = self.run_fetch(*(root + path for path in ("/1", "/x/3", "/2", "/to-x")))
        self.assertEqual((code, len(pages)), (3, 2))
        self.assertEqual([row["code"] for row in errors], ["robots", "robots"])
        self.assertEqual((self.site.count("/x/3"), self.site.count("/robots.txt")), (0, 1))
        times = [when for path, when, _ in self.site.asked if path != "/robots.txt"]
        self.assertTrue(all(b - a > 0.9 for a, b in zip(times, times[1:], strict=False)), times)
        self.site.page("/robots.txt", "x", status=500)
        code, _, errors = self.run_fetch(f"{root}/1")
        self.assertEqual([row["code"] for row in errors], ["http-500"])

    def test_says_what_is_missing(self) -> None:
        from danvan.fetch import cli

        with redirect_stderr(io.StringIO()), self.assertRaises(SystemExit) as end:
            cli.main(["https://a.vn/"])
        self.assertEqual(end.exception.code, 2)
        (self.folder / "state").write_text("[]")
        code, _, _ = self.run_fetch(f"{self.site.root}/1")
        self.assertEqual(code, 1)

    def test_what_nobody_read_is_fetched_again(self) -> None:
        self.site.article("/1", "x" * 300_000)
        words = [sys.executable, "-m", "danvan.fetch", f"{self.site.root}/1", "--contact", "a@b.vn",
                 "--state", str(self.folder / "state"), "--delay", "0"]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "clients/python/src")}
        fetch = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        assert fetch.stdout is not None and fetch.stderr is not None
        fetch.stdout.close()
        self.assertIn(b"nobody reads", fetch.stderr.read())
        fetch.stderr.close()
        self.assertEqual(fetch.wait(), 1)
        done = subprocess.run(words, capture_output=True, env=environment, check=False)
        self.assertEqual((done.returncode, done.stdout.count(b"\n")), (0, 1))

    def test_pages_become_articles_and_their_changes_revisions(self) -> None:
        daemon = Daemon(self)
        root = self.site.root
        self.site.article("/1")
        # The header says one thing, the bytes are another.
        self.site.page("/2", ARTICLE.format(charset="utf-8", more="Hai."), "text/html; charset=windows-1258")
        wrong = ARTICLE.format(charset="utf-8", more="Ba.").encode("utf-16")
        self.site.page("/3", wrong, "text/html; charset=utf-8")
        self.site.rss("/rss", "/1", "/2", "/3")

        def pour() -> str:
            spool = Path(tempfile.mkdtemp(dir=self.folder))
            from danvan.fetch import cli

            with redirect_stderr(io.StringIO()) as errors:
                code = cli.main([f"{root}/rss", f"{root}/1", "--contact", "a@b.vn", "--state",
                                 str(self.folder / "state"), "--delay", "0", "-o", str(spool)])  # fmt: skip
            self.assertEqual(code, 0, errors.getvalue())
            lines = b"".join(file.read_bytes() for file in spool.iterdir())
            command = [str(BINARIES / "dvctl"), "ingest", "-", "--socket", daemon.socket]
            done = subprocess.run(command, input=lines, capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stderr.decode()

        self.assertIn("added 3", pour())
        self.site.article("/1", "Đã sửa lại.")
        self.assertIn("updated 1", pour())
        command = [str(BINARIES / "dvctl"), "query", "giao ban", "--all", "--count",
                   "--socket", daemon.socket]  # fmt: skip
        self.assertIn(b"3", subprocess.run(command, capture_output=True, check=False).stdout)


if __name__ == "__main__":
    unittest.main()
