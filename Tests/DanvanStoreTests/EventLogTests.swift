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
    _ = try store.add(
      (1...20).map { try store.record($0 % 5 == 0 ? "cần \($0)" : "bỏ \($0)") })
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
    _ = try store.add((1...30).map { try store.record($0 % 3 == 0 ? "cần \($0)" : "bỏ \($0)") })
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
}
