"""The calls of the analyst's desk against a real danvand; skipped where there is none."""

from __future__ import annotations

import unittest

from support import LiveTests

from danvan import errors, text_document


class DeskTests(LiveTests):
    def test_who_held_a_post_that_stands_alone(self) -> None:
        days = ["2021-01-10", "2021-03-15"]
        texts = [
            "Bí thư Thành ủy Hà Nội Phạm Hữu Thử thăm các gia đình chính sách quận Ba Đình.",
            "Sáng nay, Bí thư Thành ủy Hà Nội Phạm Hữu Thử tiếp đoàn người có công.",
        ]
        holders = [text_document(t, published=d) for t, d in zip(texts, days, strict=True)]
        alone = text_document(
            "Bí thư Thành ủy Hà Nội yêu cầu các sở báo cáo.", published="2021-02-20"
        )
        results = self.client.ingest([*holders, alone])
        first, second, asked = [result.article_id for result in results]
        found = self.client.article(asked).incumbents
        self.assertEqual([i.name for i in found], ["Phạm Hữu Thử"])
        self.assertEqual([s.article_id for s in found[0].sources], [first, second])
        self.assertEqual([s.date for s in found[0].sources], days)
        reasons = self.client.explain(asked, words="Bí thư Thành ủy")
        self.assertEqual([i.entity for i in reasons.incumbents], ["Phạm Hữu Thử"])
        self.assertEqual(self.client.explain(asked, words="báo cáo").incumbents, [])
        self.assertEqual(self.client.directives(by="Phạm Hữu Thử").total, 0)
        given = self.client.directives(by="Phạm Hữu Thử", with_incumbents=True).directives
        self.assertEqual([d.issuer for d in given], ["Bí thư Thành ủy Hà Nội"])
        assert given[0].incumbent is not None
        self.assertEqual(given[0].incumbent.post, "Bí thư Thành ủy Hà Nội")
        self.client.delete([first])
        self.assertEqual(self.client.article(asked).incumbents, [])

    def test_a_person_a_body_and_a_post(self) -> None:
        text = (
            "Ông Lê Đình Mẫu, Giám đốc Sở Y tế tỉnh Quảng Ninh, yêu cầu Trung tâm Y tế huyện "
            "Hải Hà báo cáo trước ngày 10-4."
        )
        document = text_document(text, published="2020-04-02")
        self.client.ingest(document)
        person = self.client.person("le dinh mau")
        assert person.person is not None
        self.assertEqual(person.person.name, "Lê Đình Mẫu")
        self.assertEqual([t.first for t in person.tenures], ["2020-04-02"])
        body = self.client.body("Trung tâm Y tế huyện Hải Hà")
        self.assertEqual(body.received[0].issuer, "Lê Đình Mẫu")
        holdings = self.client.holders("Giám đốc Sở Y tế tỉnh Quảng Ninh", at="2020-04-02")
        self.assertTrue(holdings[0].attested)
        directives = self.client.directives(to="Trung tâm Y tế", period="2020-Q2")
        self.assertEqual([d.issuer for d in directives.directives], ["Lê Đình Mẫu"])
        id = directives.directives[0].id
        marked = self.client.mark_directive(id, status="done", note="đã báo cáo")
        assert marked.directive is not None and marked.directive.state is not None
        self.assertEqual(marked.directive.state.status, "done")
        self.assertEqual(len(self.client.directive(id).history), 1)
        self.assertEqual(self.client.directives(open_only=True).total, 0)
        self.assertEqual([m.articles for m in self.client.timeline("y tế").months], [1])
        self.assertEqual(self.client.statements().total, 0)
        self.assertEqual(self.client.meetings(period="2020").reports, 0)
        self.assertEqual(self.client.topics("2020-Q2").first, "2020-04-01")
        brief = self.client.brief("quý II-2020")
        assert brief.totals is not None and brief.gaps is not None
        self.assertEqual((brief.first, brief.before_last), ("2020-04-01", "2020-03-31"))
        self.assertEqual((brief.totals.articles, brief.totals.directives), (1, 1))
        self.assertEqual([(p.name, p.done) for p in brief.issuers], [("Lê Đình Mẫu", 1)])
        self.assertEqual(brief.gaps.days_without_articles, 90)
        assert brief.directives[0].item is not None
        self.assertEqual(brief.directives[0].item.id, id)
        self.assertEqual(self.client.brief("2020-Q2", "giao thông").directives, [])
        stats = self.client.stats()
        self.assertEqual((stats.articles, stats.undated), (1, 0))
        self.assertEqual([(m.month, m.articles) for m in stats.months], [("2020-04", 1)])
        kinds = {kind.name: kind.count for kind in stats.kinds}
        self.assertEqual(kinds["directive"], 1)
        self.assertEqual(sum(kinds.values()), stats.facts)
        self.assertEqual(sum(rule.count for rule in stats.rules), stats.facts)
        ruling = self.client.rename("Lê Đình Mẫu", "Lê Đình Mẫu (Quảng Ninh)")[0]
        renamed = self.client.person("Lê Đình Mẫu").person
        self.assertEqual(renamed and renamed.name, "Lê Đình Mẫu (Quảng Ninh)")
        self.client.forget_ruling(ruling.id)
        self.assertEqual(self.client.rulings(), [])
        with self.assertRaises(errors.NotFound):
            self.client.person("Nguyễn Không Có")

    def test_what_is_said_of_facts(self) -> None:
        text = "Ông Lê Đình Mẫu, Giám đốc Sở Y tế tỉnh Quảng Ninh, đến huyện Hải Hà."
        self.client.ingest(text_document(text, published="2020-04-02"))
        facts = self.client.article(1).facts
        assert facts is not None
        title = next(m for m in facts.mentions if m.type == "TITLE")
        made = self.client.correct(
            f"1.TITLE.{title.start}", fields=[("holder", "Trần Văn Khác")], why="nhầm", who="An"
        )
        self.assertEqual((made.state, made.who), ("applied", "An"))
        self.assertEqual(self.client.person("Trần Văn Khác").tenures[0].role, "Giám đốc")
        added = self.client.add_fact(1, "ORG", words="huyện Hải Hà")
        self.assertIsNone(added.wrong)
        self.assertEqual([c.id for c in self.client.corrections(1)], [made.id, added.id])
        article = self.client.article(1)
        self.assertEqual([c.id for c in article.corrections], [made.id, added.id])
        self.client.forget_correction(made.id)
        with self.assertRaises(errors.NotFound):
            self.client.forget_correction(made.id)
        with self.assertRaises(errors.NotFound):
            self.client.person("Trần Văn Khác")


if __name__ == "__main__":
    unittest.main()
