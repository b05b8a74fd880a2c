"""Copies, checks and tidying up, against a real daemon."""

from __future__ import annotations

import asyncio
import sqlite3
import unittest

from support import SAMPLES, Daemon

import danvan


class CareTests(unittest.TestCase):
    def setUp(self) -> None:
        self.daemon = Daemon(self)
        self.client = danvan.Client(self.daemon.socket)
        self.addCleanup(self.client.close)
        for path in sorted(SAMPLES.glob("*.txt")):
            self.client.ingest(danvan.read_documents(path))

    def test_a_backup_is_a_database(self) -> None:
        copy = self.daemon.folder / "copy.db"
        copy.write_bytes(b"".join(self.client.backup()))
        database = sqlite3.connect(copy)
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA quick_check").fetchall(), [("ok",)])
        (count,) = database.execute("SELECT count(*) FROM article").fetchone()
        self.assertEqual(count, self.client.status().articles)

    def test_a_whole_store_has_no_fault(self) -> None:
        self.assertEqual(self.client.check(), [])
        self.assertEqual(self.client.check(repair_index=True), [])

    def test_compact_forgets_removed_names(self) -> None:
        self.assertEqual(self.client.compact().forgotten, 0)
        self.client.delete([1])
        found = self.client.compact()
        self.assertGreater(found.forgotten, 0)
        self.assertEqual(self.client.check(), [])

    def test_metrics_and_settings_are_told(self) -> None:
        self.assertIn("danvan_articles ", self.client.metrics())
        limits = [one for one in self.client.settings() if one.name == "search.limit"]
        self.assertEqual([(one.value, one.origin) for one in limits], [("20", "default")])

    def test_asyncio_has_them_too(self) -> None:
        async def sizes() -> tuple[int, int]:
            async with danvan.AsyncClient(self.daemon.socket) as client:
                pieces = [len(piece) async for piece in client.backup()]
                return sum(pieces), len(await client.check())

        size, faults = asyncio.run(sizes())
        self.assertGreater(size, 10_000)
        self.assertEqual(faults, 0)


if __name__ == "__main__":
    unittest.main()
