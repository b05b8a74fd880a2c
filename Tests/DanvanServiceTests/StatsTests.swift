import DanvanModel
import TestSupport
import Testing

@testable import DanvanService
@testable import DanvanStore

/// What is remembered of the counts is what a count from the beginning gives.
@Suite struct StatsTests {
  private func same(_ desk: Desk) throws -> Tally {
    let remembered = try desk.store.tally()
    desk.store.tallies.forget()
    let counted = try desk.store.tally()
    #expect(remembered.tally == counted.tally && remembered.rules == counted.rules)
    return remembered.tally
  }

  private static func facts(_ article: Article) -> Facts {
    var facts = Facts()
    facts.ruleSet = "test"
    let evidence = Evidence(rule: "word", confidence: 0.5)
    var start = 0
    for word in article.text.split(separator: " ") {
      let range = TextRange(start, start + word.utf8.count)
      start = range.end + 1
      facts.mentions.append(
        Mention(.time, range, text: String(word), value: "2021", evidence: evidence))
    }
    facts.keyPhrases = [
      NamedThing(
        TextRange(0, 1), text: "một cụm từ khác hẳn",
        evidence: Evidence(rule: "phrase", confidence: 1))
    ]
    return facts
  }

  @Test func countsFollowEveryChange() throws {
    let test = try TestDesk(extract: Self.facts)
    #expect(try same(test.desk) == Tally())
    try test.ingest("một hai ba", published: "2021-03-04")
    let second = try #require(try test.ingest("bốn năm", published: "2021-03-05"))
    var tally = try same(test.desk)
    #expect(tally.articles == 2 && tally.facts == 7 && tally.months == [2021 * 12 + 2: 2])
    #expect(try test.desk.stats().rules.map(\.id) == ["word", "phrase"])
    #expect(try test.desk.stats().rules.map(\.hits) == [5, 2])
    let page = Submission(
      content: Array("sáu".utf8), mediaType: .plainText, url: "https://e.x/1", source: "Báo Thử")
    _ = try test.desk.ingest([page])
    tally = try same(test.desk)
    #expect(tally.undated == 1 && tally.sources == ["": 2, "Báo Thử": 1])
    var other = page
    other.content = Array("sáu bảy tám".utf8)
    _ = try test.desk.ingest([other])
    tally = try same(test.desk)
    #expect(tally.articles == 3 && tally.facts == 11 && tally.traits[.url] == 1)
    _ = try test.desk.delete([second.id])
    tally = try same(test.desk)
    #expect(tally.articles == 2 && tally.facts == 8 && tally.textBytes == 27)
    #expect(tally.readers.values.reduce(0, +) == 2)
    #expect(tally.factsByKind.first { $0.name == "time" }?.articles == 2)
  }
}
