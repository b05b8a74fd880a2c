import DanvanModel
import DanvanSQLite
import Testing

@testable import DanvanService
@testable import DanvanStore

/// What is told of articles, and the log, carry checksums: what another hand changed is refused, not told.
struct SealTests {
  private static let evidence = Evidence(rule: "r", confidence: 0.5)

  /// Two articles, the first with two texts.
  private static func desk() throws -> TestDesk {
    let test = try TestDesk { _ in
      var facts = Facts()
      facts.ruleSet = "test"
      facts.source = "Báo Thử"
      facts.date = PartialDate("2021-04-05").map { DocumentDate($0, basis: "dateline") }
      facts.mentions = [
        Mention(.person, TextRange(0, 3), text: "Bài", name: "Lê Văn Thử", evidence: evidence)
      ]
      return facts
    }
    for (text, number) in [("Bài một", 1), ("Bài một, sửa", 1), ("Bài hai", 2)] {
      _ = try test.desk.ingest([
        Submission(
          content: Array(text.utf8), mediaType: .plainText, title: "Tin \(number)",
          url: "https://x.vn/\(number)", source: "Báo", published: PartialDate("2021-04-06"))
      ]).first?.get()
    }
    return test
  }

  struct Place: Sendable, CustomTestStringConvertible {
    let seal: Seal
    let column: String
    var testDescription: String { "\(seal.table).\(column)" }
  }

  static let places =
    [
      Seal.article, .revision, .fact, .original, .event, .rule, .ruleSet,
    ].flatMap { seal in seal.columns.map { Place(seal: seal, column: $0) } }
    + [Place(seal: .original, column: "body")]

  @Test(arguments: places) func aChangeInAnyColumnIsFound(_ place: Place) throws {
    let test = try Self.desk()
    #expect(try test.desk.check() == [])
    try test.change(place, row: 1)
    #expect(try test.desk.check() != [])
  }

  @Test(arguments: places.filter { $0.seal.table == "article" && $0.column != "id" })
  func anArticleIsRefusedAndTheOthersAreServed(_ place: Place) throws {
    let test = try Self.desk()
    try test.change(place, row: 1)
    #expect(test.failure { _ = try test.desk.article(ArticleID(1), parts: []) } == .dataLoss)
    #expect(try test.desk.article(ArticleID(2), parts: .facts).text == "Tin 2\nBài hai")
    let page = try test.desk.search(SearchRequest(query: "bài"))
    #expect(page.hits.map(\.article.id.value) == [2])
    #expect(page.notes == ["article 1: its record fails its checksum; it is left out"])
  }

  /// What can go wrong with the first article.
  static let damages =
    places.filter { $0.seal.table == "article" && $0.column != "id" }
    + [Place(seal: .fact, column: "facts"), Place(seal: .article, column: "body")]

  @Test(arguments: damages) func aDamagedArticleCanBeRemoved(_ place: Place) throws {
    let test = try Self.desk()
    try test.change(place, row: 1)
    #expect(try test.desk.store.remove([ArticleID(1)]) == [ArticleID(1)])
    #expect(try test.desk.check() == [])
    #expect(try test.ids("một") == [])
    #expect(try test.ids("tin bài hai") == [2])
    #expect(try test.ids(#"person:"Lê Văn Thử""#) == [2])
    #expect(try test.desk.store.read { try $0.article(ArticleID(1), parts: []) } == nil)
  }

