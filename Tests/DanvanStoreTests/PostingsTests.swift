import DanvanModel
import DanvanSQLite
import TestSupport
import Testing

@testable import DanvanStore

/// What is read from the index's lists is what FTS5 itself finds.
@Suite struct PostingsTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64 = 5
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static let articles = 4_600

  /// A few words that are everywhere, and many that are rare, of lengths that do not fit leaves.
  private static func word(_ random: inout Random) -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<4: "c\(Int.random(in: 0..<4, using: &random))"
    case 4..<8: "m\(Int.random(in: 0..<60, using: &random))"
    default:
      "r\(Int.random(in: 0..<3_000, using: &random))"
        + String(repeating: "x", count: Int.random(in: 0..<30, using: &random))
    }
  }

  private static func text(_ count: Int, _ random: inout Random) -> String {
    (0..<count).map { _ in word(&random) }.joined(separator: " ")
  }

  /// Articles from many commits, some of them changed and some removed later.
  private static func filled(_ folder: TemporaryDirectory, _ random: inout Random) throws -> Store {
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    func record(_ number: Int, _ text: String, title: String) throws -> ArticleRecord {
      let article = Article(
        text: text, title: title, url: "http://a/\(number)", publisher: nil, published: nil)
      return try store.record(
        of: article, facts: Facts(), identity: Digest.identity(of: Array(text.utf8)))
    }
    var number = 0
    while number < articles {
      let records = try (0..<100).map { _ in
        number += 1
        // Of one word in a row, more places than a leaf holds.
        let isLong = number % 900 == 0
        let words =
          isLong
          ? String(repeating: "c1 c2 m7 ", count: 4_000)
          : text(Int.random(in: 5..<40, using: &random), &random)
        return try record(number, words + " end\(number)", title: text(3, &random))
      }
      _ = try store.add(records)
    }
    for start in stride(from: 1, to: articles, by: 500) {
      _ = try store.remove([ArticleID(Int64(start)), ArticleID(Int64(start + 7))])
      _ = try store.add([
        try record(start + 3, text(20, &random) + " again\(start)", title: text(2, &random))
      ])
    }
    return store
  }

  private static func term(_ random: inout Random) -> [UInt8] { Array(word(&random).utf8) }

  @Test func listsSayWhatFTS5Says() throws {
    let folder = try TemporaryDirectory()
    var random = Random()
    let store = try Self.filled(folder, &random)
    for isOneSegment in [false, true] {
      if isOneSegment { _ = try store.compact() }
      try store.read { snapshot in
        let last = try #require(try snapshot.lastArticle())
        var compared = 0
        for table in [MatchExpression.Table.articles, .ranks] {
          let segments = try #require(try IndexSegments(snapshot.db, table))
          #expect(isOneSegment ? segments.segments.count == 1 : segments.segments.count > 1)
          for number in 0..<250 {
            let length = table == .ranks ? 1 : 1 + number % 4
            let places = (0..<length).map { _ in
              (0..<Int.random(in: 1...6, using: &random)).map { _ in Self.term(&random) }
            }
            let columns: [String?] =
              table == .ranks ? [nil, "title", "high"] : [nil, "title", "text"]
            let column = columns[number % 3]
            let read = try snapshot.articles(with: places, in: segments, column, 1...last)
            let asked = try snapshot.match(
              MatchExpression.text(of: places, in: column), table, 1...last)
            #expect(read.words == asked.words, "\(places) in \(column ?? "any")")
            if asked.count > 0 { compared += 1 }
          }
        }
        #expect(compared > 300, "most of them find something")
      }
    }
  }

  @Test func aWordInARowIsFoundAsOftenAsItStands() throws {
    let folder = try TemporaryDirectory()
    var random = Random()
    let store = try Self.filled(folder, &random)
    let words = ["m7", "c1", "c2", "m7", "c1"].map { [Array($0.utf8)] }
    let found = try store.read { snapshot in
      let last = try #require(try snapshot.lastArticle())
      let segments = try #require(try IndexSegments(snapshot.db, .articles))
      return try snapshot.articles(with: words, in: segments, nil, 1...last).count
    }
    #expect(found == 5)
  }

  @Test func damageIsAnErrorAndNothingWorse() throws {
    let folder = try TemporaryDirectory()
    var random = Random()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    for _ in 0..<3 {
      _ = try store.add(try (0..<100).map { _ in try store.record(Self.text(60, &random)) })
    }
    let terms = (0..<60).map { Array("m\($0)".utf8) } + (0..<4).map { Array("c\($0)".utf8) }
    // The record of the segments, and their leaves.
    let pages = try store.read { snapshot in
      try snapshot.db.rows("SELECT id, block FROM article_index_data WHERE id >= 10") {
        (id: $0.integer(0), block: $0.blob(1))
      }
    }
    func put(_ block: [UInt8], _ id: Int64) throws {
      try store.pool.writeWithoutTransaction { db in
        let update = try SQLStatement(db, "UPDATE article_index_data SET block = ?1 WHERE id = ?2")
        update.bind(1, blob: block)
        update.bind(2, id)
        try update.run()
      }
    }
    var failures = 0
    for _ in 0..<400 {
      let page = try #require(pages.randomElement(using: &random))
      var damaged = page.block
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: damaged.indices, using: &random)
        damaged[place] = UInt8.random(in: .min ... .max, using: &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random))
      }
      try put(damaged, page.id)
      do {
        try store.read { snapshot in
          let segments = try #require(try IndexSegments(snapshot.db, .articles))
          _ = try segments.articles(with: terms, in: nil, 1...300)
          _ = try segments.articles(with: terms, in: 1, 1...300)
          _ = try PhraseSearch.articles(
            with: [terms, terms, terms], in: nil, 1...300, of: segments)
        }
      } catch let error as DanvanError {
        #expect(error.code == .dataLoss)
        failures += 1
      }
      try put(page.block, page.id)
    }
    #expect(failures > 40, "some damage shows by itself")
    #expect(try store.check() == [])
  }

  @Test func columnsAreNumberedAsInTheSchema() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    try store.read { snapshot in
      for table in MatchExpression.Table.allCases {
        let columns = try snapshot.db.rows(
          "SELECT name FROM pragma_table_info('\(table.rawValue)')"
        ) {
          $0.text(0) ?? ""
        }
        for (number, column) in columns.enumerated() {
          #expect(try table.number(of: column) == UInt64(number))
        }
      }
    }
  }
}
