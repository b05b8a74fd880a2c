import DanvanIngest
import DanvanModel
import DanvanSQLite
import Foundation
import TestSupport
import Testing

@testable import DanvanService
@testable import DanvanStore

/// Articles are read anew from their kept documents when readers have become better.
@Suite struct RereadTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// With readers that leave out what is marked with one of the words.
  private func open(_ asides: [String] = [], rebuilds: Bool = true) throws -> Desk {
    var cues = PageCues()
    for word in asides { cues.add(word, as: .aside) }
    let desk = try Desk(
      stateDirectory: folder.path,
      engine: Engine(
        version: "1", abbreviations: Abbreviations([], tokenizer: SyllableTokenizer()),
        reader: Reader(cues: cues)
      ) { article, _, check in
        try check()
        var facts = Facts()
        facts.ruleSet = "1"
        if article.text.contains("tin khác") { facts.source = "Báo Thử" }
        return facts
      })
    if rebuilds { Thread.detachNewThread { desk.rebuildFacts { _ in } } }
    return desk
  }

  private func page(_ name: String, aside: String) -> Submission {
    let lead =
      "Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử chủ trì hội nghị \(name) tại xã Mẫu."
    let body = Array(
      "<html><body><h1>Họp \(name)</h1><p>\(lead)</p><p>\(lead)</p><div class=promo><p>\(aside)</p></div></body></html>"
        .utf8)
    return Submission(content: body, mediaType: .html, url: "https://thu.example/\(name)")
  }

  private let aside =
    "Còn có một tin khác nữa để bạn đọc thêm ở cuối trang, dài hơn một dòng, là đây."

  /// Waits until the re-reading that was asked for has ended.
  private func reread(_ desk: Desk) throws {
    for _ in 0..<2_000 {
      if try desk.rebuildStatus(.readings)?.ended != nil { return }
      usleep(5_000)
    }
    Issue.record("not in 10 s")
  }

  private func text(_ desk: Desk, _ id: Int64) throws -> String {
    try #require(try desk.article(ArticleID(id), parts: .text).text)
  }

  private func events(_ desk: Desk) throws -> [String] {
    try desk.events(from: .start, query: "", limit: 1_000).events.map {
      "\($0.event.kind) \($0.event.article)"
    }
  }

  @Test func aBetterReaderGivesAnotherText() throws {
    var desk = try open()
    let plain = Submission(content: Array("Bài viết thường".utf8), mediaType: .plainText)
    _ = try desk.ingest([page("một", aside: aside), plain, page("hai", aside: "")])
    #expect(try text(desk, 1).contains("tin khác"))
    try desk.close()

    desk = try open(["promo"])
    let begun = try #require(try desk.askReread(RereadSelection(everything: true)))
    #expect(begun.total == 3 && begun.kind == .readings)
    try reread(desk)
    #expect(try !text(desk, 1).contains("tin khác"))
    let status = try #require(try desk.rebuildStatus(.readings))
    #expect(status.done == 3 && status.updated == 1 && status.changed == 0 && status.failed == 0)
    #expect(try events(desk) == ["added 1", "added 2", "added 3", "updated 1"])
    // It is as if it had been ingested with these readers.
    #expect(try desk.check().isEmpty)
    #expect(try desk.search(SearchRequest(query: "tin khác")).total == 0)
    #expect(try desk.search(SearchRequest(query: "Lê Văn Thử")).total == 2)
    let article = try desk.article(ArticleID(1), parts: .facts)
    #expect(article.header.revision == 1 && article.facts?.source == nil)
    // The document is kept as it came, and seen once.
    #expect(
      try desk.store.read { try $0.original(of: ArticleID(1)) }?.content
        == page("một", aside: aside).content)
    #expect(try desk.origin(ArticleID(1))?.sightings.map(\.times) == [1])
    // The same again changes nothing.
    _ = try desk.askReread(RereadSelection(query: "hội nghị"))
    try reread(desk)
    #expect(try desk.rebuildStatus(.readings)?.updated == 0)
    #expect(try events(desk).count == 4)
    #expect(throws: DanvanError.self) { try desk.askReread(RereadSelection(ids: [ArticleID(99)])) }
    try desk.close()
  }

  @Test func whatCannotBeReadAnewStaysWithAReason() throws {
    var desk = try open()
    _ = try desk.ingest([page("một", aside: aside), page("hai", aside: aside)])
    try desk.store.change { db in
      try db.execute(sql: "UPDATE original SET body = x'00' WHERE article = 1")
    }
    try desk.close()
    desk = try open(["promo"])
    _ = try desk.askReread(RereadSelection(everything: true))
    try reread(desk)
    #expect(try text(desk, 1).contains("tin khác"))
    #expect(try !text(desk, 2).contains("tin khác"))
    #expect(try desk.rebuildStatus(.readings)?.failed == 1)
    let faults = try desk.rereadFaults(limit: 10)
    #expect(faults.map(\.article.value) == [1] && faults[0].reason.contains("kept document"))
    try desk.close()
  }

  @Test func twoArticlesDoNotBecomeOne() throws {
    var desk = try open()
    let other = page("một", aside: aside + " Khác đôi chút.")
    var second = other
    second.url = "https://thu.example/khác"
    _ = try desk.ingest([page("một", aside: aside), second])
    #expect(try desk.status().articles == 2)
    try desk.close()
    desk = try open(["promo"])
    _ = try desk.askReread(RereadSelection(everything: true))
    try reread(desk)
    #expect(try desk.rebuildStatus(.readings)?.updated == 1)
    #expect(
      try desk.rereadFaults(limit: 10).map(\.reason) == ["its text would be that of article 1"])
    #expect(try desk.check().isEmpty)
    try desk.close()
  }

  @Test func anInterruptedReadingGoesOnAndOthersJoin() throws {
    var desk = try open()
    _ = try desk.ingest((1...40).map { page("số \($0)", aside: aside) })
    try desk.close()
    desk = try open(["promo"], rebuilds: false)
    _ = try desk.askReread(RereadSelection(ids: (1...20).map { ArticleID($0) }))
    let status = try #require(try desk.store.rebuildStatus(.readings))
    let batch = try desk.store.articlesToRebuild(status, limit: 10, byteLimit: .max)
    let rebuilt = try batch.map { id, stored in
      RebuiltArticle(
        id: id, sha256: stored?.header.sha256, outcome: try desk.reading(of: id, by: desk.engine))
    }
    #expect(try desk.store.goOnRebuilding(status, with: rebuilt)?.status.done == 10)
    let joined = try #require(try desk.askReread(RereadSelection(everything: true)))
    #expect(joined.total == 50 && joined.done == 10)
    _ = try desk.delete([ArticleID(40)])
    try desk.close()
    desk = try open(["promo"])
    try reread(desk)
    let ended = try #require(try desk.rebuildStatus(.readings))
    #expect(ended.done == 49 && ended.updated == 39 && ended.ended != nil)
    #expect(try events(desk).count { $0.hasPrefix("updated") } == 39)
    try desk.close()
  }

  @Test func olderReadersAreKnown() throws {
    let desk = try open()
    _ = try desk.ingest([page("một", aside: aside), page("hai", aside: aside)])
    try desk.store.change {
      try $0.execute(
        sql: "UPDATE original SET reader = 1 WHERE article = 2; \(Seal.original.renewal)")
    }
    #expect(try desk.askReread(RereadSelection())?.total == 1)
    try reread(desk)
    #expect(try desk.store.read { try $0.articles(readBefore: Reader.version) } == [])
    #expect(try desk.askReread(RereadSelection())?.ended != nil, "there is none left")
    try desk.close()
  }
}

extension RereadSelection {
  fileprivate init(ids: [ArticleID] = [], query: String? = nil, everything: Bool = false) {
    self.init()
    self.ids = ids
    self.query = query
    self.everything = everything
  }
}
