"""Watches and subscriptions of a real danvand; skipped where there is none."""

from __future__ import annotations

import signal
import threading
import unittest

from support import LiveTests, samples

import danvan
from danvan import Client, EventKind, errors, text_document
from danvan._connection import Connection


class WatchTests(LiveTests):
    def test_what_is_there_then_what_comes(self) -> None:
        documents = samples()
        self.client.ingest(documents[:4])
        with self.client.watch(cursor="start", with_facts=True, marks=True) as watch:
            first = [next(watch) for _ in range(5)]
            self.assertEqual([e.kind for e in first], [EventKind.ADDED] * 4 + [EventKind.SYNCED])
            self.assertTrue(first[0].article and first[0].article.facts)
            with self.assertRaises(TimeoutError):
                watch.next(0.05)
            (result,) = self.client.ingest(documents[4])
            event = next(watch)
            self.assertEqual((event.article_id, event.cursor), (5, result.cursor))
            self.assertEqual(watch.cursor, result.cursor)
            self.client.delete([2])
            self.assertEqual((next(watch).kind, watch.cursor > ""), (EventKind.REMOVED, True))
        self.assertIsNone(watch.next())
        with self.client.watch(cursor=first[2].cursor, until_synced=True) as rest:
            self.assertEqual([e.article_id for e in rest if e.kind == EventKind.ADDED], [4, 5])

    def test_a_watch_from_now_begins_when_it_is_made(self) -> None:
        self.client.ingest(samples()[:3])
        with self.client.watch() as watch:
            self.client.ingest(samples()[3])
            self.daemon.stop(signal.SIGKILL)
            self.daemon.start()
            self.client.ingest(samples()[4])
            events = [watch.next(30) for _ in range(2)]
            self.assertEqual([event and event.article_id for event in events], [4, 5])

    def test_each_article_once_while_the_daemon_is_killed_again_and_again(self) -> None:
        seen: list[int] = []
        cursors: list[str] = []
        count, rounds = 60, 5

        def follow() -> None:
            with Client(self.daemon.socket).watch(cursor="start") as watch:
                for event in watch:
                    seen.append(event.article_id)
                    cursors.append(event.cursor)
                    if len(seen) == count:
                        return

        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        per_round = count // rounds
        for number in range(count):
            self.client.ingest(text_document(f"Tin số {number}: họp bàn công tác dân vận."))
            if number % per_round == per_round // 2:
                self.daemon.stop(signal.SIGKILL if number // per_round % 2 else signal.SIGTERM)
                self.daemon.start()
        follower.join(60)
        self.assertFalse(follower.is_alive(), seen)
        self.assertEqual(seen, list(range(1, count + 1)))
        self.assertEqual(len(set(cursors)), count)

    def test_a_script_killed_in_between_resumes_from_its_cursor_file(self) -> None:
        self.client.ingest(samples())
        file = danvan.CursorFile(self.daemon.folder / "cursor")
        handled: list[int] = []
        while len(handled) <= len(samples()):
            with self.client.watch(cursor=file.load(), until_synced=True) as watch:
                for event in watch:
                    handled.append(event.article_id)
                    file.save(watch.cursor)
                    if len(handled) % 3 == 0:
                        break
                else:
                    break
        self.assertEqual(handled, list(range(1, len(samples()) + 1)))

    def test_a_slow_reader_misses_nothing_and_holds_nothing_up(self) -> None:
        watch = self.client.watch(cursor="start", with_facts=True)
        text = "Bí thư Tỉnh ủy Phạm Hữu Thử yêu cầu các huyện rà soát ngay. " * 40
        count = 60
        for number in range(count):
            self.client.ingest(text_document(f"Tin số {number}. {text}"))
        with watch:
            self.assertEqual([next(watch).article_id for _ in range(count)],
                             list(range(1, count + 1)))  # fmt: skip

    def test_a_filter_means_what_it_means_in_a_search(self) -> None:
        self.client.ingest(samples())
        for query in ("kind:directive", 'place:"Mây Ngàn"', "dan van"):
            with self.client.watch(query, cursor="start", until_synced=True) as watch:
                watched = {event.article_id for event in watch}
            found = {hit.article.id for hit in self.client.hits(query) if hit.article}
            self.assertTrue(found)
            self.assertEqual(watched, found, query)

    def test_fetch_reads_the_same_log(self) -> None:
        self.client.ingest(samples())
        cursor, ids = "start", []
        while (batch := self.client.events(cursor=cursor, max_events=4)).events:
            ids += [event.article_id for event in batch.events]
            cursor = batch.next
        self.assertEqual(ids, list(range(1, len(samples()) + 1)))
        self.assertEqual(self.client.events(cursor=cursor, wait=0.05).events, [])

    def test_a_stream_that_is_closed_leaves_the_connection_whole(self) -> None:
        self.client.ingest(samples())
        connection = Connection([self.daemon.socket])
        self.addCleanup(connection.close)
        self.assertEqual(connection.features, {"zlib", "cancel", "credit", "ping", "goaway"})
        request = danvan.messages.WatchRequest("", "start", True)
        for _ in range(3):
            with connection.stream("danvan.v1.Events", "Watch", request.encode()) as stream:
                self.assertIsNotNone(stream.next())
            connection.ping(60)
        self.until(lambda: self.client.status().watchers == 0)
        self.assertTrue(connection.is_usable())

    def test_a_subscription_gives_again_what_was_not_acknowledged(self) -> None:
        self.client.ingest(samples()[:6])
        seen: list[int] = []
        with self.client.subscribe("phong", cursor="start") as watch:
            seen += [next(watch).article_id for _ in range(3)]
            watch.ack()
            seen += [next(watch).article_id]
        self.daemon.stop(signal.SIGKILL)
        self.daemon.start()
        with self.client.subscribe("phong", until_synced=True) as watch:
            again = [event.article_id for event in watch]
        self.assertEqual((seen, again), ([1, 2, 3, 4], [4, 5, 6]))
        (subscription,) = self.client.subscriptions()
        self.assertEqual((subscription.name, subscription.lag), ("phong", 0))
        self.client.seek("phong", "start")
        self.assertEqual(self.client.status().subscriptions[0].lag, 6)
        self.client.delete_subscription("phong")
        with self.assertRaises(danvan.errors.NotFound):
            self.client.ack("phong", watch.cursor)

    def test_a_place_is_saved_when_the_event_has_been_dealt_with(self) -> None:
        self.client.ingest(samples()[:5])
        file = danvan.CursorFile(self.daemon.folder / "place")
        with self.client.watch(cursor="start", until_synced=True, ack=file.save) as watch:
            last = [event.cursor for event in watch][-1]
            watch.ack()
        self.assertEqual(file.load(), last)


if __name__ == "__main__":
    unittest.main()
