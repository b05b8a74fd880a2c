"""The pages that dvctl writes, in a headless Chromium: nothing on the console, nothing from the network, nothing to
repair, readable light, dark, narrow and printed. Skipped where there is no Chromium.

DANVAN_SHOTS=DIR leaves pictures there, to be looked at."""
import json
import os
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "Benchmarks"))
from chromium import Chromium, found
from harness import ROOT, Daemon

SHOTS = os.environ.get("DANVAN_SHOTS")
# Depth and name of each element, as the browser's parser made them.
WALK = """(() => { const out = []; const walk = (e, d) => {
  out.push(d + ' ' + e.localName); for (const c of e.children) walk(c, d + 1) };
  walk(document.documentElement, 0); return out.join('\\n') })()"""
HOSTILE = """Sáng 5-5-2022, ông Lê Văn <script>alert(1)</script> & "Thử", Chủ tịch UBND huyện <b>Mây Ngàn</b>, chủ trì hội nghị
tổng kết công tác dân vận. Ông yêu cầu Phòng Nội vụ huyện báo cáo trước ngày 10-5. --></style><img src=http://198.51.100.1/x>"""


@unittest.skipUnless(found(), "no chromium: apt-get install chromium")
class PageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = Path(cls.folder.name)
        cls.daemon = Daemon(cls.path)
        cls.addClassCleanup(cls.daemon.stop)
        cls.dvctl("ingest", ROOT / "samples")
        (cls.path / "hostile.txt").write_text(HOSTILE)
        cls.dvctl("ingest", cls.path / "hostile.txt", "--published", "2022-05-05", "--source", '"><svg onload=x>')
        cls.browser = cls.enterClassContext(Chromium())

    @classmethod
    def dvctl(cls, *arguments):
        done = cls.daemon.call(*arguments)
        if done.returncode not in (0, 8):
            raise AssertionError(f"dvctl {arguments}: {done.stderr.decode()}")
        return done.stdout.decode()

    def brief(self, period, lang, *more):
        path = self.path / f"{period.replace('.', '_')}-{lang}.html"
        self.dvctl("brief", period, *more, "--lang", lang, "--output", path)
        return path

    def check(self, path, name):
        """Opens the page in every way that it may be looked at."""
        browser = self.browser
        colours = set()
        for way, width, dark in (("light", 1100, False), ("dark", 1100, True), ("phone", 380, False)):
            with self.subTest(page=name, way=way):
                browser.open(path, width=width, dark=dark)
                self.assertEqual(browser.complaints(), [])
                self.assertEqual(browser.requests(), [path.absolute().as_uri()])
                self.assertLessEqual(browser.evaluate("document.documentElement.scrollWidth"), width)
                if SHOTS:
                    browser.picture(Path(SHOTS) / f"{name}-{way}.png")
            colours.add(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
        self.assertEqual(len(colours), 2)
        self.assertEqual(browser.evaluate("document.scripts.length"), 0)
        self.assert_nothing_was_repaired(path)
        printed = self.path / f"{name}.pdf" if not SHOTS else Path(SHOTS) / f"{name}.pdf"
        browser.pdf(printed)
        self.assertEqual(printed.read_bytes()[:5], b"%PDF-")

    def assert_nothing_was_repaired(self, path):
        """A strict XML parser and the browser's parser, which repairs whatever is not HTML, see the same elements."""
        strict = []

        def walk(element, depth):
            strict.append(f"{depth} {element.tag}")
            for child in element:
                walk(child, depth + 1)

        walk(ElementTree.fromstring(path.read_text()), 0)
        self.assertEqual(self.browser.evaluate(WALK).split("\n"), strict)

    def test_a_period_in_both_languages(self):
        for lang, title in (("vi", "Năm 2022"), ("en", "2022")):
            path = self.brief("2022", lang)
            self.check(path, f"year-{lang}")
            self.assertEqual(self.browser.evaluate("document.querySelector('h1').textContent"), title)
            self.assertEqual(self.browser.evaluate("document.documentElement.lang"), lang)
            self.assertIn("alert(1)", self.browser.evaluate("document.body.textContent"))
            self.assertEqual(self.browser.evaluate("document.images.length"), 0)

    def test_an_empty_period_and_a_single_article(self):
        self.check(self.brief("1999-Q1", "vi"), "empty-vi")
        path = self.brief("2022-05-05..2022-05-05", "en")
        self.check(path, "single-en")
        self.assertEqual(self.browser.evaluate("document.querySelector('.figures b').textContent"), "1")

    def test_all_of_the_corpus(self):
        path = self.brief("2000..", "vi", "--limit", "200")
        self.check(path, "all-vi")
        brief = json.loads(self.dvctl("brief", "2000..", "--limit", "200", "--format", "json"))
        # Every item of the report is on the page.
        shown = self.browser.evaluate("document.querySelectorAll('#statements figure').length")
        self.assertEqual(shown, len(brief["statements"]))
        rows = self.browser.evaluate("document.querySelectorAll('#meetings .items tbody tr').length")
        self.assertEqual(rows, len(brief["meetings"]))

    def test_templates_of_ones_own(self):
        folder = self.path / "templates"
        self.dvctl("brief", "--write-templates", folder)
        (folder / "brief.html").write_text("<!DOCTYPE html>\n<html lang='x'><head><title>{{title}}</title></head><body /></html>")
        path = self.brief("2022", "en", "--template", str(folder))
        self.assertIn("<title>2022</title>", path.read_text())
        (folder / "brief.html").write_text("\n{{titel}}")
        failed = self.daemon.call("brief", "2022", "--template", folder, "--format", "html")
        self.assertEqual(failed.returncode, 2)
        self.assertIn("brief.html:2: nothing is called 'titel'", failed.stderr.decode())


if __name__ == "__main__":
    unittest.main()
