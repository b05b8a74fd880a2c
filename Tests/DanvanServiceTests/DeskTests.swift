import DanvanExtract
import DanvanModel
import DanvanStore
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DanvanService

@Suite struct DeskTests {
  private func code(_ body: () throws -> Void) -> ErrorCode? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DanvanError)?.code
    }
  }

  @Test func eachDocumentHasItsOwnResult() throws {
    let test = try TestDesk()
    let bad: [[UInt8]] = [[], [0xFF, 0xFE], Array("a\0b".utf8), Array("  \n".utf8)]
    let results = try test.desk.ingest(
      (bad + [Array("Bài tốt".utf8), Array("Bài  tốt\r\n".utf8), Array("Bài khác".utf8)]).map {
        Submission(content: $0, mediaType: .plainText)
      })
    #expect(
      results.prefix(4).allSatisfy {
        if case .failure(let error) = $0 { error.code == .invalidArgument } else { false }
      })
    let receipts = try results.dropFirst(4).map { try $0.get() }
    #expect(receipts.map(\.outcome) == [.added, .duplicate, .added])
    #expect(receipts.map(\.id.value) == [1, 1, 2])
  }

  @Test func oneTextInEverySpellingOfUnicodeIsOneArticle() throws {
    let test = try TestDesk()
    try test.ingest("Công tác dân vận")
    let spellings = [
      "Công tác da\u{302}n va\u{302}\u{323}n", "Công\u{A0}tác dân vận\n",
      "\u{FEFF}Công tác  dân vận",
    ]
    for text in spellings {
      let receipt = try #require(
        try test.desk.ingest([Submission(content: Array(text.utf8), mediaType: .plainText)]).first)
      #expect(try receipt.get().outcome == .duplicate)
    }
    #expect(try test.desk.status().articles == 1)
  }

  @Test func extractionSeesTheArticleAndIsKept() throws {
    let test = try TestDesk { article in
      var facts = Facts()
      facts.ruleSet = "t"
      facts.source = "Báo \(article.text.utf8.count)"
      return facts
    }
    try test.ingest("mười hai")
    let article = try test.desk.article(ArticleID(1), parts: [.text, .facts])
    #expect(article.facts?.source == "Báo 11")
    #expect(article.header.ruleSet == "t")
    #expect(try test.desk.article(ArticleID(1), parts: []).text == nil)
    #expect(code { _ = try test.desk.article(ArticleID(9), parts: []) } == .notFound)
  }

  @Test func commitsWakeWatchersWithANumber() throws {
    let test = try TestDesk()
    let woken = Mutex<[Int64]>([])
    let subscription = test.desk.onCommit { sequence in woken.withLock { $0.append(sequence) } }
    try test.ingest("một", "hai")
    try test.ingest("một")
    #expect(try test.desk.delete([ArticleID(1), ArticleID(5)]).missing == [ArticleID(5)])
    #expect(woken.withLock { $0 } == [2, 3])
    subscription.cancel()
    try test.ingest("ba")
    #expect(woken.withLock { $0 }.count == 2)
  }

  @Test func aWatcherSeesEachArticleOnceAlsoAcrossAReopening() throws {
    let folder = try TemporaryDirectory()
    let abbreviations = Abbreviations([], tokenizer: SyllableTokenizer())
    func open() throws -> Desk {
      try Desk(stateDirectory: folder.path, ruleSet: "t", abbreviations: abbreviations) { _ in
        Facts()
      }
    }
    func ingest(_ desk: Desk, _ text: String) throws {
      _ = try desk.ingest([Submission(content: Array(text.utf8), mediaType: .plainText)])
    }
    var desk = try open()
    try ingest(desk, "dân vận một")
    try ingest(desk, "khác")
    let first = try desk.events(from: .start, query: "dan van", limit: 10, parts: [.text, .facts])
    #expect(first.events.map(\.event.article.value) == [1])
    #expect(first.events.first?.article?.facts != nil)
    #expect(first.isSynced && first.next.sequence == 2)
    try desk.close()

    desk = try open()
    try ingest(desk, "dân vận hai")
    try ingest(desk, "dân vận một")
    for _ in 1...3 {
      let second = try desk.events(
        from: .after(first.next), query: "dan van", limit: 10)
      #expect(second.events.map(\.event.article.value) == [3])
      #expect(second.events.map(\.cursor.sequence) == [3])
      #expect(second.next.sequence == 3)
    }
    let now = try desk.events(from: .now, query: "", limit: 10)
    #expect(now.events.isEmpty && now.next.sequence == 3)
    _ = try desk.delete([ArticleID(3)])
    let gone = try desk.events(from: .after(now.next), query: "", limit: 10)
    #expect(gone.events.map(\.event.kind) == [.removed])
    let none = try desk.events(
      from: .after(now.next), query: "dan van", limit: 10)
    #expect(none.events.isEmpty && none.next.sequence == 4)
  }

  @Test func eachWrongCursorIsADifferentError() throws {
    let test = try TestDesk()
    try test.ingest("một")
    func fault(_ text: String) -> CursorFault? {
      do {
        _ = try test.desk.events(from: EventOrigin(parsing: text), query: "", limit: 1)
        return nil
      } catch {
        return (error as? DanvanError)?.cursorFault
      }
    }
    let own = test.desk.storeID
    #expect(fault("dv1.\(own).1") == nil)
    #expect(fault("dv1.\(own).2") == .ahead)
    #expect(fault("dv1.\(StoreID(own.bits &+ 1)).1") == .anotherStore)
    #expect(fault("dv1.x.1") == .malformed)
    #expect(fault("later") == .malformed)
  }

  @Test func theShippedRulesMakeADesk() throws {
    let folder = try TemporaryDirectory()
    let rules = try RuleSet(directory: Repository.rules.path)
    #expect(rules.abbreviations.count > 50)
    let desk = try Desk(stateDirectory: folder.path, rules: rules)
    let analysis = try desk.analyze(
      Submission(content: Array("Một câu.".utf8), mediaType: .plainText))
    #expect(analysis.facts.ruleSet == rules.version)
    #expect(desk.ruleSet == rules.version)
  }
}
