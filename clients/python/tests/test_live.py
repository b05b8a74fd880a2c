"""The client against a real danvand; skipped where there is none."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
import unittest
from collections.abc import Callable
from unittest import mock

from support import SAMPLES, Daemon

import danvan
from danvan import Client, EventKind, Outcome, Sort, errors, read_documents, text_document
from danvan._connection import Connection


def samples() -> list[danvan.Document]:
    return [
        document
        for path in sorted(SAMPLES.iterdir())
        if path.suffix in (".txt", ".html", ".jsonl")
        for document in read_documents(path)
    ]


class LiveTests(unittest.TestCase):
    def setUp(self) -> None:
        logging.getLogger("danvan").setLevel(logging.ERROR)
        self.daemon = Daemon(self)
        self.client = Client(self.daemon.socket, timeout=60)
        self.addCleanup(self.client.close)

    def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(1200):
            if holds():
                return
            time.sleep(0.05)
        self.fail("it does not come to pass")


class DeskTests(LiveTests):
    def test_a_person_a_body_and_a_post(self) -> None:
        text = (
            "Ông Lê Đình Mẫu, Giám đốc Sở Y tế tỉnh Quảng Ninh, yêu cầu Trung tâm Y tế huyện "
            "Hải Hà báo cáo trước ngày 10-4."
        )
        document = text_document(text, published="2020-04-02")
        self.client.ingest(document)
        person = self.client.person("le dinh mau")
        self.assertEqual(person.person.name, "Lê Đình Mẫu")
        self.assertEqual([t.first for t in person.tenures], ["2020-04-02"])
        body = self.client.body("Trung tâm Y tế huyện Hải Hà")
        self.assertEqual(body.received[0].issuer, "Lê Đình Mẫu")
        holdings = self.client.holders("Giám đốc Sở Y tế tỉnh Quảng Ninh", at="2020-04-02")
        self.assertTrue(holdings[0].attested)
        ruling = self.client.rename("Lê Đình Mẫu", "Lê Đình Mẫu (Quảng Ninh)")[0]
        self.assertEqual(
            self.client.person("Lê Đình Mẫu").person.name, "Lê Đình Mẫu (Quảng Ninh)"
        )
        self.client.forget_ruling(ruling.id)
        self.assertEqual(self.client.rulings(), [])
        with self.assertRaises(errors.NotFound):
            self.client.person("Nguyễn Không Có")


class CallTests(LiveTests):
    def test_what_is_ingested_is_found_shown_and_removed(self) -> None:
        documents = samples()
        results = self.client.ingest(documents)
        self.assertEqual([r.outcome for r in results], [Outcome.ADDED] * len(documents))
        again = self.client.ingest(documents[0])
        self.assertEqual(again[0].outcome, Outcome.DUPLICATE)
        self.assertEqual(again[0].article_id, results[0].article_id)

        page = self.client.query("kind:directive", limit=2, sort=Sort.RELEVANCE)
        self.assertEqual(len(page.hits), 2)
        self.assertGreater(page.total, 2)
        found = [hit.article.id for hit in self.client.hits("dân vận") if hit.article]
        self.assertEqual(len(found), len(set(found)))
        self.assertEqual(len(found), self.client.query("dân vận").total)

        article = self.client.article(results[0].article_id)
        self.assertTrue(article.body and "dân vận" in article.body.lower())
        assert article.facts is not None
        for mention in article.facts.mentions:
            self.assertEqual(article.excerpt(mention), mention.text)
        self.assertIsNone(self.client.article(1, text=False, facts=False).body)

        gone = self.client.delete([1, 999])
        self.assertEqual((gone.deleted, gone.missing), ([1], [999]))
        with self.assertRaises(errors.NotFound):
            self.client.article(1)

    def test_status_ping_rules_and_analysis(self) -> None:
        self.assertTrue(self.client.ping())
        self.assertEqual(self.client.status().articles, 0)
        answer = self.client.analyze(text_document(
            "Chiều 26-3, Bí thư Tỉnh ủy Phạm Hữu Thử yêu cầu các huyện rà soát ngay."))  # fmt: skip
        assert answer.facts is not None
        self.assertIn("Phạm Hữu Thử", [mention.text for mention in answer.facts.mentions])
        self.assertEqual(self.client.status().articles, 0)
        rules = self.client.rules()
        self.assertEqual(self.client.rules(rules[0].id), [rules[0]])

    def test_reasons_of_facts(self) -> None:
        text = "Chiều 26-3, Bí thư Tỉnh ủy Phạm Hữu Thử yêu cầu các huyện rà soát ngay."
        stored = self.client.ingest([text_document(text)])[0].article_id
        reasons = self.client.explain(stored, "Phạm Hữu Thử", losers=True)
        assert reasons.facts is not None
        self.assertEqual([m.text for m in reasons.facts.mentions], ["Phạm Hữu Thử"])
        named = {m.evidence.rule for m in reasons.facts.mentions if m.evidence}
        self.assertLessEqual(named, {rule.id for rule in reasons.rules})
        self.assertEqual(
            self.client.explain(text_document(text), "Phạm Hữu Thử").facts, reasons.facts)
        with self.assertRaises(errors.NotFound):
            self.client.explain(stored, "không có ở đây")

    def test_a_rejected_document_does_not_stop_the_rest(self) -> None:
        results = self.client.ingest([text_document("Tin thứ nhất."),
                                      danvan.Document(b"{", "application/json"),
                                      text_document("Tin thứ hai.")])  # fmt: skip
        self.assertEqual([r.outcome for r in results],
                         [Outcome.ADDED, Outcome.REJECTED, Outcome.ADDED])  # fmt: skip
        self.assertTrue(results[1].error)

    def test_errors_have_their_class(self) -> None:
        with self.assertRaises(errors.InvalidArgument) as caught:
            self.client.query('person:"')
        self.assertEqual((caught.exception.code, caught.exception.name), (3, "INVALID_ARGUMENT"))
        with self.assertRaises(errors.InvalidArgument):
            self.client.events(cursor="dv1.zz")
        with self.assertRaises(errors.FailedPrecondition) as caught:
            self.client.events(cursor="dv1.00000000.1")
        assert caught.exception.bounds is not None
        self.assertTrue(caught.exception.bounds.head.startswith("dv1."))
        with self.assertRaises(errors.FailedPrecondition), \
                self.client.watch(cursor="dv1.00000000.1") as watch:  # fmt: skip
            next(watch)
        with self.assertRaises(errors.Unreachable):
            Client(self.daemon.socket + ".none").ping()

    def test_an_unknown_method_and_a_deadline_that_is_over(self) -> None:
        connection = Connection([self.daemon.socket])
        self.addCleanup(connection.close)
        with self.assertRaises(errors.Unimplemented):
            connection.call("x.Y", "Z", b"")
        with self.assertRaises(errors.DeadlineExceeded):
            connection.call("danvan.v1.Search", "Query", b"", timeout=-1)
        connection.ping(60)

    def test_requests_and_answers_longer_than_a_frame_travel_compressed(self) -> None:
        # Nine bytes each on the wire, there and back.
        ids = list(range(1 << 56, (1 << 56) + 500_000))
        answer = self.client.delete(ids)
        self.assertEqual((answer.deleted, answer.missing), ([], ids))

    def test_a_long_text_comes_back_as_it_was(self) -> None:
        text = "".join(f"Hội nghị số {n * 7919 % 100003} bàn về dân vận.\n" for n in range(800))
        (result,) = self.client.ingest(text_document(text))
        self.assertEqual(result.outcome, Outcome.ADDED, result.error)
        self.assertEqual(self.client.article(result.article_id, facts=False).body, text)

    def test_hundreds_of_articles_come_in_one_answer(self) -> None:
        documents = [text_document(f"Tin số {n}. " + "Bàn về công tác dân vận. " * 5)
                     for n in range(120)]  # fmt: skip
        self.client.ingest(documents)
        answer = self.client.events(max_events=1000, with_facts=True)
        self.assertEqual(len(answer.events), 120)
        self.assertEqual(self.client.query("dân vận", limit=1000).total, 120)

    def test_calls_go_on_after_a_restart(self) -> None:
        self.client.ingest(text_document("Tin thứ nhất."))
        for how in (signal.SIGTERM, signal.SIGKILL):
            self.daemon.stop(how)
            with self.assertRaises(errors.Unreachable):
                self.client.status()
            self.daemon.start()
            self.assertEqual(self.client.status().articles, 1)

    def test_threads_share_a_client(self) -> None:
        self.client.ingest(samples())
        totals: list[int] = []
        threads = [threading.Thread(target=lambda: totals.append(self.client.query("").total))
                   for _ in range(8)]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(totals, [len(samples())] * 8)

    def test_the_socket_is_found_by_its_environment(self) -> None:
        with mock.patch.dict(os.environ, {"DANVAN_SOCKET": self.daemon.socket}), Client() as client:
            self.assertTrue(client.ping())


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

    def test_asyncio(self) -> None:
        async def run() -> list[int]:
            async with danvan.AsyncClient(self.daemon.socket) as client:
                await client.ingest(samples()[:3])
                async with client.watch(cursor="start") as watch:
                    seen = [(await anext(watch)).article_id for _ in range(3)]
                    # A wait that is given up loses nothing.
                    with self.assertRaises(TimeoutError):
                        async with asyncio.timeout(0.05):
                            await anext(watch)
                    await client.ingest(samples()[3])
                    seen.append((await anext(watch)).article_id)
                self.assertEqual((await client.query("", limit=2)).total, 4)
                with self.assertRaises(danvan.errors.InvalidArgument):
                    await client.query("(")
                return seen

        self.assertEqual(asyncio.run(run()), [1, 2, 3, 4])


if __name__ == "__main__":
    unittest.main()
