"""What a watch tells besides articles, and cursors that cannot be gone on from; on a real danvand."""

from __future__ import annotations

import signal
import unittest
from collections.abc import Callable

from support import LiveTests

from danvan import EventKind, WatchEvent, errors, text_document


class RebuildTests(LiveTests):
    def test_facts_that_are_made_anew_are_told(self) -> None:
        self.client.ingest([text_document("Chiều 26/3/2021, tại Hà Nội, hội nghị diễn ra."),
                            text_document("Một tin không có ngày tháng nào.")])  # fmt: skip
        with self.client.watch("ngày tháng", marks=True) as other, \
                self.client.watch(marks=True, with_facts=True) as watch:  # fmt: skip
            self.assertEqual(next(watch).kind, EventKind.SYNCED)
            self.assertEqual(next(other).kind, EventKind.SYNCED)
            words = self.daemon.folder / "vi.d/lexicon/time-parts.tsv"
            words.parent.mkdir(parents=True)
            words.write_text("-chiều\n")
            self.daemon.signal(signal.SIGHUP)
            rebuilt, ended = next(watch), next(watch)
            self.assertEqual((rebuilt.kind, rebuilt.article_id), (EventKind.FACTS_REBUILT, 1))
            assert rebuilt.article and rebuilt.article.facts
            self.assertNotIn("Chiều 26/3/2021", [m.text for m in rebuilt.article.facts.mentions])
            self.assertEqual((ended.kind, ended.article_id), (EventKind.REBUILD_ENDED, 0))
            # Its end comes whatever the query; facts that stayed are not told.
            self.assertEqual(next(other).kind, EventKind.REBUILD_ENDED)
        with self.client.watch(cursor=rebuilt.cursor, marks=True, until_synced=True) as rest:
            self.assertEqual([event.kind for event in rest],
                             [EventKind.REBUILD_ENDED, EventKind.SYNCED])  # fmt: skip


class RetentionTests(LiveTests):
    configuration = "[events]\nkeep_events = 5\ncompact_seconds = 1\n"

    def fill(self, count: int) -> list[str]:
        return [self.client.ingest(text_document(f"Tin số {n}."))[0].cursor for n in range(count)]

    def kept_from(self) -> int:
        return int(self.client.status().oldest_cursor.rsplit(".", 1)[1])

    def test_a_subscriber_is_warned_before_it_is_cut_off(self) -> None:
        self.client.create_subscription("phong", cursor="start")
        with self.client.subscribe("phong", marks=True) as watch:
            self.assertEqual(next(watch).kind, EventKind.SYNCED)
            self.fill(5)
            seen: list[WatchEvent] = []
            while not seen or seen[-1].kind != EventKind.LAGGING:
                event = watch._attempt(None)  # does not acknowledge
                assert event is not None
                seen.append(event)
            self.assertEqual([e.kind for e in seen].count(EventKind.ADDED), 5)
            self.assertEqual(self.kept_from(), 0)
            self.assertTrue(self.client.subscriptions()[0].at_risk)
            self.client.ack("phong", seen[-1].cursor)
        (subscription,) = self.client.subscriptions()
        self.assertFalse(subscription.at_risk or subscription.cut_off)

    def test_each_trouble_with_a_cursor_is_an_error_of_its_own(self) -> None:
        cursors = self.fill(12)
        self.until(lambda: self.kept_from() > 1)
        store = cursors[0].rsplit(".", 1)[0]
        troubles = [
            ("hôm qua", errors.MalformedCursor, 3),
            ("dv1.zz", errors.MalformedCursor, 3),
            ("dv1.00000000.1", errors.CursorOfAnotherStore, 9),
            (cursors[0], errors.CursorCompacted, 11),
            (f"{store}.99", errors.CursorAhead, 11),
        ]
        self.client.create_subscription("phong", cursor="start")
        for cursor, error, code in troubles:
            attempts: list[Callable[[], object]] = [
                lambda cursor=cursor: self.client.events(cursor=cursor),
                lambda cursor=cursor: next(self.client.watch(cursor=cursor)),
                lambda cursor=cursor: self.client.seek("phong", cursor),
            ]
            for attempt in attempts:
                with self.subTest(cursor=cursor), self.assertRaises(error) as caught:
                    attempt()
                self.assertEqual(caught.exception.code, code)
                assert caught.exception.bounds is not None
                self.assertEqual(caught.exception.bounds.head, cursors[-1])
        # Only a gap can be skipped, and it is told.
        with self.client.watch(
            cursor=cursors[0], skip_gaps=True, marks=True, until_synced=True
        ) as watch:
            first = next(watch)
            self.assertEqual(first.kind, EventKind.GAP)
            self.assertEqual([e.kind for e in watch if not e.is_mark], [EventKind.ADDED] * 5)
        with self.assertRaises(errors.CursorAhead), \
                self.client.watch(cursor=f"{store}.99", skip_gaps=True) as watch:  # fmt: skip
            next(watch)


if __name__ == "__main__":
    unittest.main()