  @Test(arguments: damages.filter { $0.column != "url" })
  func aDamagedArticleTakesANewText(_ place: Place) throws {
    let test = try Self.desk()
    try test.change(place, row: 1)
    let receipt = try #require(
      try test.desk.ingest([
        Submission(
          content: Array("Bài ba".utf8), mediaType: .plainText, title: "Tin 1",
          url: "https://x.vn/1", source: "Báo", published: PartialDate("2021-04-07"))
      ]).first?.get())
    #expect(receipt.id == ArticleID(1) && receipt.outcome == .updated)
    #expect(try test.desk.article(ArticleID(1), parts: .facts).text == "Tin 1\nBài ba")
    #expect(try test.ids("một") == [])
    #expect(try test.ids("ba") == [1])
    #expect(try test.ids("tin").sorted() == [1, 2])
    // The former text is kept as it is: damaged, unless its facts alone were.
    let faults = try test.desk.check()
    #expect(faults.isEmpty == (place.seal.table == "fact"), "\(faults)")
    #expect(faults.allSatisfy { $0.contains("revision 2") }, "\(faults)")
    #expect(try test.desk.store.read { try $0.revision(1, of: ArticleID(1)) }?.1.title == "Tin 1")
    _ = try test.desk.store.remove([ArticleID(1)])
    #expect(try test.desk.check() == [])
  }

  /// One that cannot be read stops neither counting nor a rebuild.
  @Test(arguments: damages) func aDamagedArticleIsPassedOver(_ place: Place) throws {
    let test = try Self.desk()
    let store = test.desk.store
    try test.change(place, row: 1)
    let facets = try store.read { try $0.facets([.person], of: .everything, limit: 9) }
    #expect(facets[0].values.map(\.value) == ["Lê Văn Thử"])
    let status = try #require(try store.beginRebuild(ruleSet: "other", everything: true))
    let batch = try store.articlesToRebuild(status, limit: 9, byteLimit: .max).map {
      RebuiltArticle(
        id: $0.id, sha256: $0.article?.header.sha256,
        outcome: $0.article == nil ? .failed("damaged") : .facts(Facts()))
    }
    let after = try #require(try store.goOnRebuilding(status, with: batch)).status
    #expect(after.done == 2 && after.failed == (place.seal.table == "fact" ? 0 : 1))
  }

  @Test func aFormerTextOfAnotherNameIsRefused() throws {
    let test = try Self.desk()
    try test.change(Place(seal: .revision, column: "title"), row: 1)
    let store = test.desk.store
    #expect(
      test.failure { _ = try store.read { try $0.revision(1, of: ArticleID(1)) } } == .dataLoss)
    #expect(try store.read { try $0.revision(2, of: ArticleID(1)) }?.1.title == "Tin 1")
  }

  @Test(arguments: [
    "UPDATE event SET article = 2 WHERE sequence = 1", "DELETE FROM event WHERE sequence = 2",
    "DELETE FROM event WHERE sequence = 3",
  ]) func aLogThatIsNotWholeIsNotRead(_ sql: String) throws {
    let test = try Self.desk()
    #expect(try test.desk.events(from: .start, query: "", limit: 9).events.count == 3)
    try test.desk.store.change { try $0.execute(sql: sql) }
    test.desk.recentBatches.forget()
    #expect(
      test.failure { _ = try test.desk.events(from: .start, query: "", limit: 9) } == .dataLoss)
  }

  /// Facts can be made anew: a rebuild does, also where those that are there cannot be read at all.
  @Test(arguments: ["facts = substr(facts, 1, 3)", "seal = seal + 1"])
  func damagedFactsAreMadeAnew(_ change: String) throws {
    let test = try Self.desk()
    let desk = test.desk
    let before = try desk.article(ArticleID(1), parts: .facts).facts
    try desk.store.change { try $0.execute(sql: "UPDATE fact SET \(change) WHERE article = 1") }
    #expect(test.failure { _ = try desk.article(ArticleID(1), parts: .facts) } == .dataLoss)
    #expect(try desk.article(ArticleID(1), parts: .text).text == "Tin 1\nBài một, sửa")
    let status = try #require(try desk.store.beginRebuild(ruleSet: "test", everything: true))
    let batch = try desk.store.articlesToRebuild(status, limit: 9, byteLimit: .max)
    #expect(batch.map(\.article?.text) == ["Tin 1\nBài một, sửa", "Tin 2\nBài hai"])
    let rebuilt = batch.map {
      RebuiltArticle(id: $0.id, sha256: nil, outcome: .facts(before ?? Facts()))
    }
    let after = try #require(try desk.store.goOnRebuilding(status, with: rebuilt)).status
    #expect(after.changed == 1 && after.failed == 0)
    #expect(try desk.article(ArticleID(1), parts: .facts).facts == before)
    #expect(try desk.check() == [])
    #expect(try test.ids(#"person:"Lê Văn Thử""#).sorted() == [1, 2])
  }
}

extension TestDesk {
  /// Another value in a column of the table's n-th row, the seal as it was.
  fileprivate func change(_ place: SealTests.Place, row: Int) throws {
    try desk.store.change { db in
      let table = place.seal.table
      let type = try String.fetchOne(
        db, sql: "SELECT type FROM pragma_table_info(?) WHERE name = ?",
        arguments: [table, place.column])
      let value =
        switch type {
        case "TEXT": "coalesce(\(place.column), '') || 'x'"
        case "BLOB": "x'00'"
        case "REAL": "\(place.column) + 0.25"
        default: "coalesce(\(place.column), 0) + 7"
        }
      try db.execute(
        sql: """
          UPDATE \(table) SET \(place.column) = \(value)
          WHERE seal = (SELECT seal FROM \(table) LIMIT 1 OFFSET \(row - 1))
          """)
    }
  }

  fileprivate func failure(_ body: () throws -> Void) -> ErrorCode? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DanvanError)?.code
    }
  }
}
