import DanvanModel
import DanvanStore
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DanvanService

/// Facts are made anew when the rule set changes.
@Suite struct RebuildTests {
  private let folder: TemporaryDirectory
  private static let abbreviations = Abbreviations([], tokenizer: SyllableTokenizer())

  init() throws { folder = try TemporaryDirectory() }

  /// A rule set that finds the words that are given as places, and dates the article.
  private static func engine(_ version: String, places: [String], year: Int? = nil) -> Engine {
    Engine(version: version, abbreviations: abbreviations) { article, _, check in
      try check()
      var facts = Facts()
      facts.ruleSet = version
      facts.date = year.map { DocumentDate(PartialDate("\($0)-01-01")!, basis: "event") }
      let bytes = Array(article.text.utf8)
      for place in places {
        let word = Array(place.utf8)
        for start in bytes.indices where bytes[start...].starts(with: word) {
          facts.mentions.append(
            Mention(
              .location, TextRange(start, start + word.count), text: place,
              evidence: Evidence(rule: "t.\(version)", confidence: 0.5)))
        }
      }
      facts.mentions.sort { $0.range < $1.range }
      return facts
    }
  }

  /// A store of before languages were told has none; the rebuild finds them.
  @Test func languagesComeWithTheRebuild() throws {
    let desk = try open(Self.engine("1", places: []))
    try Self.ingest(desk, ["một", "two"])
    func found(_ desk: Desk, _ query: String) throws -> [Int64] {
      try desk.search(SearchRequest(query: query)).hits.map(\.article.id.value)
    }
    #expect(try found(desk, "lang:vi OR lang:en OR lang:und") == [])
    try desk.close()
    let later = try open(
      Engine(version: "2", abbreviations: Self.abbreviations) { article, _, _ in
        var facts = Facts()
        facts.ruleSet = "2"
        facts.language = article.text == "two" ? .english : .vietnamese
        return facts
      })
    Self.rebuild(later)
    #expect(try found(later, "lang:en") == [2])
    #expect(try found(later, "lang:vi") == [1])
    #expect(try later.check() == [])
    try later.close()
  }

  private func open(_ engine: Engine) throws -> Desk {
    try Desk(stateDirectory: folder.path, engine: engine)
  }

  private static func ingest(_ desk: Desk, _ texts: [String]) throws {
    _ = try desk.ingest(texts.map { Submission(content: Array($0.utf8), mediaType: .plainText) })
      .map { try $0.get() }
  }

