"""danvan-fetch against servers that are broken, slow or ill-meant."""

from __future__ import annotations

import gzip
import unittest

from fetch_site import FetchCase


class HostileTests(FetchCase):
    def test_one_broken_source_stops_no_other(self) -> None:
        root = self.site.root
        self.site.article("/good")
        self.site.page("/500", "x", status=500)
        self.site.page("/broken.xml", "<rss><channel><item>", "application/rss+xml")
        self.site.page("/loop", "", status=302, Location="/loop2")
        self.site.page("/loop2", "", status=302, Location="/loop")
        self.site.page("/away", "", status=301, Location="file:///etc/passwd")
        self.site.page("/big", b"x" * 300_000)
        self.site.page("/bomb", gzip.compress(b"x" * 30_000_000), Content_Encoding="gzip")
        self.site.page("/torn", gzip.compress(b"x" * 3000)[:-9], Content_Encoding="gzip")
        self.site.page("/pdf", b"%PDF", "application/pdf")
        self.site.page("/busy", "x", status=429)
        for number in range(9):
            self.site.page(f"/hop{number}", "", status=302, Location=f"/hop{number + 1}")
        paths = ["500", "404", "slow", "broken.xml", "loop", "away", "big", "bomb", "torn", "pdf",
                 "hop0", "good"]  # fmt: skip
        code, pages, errors = self.run_fetch(
            *(f"{root}/{path}" for path in paths), "http://127.0.0.1:1/", str(self.folder / "no.opml"),
            "--timeout", "1", "--max-bytes", "200000",
        )  # fmt: skip
        self.assertEqual(code, 3)
        self.assertEqual([page["url"] for page in pages], [f"{root}/good"])
        codes = {row["url"].rpartition("/")[2]: row["code"] for row in errors}
        self.assertEqual(
            codes,
            {"500": "http-500", "404": "http-404", "slow": "timeout", "broken.xml": "feed",
             "loop": "redirect-loop", "away": "scheme", "big": "too-large", "bomb": "too-large",
             "torn": "encoding", "pdf": "type", "hop0": "redirects", "": "network",
             "no.opml": "file"},
        )  # fmt: skip
        # A host that asks for quiet gets it for the rest of the run.
        code, pages, errors = self.run_fetch(f"{root}/busy", f"{root}/after")
        self.assertEqual([row["code"] for row in errors], ["busy", "busy"])
        self.assertEqual(self.site.count("/after"), 0)

    def test_an_answer_that_never_ends_is_given_up(self) -> None:
        self.site.article("/good")
        code, pages, errors = self.run_fetch(
            f"{self.site.root}/drip", f"{self.site.root}/good", "--timeout", "1"
        )
        self.assertEqual((code, len(pages)), (3, 1))
        self.assertEqual([row["code"] for row in errors], ["timeout"])

    def test_of_a_huge_feed_the_first_items_are_taken(self) -> None:
        self.site.rss("/rss", *(f"/{number}" for number in range(20_000)))
        for number in range(3):
            self.site.article(f"/{number}")
        code, pages, errors = self.run_fetch(f"{self.site.root}/rss", "--max-items", "3")
        self.assertEqual((code, len(pages), errors), (0, 3, []))
        self.assertEqual(self.site.count("/3"), 0)


if __name__ == "__main__":
    unittest.main()
