"""A corpus goes through Python into another store and comes out the same."""

from __future__ import annotations

import gzip
import subprocess
import unittest
from pathlib import Path

from support import BINARIES, SAMPLES, Daemon

import danvan
from danvan import messages


class ExchangeTests(unittest.TestCase):
    def setUp(self) -> None:
        self.source = Daemon(self)
        self.folder = self.source.folder
        with danvan.Client(self.source.socket) as client:
            for path in sorted(SAMPLES.iterdir()):
                client.ingest(danvan.read_documents(path))
            client.ingest(danvan.text_document("Bản một, \x01\\b.", url="https://a.vn/1"))
            client.ingest(danvan.text_document("Bản hai.", url="https://a.vn/1"))
        self.whole = self.folder / "whole.jsonl"
        self._dvctl(self.source, "export", "--facts", "-o", str(self.whole))

    def _dvctl(self, daemon: Daemon, *words: str) -> None:
        command = [str(BINARIES / "dvctl"), words[0], "--socket", daemon.socket, *words[1:]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_writes_what_dvctl_writes(self) -> None:
        path = self.folder / "python.jsonl"
        with danvan.Client(self.source.socket) as client:
            danvan.write_export(client.export(facts=True), path)
        self.assertTrue(path.read_bytes() == self.whole.read_bytes())
        self.assertFalse(Path(f"{path}.part").exists())

    def test_comes_back_the_same(self) -> None:
        packed = self.folder / "whole.gz"
        packed.write_bytes(gzip.compress(self.whole.read_bytes()))
        target = Daemon(self)
        with danvan.Client(target.socket) as client:
            results = client.import_(danvan.read_export(packed))
            outcomes = [result.outcome for result in results]
            self.assertEqual(outcomes.count(messages.ImportOutcome.UPDATED), 1)
            self.assertNotIn(messages.ImportOutcome.KNOWN, outcomes)
            again = self.folder / "again.jsonl"
            danvan.write_export(client.export(facts=True), again)
            self.assertTrue(again.read_bytes() == self.whole.read_bytes())
            with danvan.Client(self.source.socket) as source:
                results = client.import_(source.export())
            outcomes = [result.outcome for result in results]
            self.assertNotIn(messages.ImportOutcome.ADDED, outcomes)
            with self.assertRaises(danvan.errors.AlreadyExists):
                item = messages.ExportItem(
                    text=messages.ExportedText(1, 1, "2026-01-01T00:00:00Z", text="Khác.")
                )
                client.import_([item], same_ids=True)

    def test_names_the_line_that_is_wrong(self) -> None:
        lines = self.whole.read_text().splitlines(keepends=True)
        for name, content, wanted in (
            ("cut", lines[:-1], "breaks off"),
            ("torn", [*lines[:3], lines[3][:-5] + "\n", *lines[4:]], ":4: "),
            ("headless", lines[1:], "no export"),
            ("kind", [lines[0], '{"text":{"id":"1"}}\n'], ":2: id has"),
        ):
            with self.subTest(name):
                path = self.folder / name
                path.write_text("".join(content))
                with self.assertRaisesRegex(ValueError, wanted):
                    list(danvan.read_export(path))


if __name__ == "__main__":
    unittest.main()
