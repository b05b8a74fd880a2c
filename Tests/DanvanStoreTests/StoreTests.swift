import DanvanModel
import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DanvanStore

@Suite struct StoreTests {
  let folder: TemporaryDirectory
  let store: Store

  init() throws {
    folder = try TemporaryDirectory()
    store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
  }

  private func ids(_ query: StoreQuery, order: SearchOrder = .newest) throws -> [Int64] {
    try store.read { try $0.search(query, order: order, limit: 100).ids.map(\.value) }
  }

  @Test func everyKindOfFactComesBackAsItWas() throws {
    let text = "bốn năm sáu"
    let facts = Samples.facts(in: text)
    let receipt = try #require(try store.add([store.record(text, facts: facts)]).first)
    let stored = try #require(
      try store.read { try $0.article(receipt.id, parts: [.text, .facts]) })
    #expect(stored.facts == facts)
    #expect(Array((stored.text ?? "").utf8) == Array(text.utf8))
    #expect(stored.header.sha256 == Digest.sha256(Array(text.utf8)))
    #expect(try store.status().facts == 12)
  }

  @Test func theTextKeepsItsOwnBytes() throws {
    let decomposed = "da\u{302}n va\u{302}\u{323}n"
    let receipt = try #require(try store.add([store.record(decomposed)]).first)
    let stored = try store.read { try $0.article(receipt.id, parts: .text) }
    #expect(stored.map { Array(($0.text ?? "").utf8) } == Array(decomposed.utf8))
  }

  @Test func oneIdentityIsOneArticle() throws {
    let first = try store.add([store.record("một"), store.record("hai"), store.record("một")])
    #expect(first.map(\.outcome) == [.added, .added, .duplicate])
    #expect(first[2].id == first[0].id)
    #expect(first[2].sequence == first[0].sequence)
    let again = try store.add([store.record("hai")])
    #expect(again[0] == Receipt(id: first[1].id, outcome: .duplicate, sequence: first[1].sequence))
    #expect(try store.read { try $0.headSequence() } == 2)
  }

  @Test func wordsPhrasesAndSets() throws {
    _ = try store.add([
      store.record("dân vận khéo", title: "dân"), store.record("vận dân"),
      store.record("dẫn văn"),
    ])
    #expect(try ids(.everything) == [3, 2, 1])
    #expect(try ids(Samples.word("dân")) == [2, 1])
    #expect(try ids(Samples.word("dân vận")) == [1])
    #expect(try ids(Samples.word("dân", in: .title)) == [1])
    #expect(try ids(.not(Samples.word("dân"))) == [3])
    #expect(try ids(.all([Samples.word("dân"), .not(Samples.word("khéo"))])) == [2])
    #expect(try ids(.any([Samples.word("khéo"), Samples.word("văn")])) == [3, 1])
    #expect(try ids(.all([Samples.word("dân"), .ids([ArticleID(2), ArticleID(9)])])) == [2])
    #expect(try ids(.any([Samples.word("văn"), .ids([ArticleID(1)])])) == [3, 1])
    let either = TermPhrase(
      field: .anywhere, places: [[Array("dân".utf8), Array("dẫn".utf8)], [Array("văn".utf8)]])
    #expect(try ids(.phrase(either)) == [3])
    #expect(try ids(.phrase(TermPhrase(field: .anywhere, places: [[]]))) == [])
    #expect(try ids(.nothing) == [])
  }

  @Test func termsCannotBecomeSyntax() throws {
    _ = try store.add([store.record("dân vận")])
    for term in ["\"", "dân\" OR \"vận", "dân|vận", "", "dân vận", "*"] {
      let phrase = TermPhrase(field: .anywhere, places: [[Array(term.utf8)]])
      #expect(try ids(.phrase(phrase)) == [])
    }
  }

  @Test func namesAreFoundWithinOneNameOnly() throws {
    var facts = Facts()
    let evidence = Evidence(rule: "r", confidence: 1)
    facts.mentions = [
      Mention(.person, TextRange(0, 1), text: "lê thử", name: "lê văn thử", evidence: evidence),
      Mention(.person, TextRange(1, 2), text: "trần mẫu", evidence: evidence),
    ]
    _ = try store.add([store.record("xx", facts: facts)])
    #expect(try ids(Samples.word("văn thử", in: .person)) == [1])
    #expect(try ids(Samples.word("thử trần", in: .person)) == [])
    #expect(try ids(Samples.word("lê", in: .organization)) == [])
    #expect(try ids(Samples.word("person", in: .kind)) == [1])
    #expect(try ids(.all([Samples.word("xx"), Samples.word("lê", in: .person)])) == [1])
  }

  @Test func newestFirstByDayThenLastIngestedWithUndatedLast() throws {
    _ = try store.add([
      store.record("a", published: "2020-05-02"), store.record("b"),
      store.record("c", published: "2021"), store.record("d", published: "2020-05-02"),
      store.record("e", published: "1945-09-02"),
    ])
    #expect(try ids(.everything) == [3, 4, 1, 5, 2])
    let range = StoreQuery.dated(from: PartialDate("2020-05-02"), before: PartialDate("2021-01-01"))
    #expect(try ids(range) == [4, 1])
    #expect(try ids(.dated(from: nil, before: PartialDate("2000"))) == [5])
    #expect(try ids(.not(.dated(from: nil, before: nil))) == [2])
  }

  @Test func pagesFollowOneAnotherWhileArticlesCome() throws {
    _ = try store.add((1...7).map { try store.record("chữ \($0)", published: "2020-01-0\($0)") })
    var seen: [Int64] = []
    var after: SearchPosition?
    repeat {
      let page = try store.read {
        try $0.search(Samples.word("chữ"), order: .newest, limit: 3, after: after)
      }
      seen += page.ids.map(\.value)
      after = page.next
      _ = try store.add([store.record("chữ mới \(seen.count)", published: "2022-01-01")])
    } while after != nil
    #expect(seen == [7, 6, 5, 4, 3, 2, 1])
  }

  @Test func relevanceRanksTheDenserFirst() throws {
    _ = try store.add([
      store.record("dân vận " + String(repeating: "chữ ", count: 50)),
      store.record("dân vận dân vận"), store.record("khác hẳn"),
      store.record("khác", title: "khác nữa"),
    ])
    #expect(try ids(Samples.word("dân"), order: .relevance) == [2, 1])
  }

  @Test func removedArticlesLeaveNoTrace() throws {
    let text = "dân vận"
    _ = try store.add([
      store.record(text, title: "tít", facts: Samples.facts(in: text)),
      store.record("khác dân"),
    ])
    #expect(try store.remove([ArticleID(1), ArticleID(77)]) == [ArticleID(1)])
    #expect(try ids(Samples.word("dân")) == [2])
    #expect(try ids(Samples.word("lê", in: .person)) == [])
    #expect(try store.read { try $0.header(ArticleID(1)) } == nil)
    #expect(try store.status().articles == 1)
    #expect(try store.check() == [])
    let again = try store.add([store.record(text)])
    #expect(again[0].outcome == .added)
    #expect(again[0].id == ArticleID(3))
  }

  @Test func callersAtTheSameTimeShareTransactionsAndLoseNothing() throws {
    let receipts = Mutex<[Receipt]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for number in 0..<25 {
        guard let record = try? store.record("bài \(thread) số \(number)"),
          let added = try? store.add([record])
        else { continue }
        receipts.withLock { $0 += added }
      }
    }
    let all = receipts.withLock { $0 }
    #expect(all.count == 200)
    #expect(Set(all.map(\.id)).count == 200)
    #expect(Set(all.map(\.sequence)) == Set(1...200))
    #expect(try ids(Samples.word("bài")).count == 100)
    #expect(try store.check() == [])
  }

  @Test func aPassedDeadlineEndsTheRead() throws {
    _ = try store.add((0..<300).map { try store.record("chữ \($0)") })
    #expect {
      try store.read(deadline: .now - .seconds(1)) { try $0.headSequence() }
    } throws: { ($0 as? DanvanError)?.code == .deadlineExceeded }
    // And the connection serves the next reader.
    #expect(try store.read(deadline: .now + .seconds(60)) { try $0.headSequence() } == 300)
  }
}
