import DanvanModel
import TestSupport
import Testing

@testable import DanvanService

/// What a brief says of articles whose facts are invented: `POST;PERSON` is a position, `!ISSUER;ADDRESSEE;ACTION`
/// a directive, `#TOPIC` a topic, each on a line.
@Suite struct BriefTests {
  private let test: TestDesk

  init() throws { test = try TestDesk(extract: Self.facts) }

  private static func facts(_ article: Article) -> Facts {
    var facts = Facts()
    facts.ruleSet = "test"
    facts.source = "Báo Thử"
    let evidence = Evidence(rule: "t", confidence: 1)
    var start = 0
    for line in article.text.split(separator: "\n", omittingEmptySubsequences: false) {
      let range = TextRange(start, start + line.utf8.count)
      start = range.end + 1
      let parts = line.dropFirst().split(separator: ";").map(String.init)
      if line.first == "!", parts.count == 3 {
        facts.directives.append(
          Directive(
            range, action: parts[2], issuer: parts[0], verb: nil, addressee: parts[1],
            evidence: evidence))
      } else if line.first == "#", parts.count == 1 {
        facts.topics.append(Topic(range, name: parts[0], count: 1, evidence: evidence))
      } else if line.first == "@", parts.count == 2 {
        facts.positions.append(
          Position(range, person: parts[1], role: parts[0], body: nil, evidence: evidence))
        facts.mentions.append(
          Mention(.person, range, text: parts[1], name: parts[1], evidence: evidence))
      }
    }
    return facts
  }

  private func add(_ day: String, _ text: String) throws {
    try test.ingest("\(text)\nngày \(day)", published: day)
  }

  private func changes(_ period: String = "2021-Q1") throws -> [String] {
    try test.desk.brief(period).changes.map {
      "\($0.post): \($0.before.person.name) -> \($0.holder.person.name) \($0.holder.day)"
        + $0.doubts.map { " \($0.rawValue)" }.joined()
    }
  }