  /// Runs rebuilds on a thread of their own until `isDone`, which is asked after each news, says so.
  private static func rebuild(
    _ desk: Desk,
    until isDone: @escaping @Sendable (RebuildNews) -> Bool = {
      if case .ended = $0 { true } else { false }
    }
  ) {
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      desk.rebuildFacts { if isDone($0) { done.signal() } }
    }
    done.wait()
  }

  private static func facts(_ desk: Desk) throws -> [Facts?] {
    try (1...3).map { try desk.article(ArticleID($0), parts: .facts).facts }
  }

  private static let texts = ["Huế đón Hà Nội", "Huế có mưa", "không có gì"]

  @Test func rebuiltIsAsIfIngestedAnew() throws {
    var desk = try open(Self.engine("1", places: ["Huế"], year: 2019))
    try Self.ingest(desk, Self.texts)
    try desk.close()
    desk = try open(Self.engine("2", places: ["Hà Nội", "mưa"], year: 2021))
    Self.rebuild(desk)
    let other = try TemporaryDirectory()
    let fresh = try Desk(
      stateDirectory: other.path, engine: Self.engine("2", places: ["Hà Nội", "mưa"], year: 2021))
    try Self.ingest(fresh, Self.texts)
    #expect(try Self.facts(desk) == Self.facts(fresh))
    for query in ["place:Huế", "place:mưa", #"place:"Hà Nội""#, "after:2020", "before:2020"] {
      let ids = try [desk, fresh].map {
        try $0.search(SearchRequest(query: query)).hits.map(\.article.id)
      }
      #expect(ids[0] == ids[1], "\(query)")
    }
    #expect(try desk.check().isEmpty)
    #expect(try desk.status().facts == fresh.status().facts)
    try desk.close()
    try fresh.close()
  }

  @Test func onlyChangedFactsAreAnEventAndOneMarkEndsThem() throws {
    var desk = try open(Self.engine("1", places: ["Huế"]))
    try Self.ingest(desk, Self.texts)
    try desk.close()
    desk = try open(Self.engine("2", places: ["Huế"]))
    // The rule's name is part of a fact: only the article without facts is as it was.
    Self.rebuild(desk)
    func tail(_ query: String) throws -> [StoreEvent] {
      try desk.events(from: .start, query: query, limit: 100).events.map(\.event)
        .filter { $0.kind != .added }
    }
    #expect(try tail("").map(\.kind) == [.factsRebuilt, .factsRebuilt, .rebuildEnded])
    #expect(try tail("").map(\.article.value) == [1, 2, 0])
    #expect(try tail("mưa").map(\.article.value) == [2, 0])
    #expect(try desk.rebuildStatus(.facts)?.changed == 2)
    #expect(try desk.article(ArticleID(3), parts: []).header.ruleSet == "2")
    try desk.close()

    // Nothing to do: no event.
    desk = try open(Self.engine("2", places: ["Huế"]))
    #expect(try desk.store.beginRebuild(ruleSet: "2", everything: false) == nil)
    // Asked for all the same: nothing changed, so only the mark.
    let asked = try #require(try desk.askRebuild())
    #expect(asked.everything && asked.total == 3)
    Self.rebuild(desk)
    #expect(try tail("").map(\.kind).suffix(2) == [.rebuildEnded, .rebuildEnded])
    #expect(try desk.rebuildStatus(.facts)?.changed == 0)
    try desk.close()
  }

  @Test func anInterruptedRebuildGoesOnWhereItWas() throws {
    var desk = try open(Self.engine("1", places: ["Huế"]))
    let texts = (1...100).map { "bài số \($0) ở Huế" }
    try Self.ingest(desk, texts)
    try desk.close()

    desk = try open(Self.engine("2", places: ["Huế", "bài"]))
    let begun = try #require(try desk.store.beginRebuild(ruleSet: "2", everything: false))
    let batch = try desk.store.articlesToRebuild(begun, limit: 40, byteLimit: .max)
    let engine = desk.engine
    let rebuilt = try batch.map { id, stored in
      RebuiltArticle(
        id: id, sha256: stored?.header.sha256,
        facts: try stored.map { try engine.facts(in: Article($0)) })
    }
    let step = try #require(try desk.store.goOnRebuilding(begun, with: rebuilt))
    #expect(step.status.done == 40 && step.status.next == ArticleID(41))
    try desk.close()

    desk = try open(Self.engine("2", places: ["Huế", "bài"]))
    let holder = Holder()
    Self.rebuild(desk) { news in
      switch news {
      case .began(let status):
        holder.status = status
        return false
      case .ended: return true
      case .failed: return false
      }
    }
    #expect(holder.status?.done == 40)
    let ended = try #require(try desk.rebuildStatus(.facts))
    #expect(ended.done == 100 && ended.changed == 100 && ended.ended != nil)
    let events = try desk.events(from: .start, query: "", limit: 1_000).events
    #expect(events.count { $0.event.kind == .factsRebuilt } == 100)
    #expect(Set(events.map(\.event.article)).count == 101)
    try desk.close()
  }

  @Test func aNewSetOvertakesARebuild() throws {
    let desk = try open(Self.engine("1", places: ["Huế"]))
    try Self.ingest(desk, Self.texts)
    let begun = try #require(try desk.store.beginRebuild(ruleSet: "2", everything: true))
    let third = try #require(try desk.store.beginRebuild(ruleSet: "3", everything: false))
    #expect(third.everything, "what was asked for is still to be done")
    #expect(try desk.store.goOnRebuilding(begun, with: []) == nil)
    #expect(try desk.store.endRebuild(begun) == nil)
    try desk.close()
  }

  @Test func anArticleThatIsGoneStopsNothing() throws {
    let desk = try open(Self.engine("1", places: ["Huế"]))
    try Self.ingest(desk, Self.texts)
    let begun = try #require(try desk.store.beginRebuild(ruleSet: "2", everything: false))
    _ = try desk.delete([ArticleID(1)])
    var facts = Facts()
    facts.ruleSet = "2"
    let step = try desk.store.goOnRebuilding(
      begun,
      with: [
        RebuiltArticle(id: ArticleID(1), sha256: [], facts: facts),
        RebuiltArticle(id: ArticleID(2), sha256: nil, facts: nil),
        RebuiltArticle(id: ArticleID(3), sha256: [1], facts: facts),
      ])
    #expect(step?.status.done == 3 && step?.status.changed == 0 && step?.status.failed == 1)
    try desk.close()
  }

  @Test func extractionEndsWhenNobodyWaits() throws {
    struct Gone: Error {}
    let desk = try open(Self.engine("1", places: []))
    let submission = Submission(content: Array("bài".utf8), mediaType: .plainText)
    #expect(throws: Gone.self) { try desk.analyze(submission) { throw Gone() } }
    #expect(throws: Gone.self) { try desk.ingest([submission]) { throw Gone() } }
    #expect(try desk.status().articles == 0)
    try desk.close()
  }

  private final class Holder: Sendable {
    private let kept = Mutex<RebuildStatus?>(nil)
    var status: RebuildStatus? {
      get { kept.withLock { $0 } }
      set { kept.withLock { $0 = newValue } }
    }
  }
}
