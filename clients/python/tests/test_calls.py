"""The calls against a real danvand; skipped where there is none."""

from __future__ import annotations

import os
import signal
import threading
import unittest
from unittest import mock

from support import LiveTests, samples

import danvan
from danvan import Client, Outcome, Sort, errors, text_document
from danvan._connection import Connection


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


if __name__ == "__main__":
    unittest.main()