  @Test func aPostThatChangedHandsIsFoundWithItsDoubts() throws {
    try add("2020-11-02", "@Giám đốc Sở Thử;Lê Văn Cũ")
    try add("2020-12-20", "@Giám đốc Sở Thử;Lê Văn Cũ")
    try add("2021-02-03", "@Giám đốc Sở Thử;Trần Thị Mới")
    #expect(
      try changes() == ["Giám đốc Sở Thử: Lê Văn Cũ -> Trần Thị Mới 2021-02-03 one_article_since"])
    try add("2021-03-03", "@Giám đốc Sở Thử;Trần Thị Mới")
    #expect(try changes() == ["Giám đốc Sở Thử: Lê Văn Cũ -> Trần Thị Mới 2021-02-03"])
    // Who is in the post already does not come into it.
    #expect(try changes("2021-Q2") == [])
    let change = try #require(try test.desk.brief("2021-Q1").changes.first)
    #expect(change.before.day.description == "2020-12-20" && change.before.articles == 2)
    #expect(change.holder.source.sentence.contains("Trần Thị Mới"))
  }

  @Test func whatIsNoChangeIsNoneFound() throws {
    // One article alone on each side.
    try add("2020-11-02", "@Giám đốc Sở Một;Lê Văn Cũ")
    try add("2021-02-03", "@Giám đốc Sở Một;Trần Thị Mới")
    // Both at a time.
    for day in ["2020-10-01", "2021-03-01"] {
      try add(day, "@Phó Giám đốc Sở Hai;Lê Văn Cũ")
      try add(day, "@Phó Giám đốc Sở Hai;Trần Thị Mới Hai")
    }
    try add("2021-02-01", "@Phó Giám đốc Sở Hai;Phạm Văn Ba")
    // Still seen long after.
    try add("2020-10-01", "@Giám đốc Sở Ba;Lê Văn Cũ")
    try add("2021-01-10", "@Giám đốc Sở Ba;Trần Thị Mới")
    try add("2021-06-01", "@Giám đốc Sở Ba;Lê Văn Cũ")
    // One article names both.
    try add("2020-10-02", "@Giám đốc Sở Bốn;Lê Văn Cũ")
    try add("2021-01-11", "@Giám đốc Sở Bốn;Lê Văn Cũ\n@Giám đốc Sở Bốn;Trần Thị Mới")
    try add("2021-01-12", "@Giám đốc Sở Bốn;Trần Thị Mới")
    // A spelling of the same name.
    try add("2020-10-03", "@Giám đốc Sở Năm;Lê Văn Thúy")
    try add("2020-10-04", "@Giám đốc Sở Năm;Lê Văn Thúy")
    try add("2021-01-11", "@Giám đốc Sở Năm;Văn Thúy")
    #expect(try changes() == [])
    #expect(try test.desk.brief("2021-Q1").gaps.sharedPosts == 1)
  }

  @Test func aPostThatOthersGoOnFromIsUnclear() throws {
    for place in ["Một", "Hai", "Ba"] {
      try add("2020-10-01", "@Giám đốc Sở Y tế \(place);Lê Văn Cũ")
    }
    try add("2020-10-02", "@Giám đốc Sở Y tế;Lê Văn Cũ")
    try add("2020-10-03", "@Giám đốc Sở Y tế;Lê Văn Cũ")
    try add("2021-01-02", "@Giám đốc Sở Y tế;Trần Thị Mới")
    #expect(try changes() == [])
    #expect(try test.desk.brief("2021-Q1").gaps.unclearPosts == 1)
  }

  @Test func aPostThatNobodyIsSeenInIsVacant() throws {
    for day in ["2020-11-02", "2020-12-02"] { try add(day, "@Giám đốc Sở Thử;Lê Văn Cũ") }
    for day in ["2020-11-03", "2020-12-03"] { try add(day, "@Chủ tịch Hội Thử;Trần Thị Mới") }
    try add("2021-01-02", "@Giám đốc Sở Khác;Trần Thị Mới")
    let vacant = try test.desk.brief("2021-Q1").gaps.vacant
    #expect(vacant.map(\.post) == ["Giám đốc Sở Thử"])
    #expect(vacant.map(\.last.description) == ["2020-12-02"])
  }

  @Test func directivesAreCountedByWhoGaveAndReceivedThem() throws {
    try add("2021-01-05", "!Ông Một;Sở A;báo cáo\n!Ông Một;Sở B;rà soát")
    try add("2021-01-06", "!Ông Một;Sở A;báo cáo")
    try add("2021-01-07", "!Bà Hai;Sở A;kiểm tra")
    try test.desk.markDirective("1.0", status: "done", due: nil, owner: nil, note: nil)
    let brief = try test.desk.brief("2021-01")
    #expect(brief.issuers.map(\.name) == ["Ông Một", "Bà Hai"])
    #expect(brief.issuers.map(\.directives) == [2, 1] && brief.issuers.map(\.done) == [1, 0])
    #expect(brief.addressees.map(\.name) == ["Sở A", "Sở B"])
    #expect(brief.directives.map(\.item.fact.action) == ["báo cáo", "rà soát", "kiểm tra"])
    #expect(brief.directives.map(\.articles) == [2, 1, 1])
    #expect(brief.totals.directives == 4 && brief.gaps.directivesUnanswered == 2)
    #expect(try test.desk.brief("2021-01", limit: 1).directives.count == 1)
    #expect(throws: DanvanError.self) { try test.desk.brief("2021-01", limit: 201) }
    #expect(throws: DanvanError.self) { try test.desk.brief("soon") }
  }

  @Test func theSameMonthsAreThePeriodBefore() throws {
    try add("2021-01-05", "#y tế")
    for day in ["2020-10-01", "2020-12-31"] { try add(day, "#giáo dục\n#y tế") }
    try add("2020-09-30", "#y tế")
    let quarter = try test.desk.brief("2021-Q1")
    #expect(quarter.before?.first.description == "2020-10-01")
    #expect(quarter.topics.map(\.name) == ["y tế", "giáo dục"])
    #expect(quarter.topics.map(\.before) == [2, 2] && quarter.topics.map(\.articles) == [1, 0])
    #expect(try test.desk.topics("2021-Q1").topics.map(\.before) == [2, 2])
    let week = try test.desk.brief("2021-01-04..2021-01-10")
    #expect(week.before?.first.description == "2020-12-28")
    #expect(week.before?.last.description == "2021-01-03" && week.totalsBefore.articles == 1)
    let some = try test.desk.brief("2021-Q1", query: "giáo dục")
    #expect(some.totals.articles == 0 && some.totalsBefore.articles == 2)
    #expect(some.topics.map(\.before) == [2, 2] && some.topics.map(\.articles) == [0, 0])
  }

  @Test func whatIsMissingIsTold() throws {
    try add("2021-01-04", "một")
    try add("2021-01-25", "hai")
    try test.ingest("không ngày")
    let gaps = try test.desk.brief("2021-01").gaps
    #expect(gaps.daysWithoutArticles == 29 && gaps.articlesWithoutDay == 1)
    #expect(gaps.silences.map(\.first.description) == ["2021-01-05", "2021-01-26", "2021-01-01"])
    #expect(gaps.weeksWithoutArticles.map(\.description) == ["2021-01-11", "2021-01-18"])
    // The corpus ends before January does.
    #expect(gaps.isUnfinished)
    let empty = try test.desk.brief("1999")
    #expect(empty.totals.articles == 0 && empty.gaps.daysWithoutArticles == 365)
    #expect(empty.gaps.weeksWithoutArticles.count == 51)
    #expect(!empty.gaps.isUnfinished)
    // Days to come are not missing.
    #expect(try test.desk.brief("9000").gaps.daysWithoutArticles == 1)
  }

  @Test func openEndsAreThoseOfTheCorpus() throws {
    let nothing = try test.desk.brief("2020..")
    #expect(nothing.totals.articles == 0)
    try add("2021-01-04", "một")
    try add("2021-02-25", "hai")
    let all = try test.desk.brief("2020..")
    #expect(all.first.description == "2020-01-01" && all.last.description == "2021-02-25")
    #expect(try test.desk.brief("").first.description == "2021-01-01")
  }
}
