import DanvanModel
import DanvanStore
import DanvanText
import TestSupport
import Testing

@testable import DanvanService

/// The order of headlines, and the pages of it.
@Suite struct TitleOrderTests {
  private static func submission(_ title: String?, _ text: String, day: Int, url: String? = nil)
    -> Submission
  {
    Submission(
      content: Array(text.utf8), mediaType: .plainText, title: title, url: url,
      published: PartialDate(year: 2021, month: 3, day: day))
  }

  private static func ingest(_ desk: Desk, _ items: [Submission]) throws {
    _ = try desk.ingest(items).map { try $0.get() }
  }

  /// All pages of a search, by ids.
  private static func pages(_ desk: Desk, _ query: String, limit: Int) throws -> [Int64] {
    var ids: [Int64] = []
    var after = ""
    repeat {
      let page = try desk.search(
        SearchRequest(query: query, limit: limit, order: .title, after: after))
      ids += page.hits.map(\.article.id.value)
      after = page.next
      #expect(page.hits.count == limit || after.isEmpty)
    } while !after.isEmpty
    return ids
  }

  @Test func sortsAsDictionariesDo() throws {
    let test = try TestDesk()
    let titles = ["Ê", "đa", "Da", "ăn", "Ân", "an", "dân", "Dẫn", "“Z”", "2021", "z", "Dần"]
    try Self.ingest(
      test.desk, titles.enumerated().map { Self.submission($1, "bài \($0)", day: 1) })
    let hits = try test.desk.search(SearchRequest(query: "bài", order: .title)).hits
    #expect(
      hits.map(\.article.title) == [
        "“Z”", "2021", "an", "ăn", "Ân", "Da", "dân", "Dần", "Dẫn", "đa", "Ê", "z",
      ])
  }

  /// Of equal headlines the newest comes first, of one day the last ingested; untitled articles come last.
  @Test func equalHeadlinesAreNewestFirst() throws {
    let test = try TestDesk()
    try Self.ingest(
      test.desk,
      [
        Self.submission("Tin vắn", "bài một", day: 2),
        Self.submission("TIN VẮN 2", "bài hai", day: 9),
        Self.submission("Tin vắn", "bài ba", day: 5), Self.submission("Tin vắn", "bài bốn", day: 2),
        Self.submission("Tin vắn", "bài năm", day: 4),
      ])
    for limit in 1...6 {
      #expect(
        try Self.pages(test.desk, "bài", limit: limit) == [3, 5, 4, 1, 2], "pages of \(limit)")
    }
  }

  /// Walked or read and sorted, in pages of any size: the order is that of the headlines.
  @Test func everyPageGoesOnBehindTheOneBefore() throws {
    let test = try TestDesk()
    var chance = SplitMix(seed: 7)
    let words = ["an", "Ăn", "ân", "đá", "da", "Dân", "vận", "ý", "Ủy", "hội", "nghị"]
    var titles: [Int64: String] = [:]
    var items: [Submission] = []
    for id in 1...300 {
      let title = (0...Int(chance.next() % 3)).map { _ in words[Int(chance.next() % 11)] }
        .joined(separator: " ")
      titles[Int64(id)] = title
      items.append(
        Self.submission(
          title, "bài \(id)" + (id % 50 == 0 ? " hiếm" : ""), day: 1 + Int(chance.next() % 5)))
    }
    try Self.ingest(test.desk, items)
    let days = try Dictionary(
      uniqueKeysWithValues: (1...300).map { id in
        (Int64(id), try test.desk.article(ArticleID(Int64(id)), parts: []).header.published)
      })
    for (query, ids) in [("bài", Array(1...300)), ("hiếm", [50, 100, 150, 200, 250, 300])] {
      let sorted = ids.map(Int64.init).sorted { a, b in
        let (keyA, keyB) = (
          VietnameseOrder.key(titles[a] ?? ""), VietnameseOrder.key(titles[b] ?? "")
        )
        if keyA != keyB { return keyA.lexicographicallyPrecedes(keyB) }
        let (dayA, dayB) = (days[a]??.dayNumber ?? 0, days[b]??.dayNumber ?? 0)
        return dayA != dayB ? dayA > dayB : a > b
      }
      for limit in [1, 2, 7, 299, 300, 1_000] {
        #expect(try Self.pages(test.desk, query, limit: limit) == sorted, "\(query) by \(limit)")
      }
    }
  }

  /// What is added or removed before or behind a place moves no later page.
  @Test func aCursorStandsStill() throws {
    let test = try TestDesk()
    try Self.ingest(
      test.desk,
      ["an", "bà", "ca", "dê", "đá"].map { (title: String) in
        Self.submission(title, "bài \(title)", day: 1)
      })
    let first = try test.desk.search(SearchRequest(query: "bài", limit: 3, order: .title))
    #expect(first.hits.map(\.article.title) == ["an", "bà", "ca"])
    _ = try test.desk.delete([ArticleID(3), ArticleID(1)])
    try Self.ingest(
      test.desk,
      ["ám", "dân"].map { (title: String) in
        Self.submission(title, "bài \(title)", day: 1)
      })
    let second = try test.desk.search(
      SearchRequest(query: "bài", limit: 9, order: .title, after: first.next))
    #expect(second.hits.map(\.article.title) == ["dân", "dê", "đá"])
    #expect(second.next.isEmpty)
    for (query, order) in [("bài", SearchOrder.newest), ("b*", .title)] {
      #expect(throws: DanvanError.self) {
        try test.desk.search(SearchRequest(query: query, order: order, after: first.next))
      }
    }
    for text in ["s1.1.2.zz.1", "s1.1.2.f.1", "s1..2.00.1", "s1.1.2.00.1.1", "s1.1.2.ééé.1"] {
      #expect(throws: DanvanError.self, "\(text)") {
        try test.desk.search(SearchRequest(query: "bài", order: .title, after: text))
      }
    }
  }

  @Test func anotherHeadlineTakesAnotherPlace() throws {
    let test = try TestDesk()
    try Self.ingest(
      test.desk,
      [
        Self.submission("b", "bài một", day: 1, url: "https://a.example/1"),
        Self.submission("c", "bài hai", day: 1),
        Self.submission(nil, "không đầu đề bài ba", day: 1),
        Self.submission("市", "bài bốn", day: 1),
      ])
    #expect(try test.desk.article(ArticleID(3), parts: []).header.title == nil)
    #expect(try Self.pages(test.desk, "", limit: 2) == [1, 2, 4, 3])
    try Self.ingest(
      test.desk, [Self.submission("đ", "bài một nữa", day: 1, url: "https://a.example/1")])
    #expect(try Self.pages(test.desk, "", limit: 2) == [2, 1, 4, 3])
    #expect(try test.desk.check() == [])
  }
}
