"""A watch over a store of more articles than one expression looks through."""

from __future__ import annotations

import unittest

from support import LiveTests

from danvan import text_document


class LargeStoreTests(LiveTests):
    def test_a_filter_finds_old_and_new_and_spoils_no_search(self) -> None:
        def page(text: str) -> None:
            self.client.ingest(text_document(f"Vận động, {text}.", url="https://x.vn/1"))

        page("bản đầu")
        self.client.ingest(text_document(f"{'Vận động' if n < 80 else 'Tin'} {n}.") for n in range(4500))
        head = self.client.events(cursor="now").head
        # One look of the log from the first article to beyond the last.
        self.client.ingest(text_document("Tin vận động thêm."))
        page("bản hai")
        with self.client.watch('"vận động"', cursor=head, until_synced=True) as watch:
            self.assertEqual(len(list(watch)), 2)
        self.assertEqual(self.client.query('"vận động"').total, 82)
        self.client.ingest(text_document("Lại vận động."))
        self.assertEqual(self.client.query('"vận động"').total, 83)
        with self.client.watch('"vận động"', cursor="start", until_synced=True) as watch:
            self.assertEqual(len({event.article_id for event in watch}), 83)

    def test_a_look_that_begins_behind_the_first_article(self) -> None:
        def page(text: str) -> None:
            self.client.ingest(text_document(f"Vận động, {text}.", url="https://x.vn/2"))

        self.client.ingest(text_document("Tin đầu."))
        page("bản đầu")
        self.client.ingest(text_document(f"{'Vận động' if n < 80 else 'Tin'} {n}.") for n in range(4500))
        head = self.client.events(cursor="now").head
        self.client.ingest(text_document("Tin vận động thêm."))
        page("bản hai")
        for query in ('"vận động"', "vận động", "van", "(tin OR bản) động", "vận -nước"):
            with self.client.watch(query, cursor=head, until_synced=True) as watch:
                self.assertEqual(len(list(watch)), 2, query)


if __name__ == "__main__":
    unittest.main()
