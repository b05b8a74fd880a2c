import DanvanModel
import TestSupport
import Testing

@testable import DanvanStore

@Suite struct RankingTests {
  private static let filler = (1...200).map { "w\($0)" }.joined(separator: " ")

  private func ids(
    _ store: Store, _ query: StoreQuery, _ order: SearchOrder = .relevance, limit: Int = 10
  ) throws -> [Int64] {
    try store.read { try $0.search(query, order: order, limit: limit).ids.map(\.value) }
  }

  @Test func anOldArticleAboutItComesBeforeNewMentions() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    let about = String(repeating: "dam ", count: 12) + Self.filler
    var records = [
      try store.record(Self.filler + " dam a0", title: "dam dam", published: "1990-01-01"),
      try store.record(about, published: "1991-01-01"),
    ]
    // Beyond the range that one expression looks through, and beyond any window.
    for number in 0..<5_000 {
      records.append(try store.record("x\(number) dam y", published: "2020-01-01"))
      records.append(try store.record("x\(number) other y", published: "2020-01-01"))
    }
    for start in stride(from: 0, to: records.count, by: 500) {
      _ = try store.add(Array(records[start..<min(start + 500, records.count)]))
    }
    let query = Samples.word("dam")
    #expect(try ids(store, query, limit: 3) == [1, 2, 10_001])
    #expect(try ids(store, query, .newest, limit: 1) == [10_001])
    // Sets in memory follow what is added and what is removed.
    _ = try store.add([try store.record("dam dam dam dam dam dam", published: "2021-01-01")])
    #expect(try ids(store, query, .newest, limit: 1) == [10_003])
    #expect(try store.read { try $0.search(query, order: .newest, limit: 1).total } == 5_003)
    _ = try store.remove([ArticleID(1), ArticleID(10_003)])
    #expect(try ids(store, query, limit: 2) == [2, 10_001])
    #expect(try store.read { try $0.search(query, order: .newest, limit: 1).total } == 5_001)
    let both = StoreQuery.all([query, Samples.word("w7")])
    #expect(try ids(store, both) == [2])
    #expect(try ids(store, .any([Samples.word("x1"), Samples.word("w7")])) == [2, 6, 5])
    #expect(try ids(store, .all([.not(query), Samples.word("x2")])) == [8])
    #expect(try store.check() == [])
  }

  @Test func rareWordsOutweighCommonOnes() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    _ = try store.add([
      try store.record("common common", published: "2020-01-02"), try store.record("rare one"),
    ])
    _ = try store.add(try (0..<20).map { try store.record("common filler \($0)") })
    let query = StoreQuery.any([Samples.word("common"), Samples.word("rare")])
    #expect(try ids(store, query, limit: 1) == [2])
  }

  @Test func aRevisedArticleIsFoundByItsNewTextOnly() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    func record(_ text: String, title: String) throws -> ArticleRecord {
      let article = Article(
        text: text, title: title, url: "http://a/1", publisher: nil, published: nil)
      return try store.record(
        of: article, facts: Facts(), identity: Digest.identity(of: Array(text.utf8)))
    }
    for start in 0..<5 {
      _ = try store.add(
        try (0..<1_000).map { try store.record("old filler \(start * 1_000 + $0)") })
    }
    _ = try store.add([try record("old story", title: "old old")])
    #expect(try ids(store, Samples.word("old"), limit: 1) == [5_001])
    _ = try store.add([try record("new story", title: "new")])
    #expect(try ids(store, Samples.word("old"), limit: 1) == [5_000])
    #expect(try ids(store, Samples.word("new")) == [5_001])
    #expect(try store.check() == [])
  }

  /// A page passes over what cannot come onto it; a page of all passes over nothing.
  @Test func aShortPageIsTheBeginningOfALongOne() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    var state: UInt64 = 9
    func draw(_ count: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % count
    }
    let words = ["aa", "bb", "cc", "dd"]
    _ = try store.add(
      try (0..<900).map { number in
        var text = "n\(number)"
        for (index, word) in words.enumerated() where draw(UInt64(index + 2)) == 0 {
          text += String(repeating: " \(word)", count: draw(3) == 0 ? 9 : 1)
        }
        let title = draw(4) == 0 ? words[Int(draw(4))] : "t"
        return try store.record(
          text, title: title, published: "20\(10 + draw(9))-0\(1 + draw(9))-11")
      })
    let (a, b, c) = (Samples.word("aa"), Samples.word("bb"), Samples.word("cc"))
    for query in [a, c, .all([a, b]), .any([a, b, c]), .all([.any([a, c]), .not(b)])] {
      for order in [SearchOrder.relevance, .newest] {
        let all = try ids(store, query, order, limit: 1_000)
        #expect(all.count > 60 && all.count < 900)
        for limit in [1, 10, 60] {
          #expect(try ids(store, query, order, limit: limit) == Array(all.prefix(limit)))
        }
        var paged: [Int64] = []
        var after: SearchPosition?
        repeat {
          let page = try store.read {
            try $0.search(query, order: order, limit: 13, after: after)
          }
          #expect(page.total == all.count)
          paged += page.ids.map(\.value)
          after = page.next
        } while after != nil
        #expect(paged == all)
      }
    }
  }
}
