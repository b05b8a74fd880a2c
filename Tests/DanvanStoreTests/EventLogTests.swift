import DanvanModel
import TestSupport
import Testing

@testable import DanvanStore

@Suite struct EventLogTests {
  let folder: TemporaryDirectory
  let store: Store

  init() throws {
    folder = try TemporaryDirectory()
    store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
  }

  private func page(
    after sequence: Int64, _ filter: StoreQuery = .everything, limit: Int = 100, scan: Int = 4_096
  ) throws -> EventPage {
    try store.read {
      try $0.events(after: sequence, matching: filter, limit: limit, scanLimit: scan)
    }
  }

  @Test func eachChangeIsLoggedOnceInOrder() throws {
    _ = try store.add([store.record("một"), store.record("hai"), store.record("một")])
    _ = try store.remove([ArticleID(1)])
    _ = try store.add([store.record("ba")])
    let all = try page(after: 0)
    #expect(all.events.map(\.sequence) == [1, 2, 3, 4])
    #expect(all.events.map(\.kind) == [.added, .added, .removed, .added])
    #expect(all.events.map(\.article.value) == [1, 2, 1, 3])
    #expect(all.through == 4 && all.head == 4 && all.oldest == 0)
    #expect(try page(after: 4).events.isEmpty)
    #expect(try page(after: 1, limit: 2).events.map(\.sequence) == [2, 3])
    #expect(try page(after: 1, limit: 2).through == 3)
  }

  @Test func aFilterMovesOnOverWhatItLeavesOut() throws {
    for number in 1...20 {
      _ = try store.add([store.record(number % 5 == 0 ? "cần \(number)" : "bỏ \(number)")])
    }
    let filter = Samples.word("cần")
    let first = try page(after: 0, filter, limit: 2)
    #expect(first.events.map(\.sequence) == [5, 10])
    #expect(first.through == 10)
    let rest = try page(after: first.through, filter, limit: 2)
    #expect(rest.events.map(\.sequence) == [15, 20])
    #expect(rest.through == 20)
    let none = try page(after: 0, Samples.word("không"), scan: 7)
    #expect(none.events.isEmpty && none.through == 7)
  }

  @Test(arguments: [1, 2, 3, 7, 100])
  func pagesOfAnySizeGiveEveryMatchOnce(limit: Int) throws {
    for number in 1...30 {
      _ = try store.add([store.record(number % 3 == 0 ? "cần \(number)" : "bỏ \(number)")])
    }
    _ = try store.remove([ArticleID(6)])
    var seen: [Int64] = []
    var place: Int64 = 0
    while true {
      let next = try page(after: place, Samples.word("cần"), limit: limit, scan: 4)
      seen += next.events.map(\.article.value)
      guard next.through > place else { break }
      place = next.through
    }
    #expect(seen == [3, 9, 12, 15, 18, 21, 24, 27, 30])
    #expect(place == 31)
  }

  @Test(arguments: [1, 2, 5, 9])
  func aPageEndsWithACommit(limit: Int) throws {
    for size in [3, 1, 4, 2] {
      let from = try page(after: 0).head
      _ = try store.add((0..<size).map { try store.record("cần \(from) \($0)") })
    }
    for filter in [StoreQuery.everything, Samples.word("cần")] {
      var place: Int64 = 0
      var ends: [Int64] = []
      while place < 10 {
        let next = try page(after: place, filter, limit: limit)
        #expect(next.events.count >= min(limit, Int(10 - place)))
        place = next.through
        ends.append(place)
      }
      #expect(Set(ends).isSubset(of: [3, 4, 8, 10]), "\(ends)")
    }
  }

  @Test func aNewTextUnderTheSameAddressIsARevision() throws {
    func record(_ text: String, url: String? = "https://x.vn/1") throws -> ArticleRecord {
      try store.record(
        of: Article(text: text, title: nil, url: url, publisher: nil, published: nil),
        facts: Facts(), identity: Digest.identity(of: Array(text.utf8)))
    }
    let first = try store.add([record("bản cũ")])[0]
    let second = try store.add([record("bản mới")])[0]
    #expect(second.outcome == .updated && second.id == first.id && second.sequence == 2)
    #expect(try page(after: 0).events.map(\.kind) == [.added, .updated])
    #expect(try page(after: 0, Samples.word("mới")).events.map(\.article) == [first.id, first.id])
    #expect(try page(after: 0, Samples.word("cũ")).events.isEmpty)
    let header = try #require(try store.read { try $0.header(first.id) })
    #expect(header.revision == 2 && header.sequence == 2)
    // An old text is known; under the same address it is what the page went back to.
    #expect(try store.add([record("bản cũ", url: nil)])[0].outcome == .duplicate)
    #expect(try store.add([record("bản cũ", url: nil)])[0].id == first.id)
    #expect(try store.add([record("bản cũ")])[0].outcome == .updated)
    #expect(try store.add([record("bản cũ")])[0].outcome == .duplicate)
    #expect(try page(after: 0, Samples.word("cũ")).events.last?.sequence == 3)
    #expect(try store.add([record("bài khác", url: nil)])[0].id != first.id)
    // Twice in one commit.
    let both = try store.add([record("bản ba"), record("bản bốn")])
    #expect(both.map(\.outcome) == [.updated, .updated])
    #expect(try store.read { try $0.header(first.id) }?.revision == 5)
    #expect(try store.check() == [])
    _ = try store.remove([first.id])
    #expect(try store.add([record("bản cũ")])[0].outcome == .added)
  }

  @Test func compactionRemovesWholeCommitsAndSaysWhere() throws {
    for size in [3, 3, 3] {
      let from = try page(after: 0).head
      _ = try store.add((0..<size).map { try store.record("tin \(from) \($0)") })
    }
    let kept = EventRetention(count: 4)
    #expect(try store.compactEvents(keeping: kept, now: 0).through == 3, "4 are in two commits")
    #expect(try page(after: 3).events.map(\.sequence) == Array(4...9))
    #expect(try page(after: 3).oldest == 3)
    #expect(try store.compactEvents(keeping: kept, now: 0).through == 3)
    #expect(try store.compactEvents(keeping: EventRetention(age: 1), now: .max).through == 9)
    let last = try page(after: 9)
    #expect(last.events.isEmpty && last.oldest == 9 && last.head == 9)
    #expect(try store.add([store.record("sau")])[0].sequence == 10)
  }

  @Test func aSubscriptionMovesForwardByAcknowledgement() throws {
    _ = try store.add((1...5).map { try store.record("tin \($0)") })
    #expect(try store.addSubscription("a", query: "tin", sequence: 1))
    #expect(try !store.addSubscription("a", query: "khác", sequence: 0))
    #expect(try store.acknowledge("a", through: 4))
    #expect(try store.acknowledge("a", through: 2))
    #expect(try !store.acknowledge("b", through: 2))
    var found = try store.read { try $0.subscription("a") }
    #expect(found?.sequence == 4 && found?.query == "tin" && found?.acknowledged != nil)
    #expect(try store.moveSubscription("a", to: 2))
    found = try store.read { try $0.subscriptions() }.first
    #expect(found?.sequence == 2)
    #expect(try store.removeSubscription("a"))
    #expect(try !store.removeSubscription("a"))
  }
}
