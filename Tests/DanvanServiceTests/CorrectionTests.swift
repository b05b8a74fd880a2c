import DanvanIngest
import DanvanModel
import DanvanStore
import Foundation
import TestSupport
import Testing

@testable import DanvanService

/// What people say of facts is laid over whatever the rules find.
@Suite struct CorrectionTests {
  private let folder: TemporaryDirectory
  private static let abbreviations = Abbreviations([], tokenizer: SyllableTokenizer())
  private static let text = "Ông Lê Thử, Bí thư xã Mẫu, và bà Mai Ví đến Huế. Huế mưa."

  init() throws { folder = try TemporaryDirectory() }

  /// Rules that find these words wherever they stand: PERSON, LOC, ORG; the first one holds the titles.
  private func open(
    _ version: String = "1", _ found: [(Mention.Kind, String)] = Self.found, aside: String? = nil
  ) throws -> Desk {
    var cues = PageCues()
    if let aside { cues.add(aside, as: .aside) }
    return try Desk(
      stateDirectory: folder.path,
      engine: Engine(
        version: version, abbreviations: Self.abbreviations, reader: Reader(cues: cues)
      ) { article, _, check in
        try check()
        var facts = Facts()
        facts.ruleSet = version
        let bytes = Array(article.text.utf8)
        let holder = found.first { $0.0 == .person && article.text.contains($0.1) }?.1
        let evidence = Evidence(rule: "t.\(version)", confidence: 0.5)
        for (kind, words) in found {
          let word = Array(words.utf8)
          for start in bytes.indices where bytes[start...].starts(with: word) {
            let range = TextRange(start, start + word.count)
            facts.mentions.append(
              Mention(
                kind, range, text: words, name: kind == .person ? words : nil,
                holder: kind == .title ? holder : nil, evidence: evidence))
            if kind == .title, let holder {
              facts.positions.append(
                Position(range, person: holder, role: words, body: nil, evidence: evidence))
            }
          }
        }
        facts.mentions.sort { $0.range < $1.range }
        return facts
      })
  }

  private static let found: [(Mention.Kind, String)] = [
    (.person, "Lê Thử"), (.title, "Bí thư"), (.organization, "Huế"),
  ]

  private static func ingest(_ desk: Desk, _ text: String = text) throws {
    _ = try desk.ingest([Submission(content: Array(text.utf8), mediaType: .plainText)])[0].get()
  }

  private static func correct(
    _ desk: Desk, _ fact: String = "", _ fill: (inout CorrectionRequest) -> Void
  ) throws -> CorrectionItem {
    var request = CorrectionRequest()
    request.fact = fact
    request.who = "An"
    fill(&request)
    return try desk.correct(request)
  }

  /// The fact of these words, as somebody would name it.
  private static func name(_ desk: Desk, _ words: String, last: Bool = false) throws -> String {
    let all = try facts(desk).correctable.filter { $0.words == words }
    let fact = try #require(last ? all.last : all.first)
    return "1.\(fact.kind).\(fact.range.start)-\(fact.range.end)"
  }

  private static func facts(_ desk: Desk) throws -> Facts {
    try #require(try desk.article(ArticleID(1), parts: .facts).facts)
  }

  private static func mentions(_ desk: Desk) throws -> [String] {
    try facts(desk).mentions.map { mention in
      "\(mention.kind.rawValue) \(mention.text)\(mention.holder.map { " of \($0)" } ?? "")"
        + (mention.evidence.by.map { " by \($0)" } ?? "")
    }
  }

  private static func rebuild(_ desk: Desk) {
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      desk.rebuildFacts { if case .ended = $0 { done.signal() } }
    }
    done.wait()
  }

  @Test func derivedTablesFollowAndAnEventTells() throws {
    let desk = try open()
    try Self.ingest(desk)
    _ = try Self.correct(desk, Self.name(desk, "Huế")) { $0.type = "loc" }
    _ = try Self.correct(desk, Self.name(desk, "Huế", last: true)) { $0.isSpurious = true }
    _ = try Self.correct(desk) {
      $0.article = ArticleID(1)
      $0.type = "PERSON"
      $0.place = .words("Mai Ví")
    }
    _ = try Self.correct(desk, Self.name(desk, "Bí thư")) { $0.fields = [("person", "Mai Ví")] }
    #expect(
      try Self.mentions(desk) == [
        "PERSON Lê Thử", "TITLE Bí thư of Mai Ví by An", "PERSON Mai Ví by An", "LOC Huế by An",
      ])
    func ids(_ query: String) throws -> Int {
      try desk.search(SearchRequest(query: query)).hits.count
    }
    #expect(try ids("place:Huế") == 1 && ids("org:Huế") == 0 && ids("person:\"Mai Ví\"") == 1)
    #expect(try desk.person("Mai Ví").tenures.map(\.role) == ["Bí thư"])
    #expect(try desk.person("Lê Thử").tenures.isEmpty)
    let events = try desk.events(from: .start, query: "", limit: 100).events.map(\.event.kind)
    #expect(events == [.added] + Array(repeating: .factsRebuilt, count: 4))
    #expect(try desk.corrections().map(\.state) == Array(repeating: .applied, count: 4))
    #expect(try desk.check().isEmpty)
    try desk.close()
  }

  @Test func survivesARuleChangeAndAgreesWithBetterRules() throws {
    var desk = try open()
    try Self.ingest(desk)
    _ = try Self.correct(desk, Self.name(desk, "Huế")) { $0.type = "LOC" }
    _ = try Self.correct(desk, Self.name(desk, "Bí thư")) { $0.fields = [("holder", "Mai Ví")] }
    _ = try Self.correct(desk, Self.name(desk, "Lê Thử")) { $0.isSpurious = true }
    try desk.close()
    // Other words are found; what was said stands over them.
    desk = try open("2", [(.organization, "Huế"), (.person, "Lê Thử"), (.person, "bà Mai Ví")])
    Self.rebuild(desk)
    #expect(
      try Self.mentions(desk) == [
        "TITLE Bí thư of Mai Ví by An", "PERSON bà Mai Ví", "LOC Huế by An", "ORG Huế",
      ])
    #expect(try desk.person("Mai Ví").tenures.map(\.role) == ["Bí thư"])
    #expect(try desk.article(ArticleID(1), parts: []).header.ruleSet == "2")
    try desk.close()
    // These rules find by themselves what was said.
    desk = try open("3", [(.location, "Huế")])
    Self.rebuild(desk)
    #expect(try desk.corrections().map(\.state) == [.agreed, .applied, .applied])
    let places = try Self.facts(desk).mentions.filter { $0.kind == .location }
    #expect(places.map(\.evidence.rule) == ["t.3", "t.3"])
    try desk.close()
  }

  @Test func aPersonCorrectedAwayHoldsNothing() throws {
    let desk = try open()
    try Self.ingest(desk)
    _ = try Self.correct(desk, Self.name(desk, "Lê Thử")) { $0.isSpurious = true }
    #expect(try Self.mentions(desk) == ["TITLE Bí thư", "ORG Huế", "ORG Huế"])
    #expect(try Self.facts(desk).positions.isEmpty)
    try desk.forgetCorrection(1)
    #expect(try Self.facts(desk).positions.map(\.person) == ["Lê Thử"])
    // Another span is another name, for the title too.
    _ = try Self.correct(desk, Self.name(desk, "Lê Thử")) {
      $0.place = .words("Ông Lê Thử")
      $0.fields = [("name", "Ông Lê Thử")]
    }
    #expect(try Self.facts(desk).positions.map(\.person) == ["Ông Lê Thử"])
    try desk.close()
  }

  @Test func takenBackTheRulesStandAgain() throws {
    let desk = try open()
    try Self.ingest(desk)
    let before = try Self.facts(desk)
    let first = try Self.correct(desk, Self.name(desk, "Huế")) { $0.type = "LOC" }
    let second = try Self.correct(desk, Self.name(desk, "Huế")) { $0.type = "PERSON" }
    #expect(first.state == .applied && second.state == .applied)
    // The later one stands over the first, also when the first is taken back.
    #expect(try desk.corrections(of: ArticleID(1)).map(\.state) == [.idle, .applied])
    try desk.forgetCorrection(first.correction.id)
    #expect(try Self.mentions(desk).last(where: { $0.hasSuffix("An") }) == "PERSON Huế by An")
    #expect(try Self.mentions(desk).filter { $0.contains("Huế") }.count == 2)
    try desk.forgetCorrection(second.correction.id)
    #expect(try Self.facts(desk) == before)
    #expect(try desk.corrections().isEmpty)
    #expect(throws: DanvanError.self) { try desk.forgetCorrection(second.correction.id) }
    // With its article what was said of it goes.
    _ = try Self.correct(desk, Self.name(desk, "Huế")) { $0.type = "LOC" }
    _ = try desk.delete([ArticleID(1)])
    #expect(try desk.corrections().isEmpty)
    try desk.close()
  }

  /// What was wrong in one sentence may be right in the next that has the same words.
  @Test func doesNotHoldAgainstWhatAnUpdateSays() throws {
    let url = "https://thu.example/2"
    func page(_ text: String) -> Submission {
      Submission(content: Array(text.utf8), mediaType: .plainText, url: url)
    }
    let desk = try open("1", [(.person, "Lê Thử"), (.person, "Mai Ví"), (.title, "Bí thư")])
    _ = try desk.ingest([page("Sáng nay, Bí thư Lê Thử dự họp.")])[0].get()
    _ = try Self.correct(desk, Self.name(desk, "Bí thư")) { $0.fields = [("person", "Lê Thử Hai")] }
    #expect(try desk.corrections().map(\.state) == [.applied])
    func holders() throws -> [String?] {
      try Self.facts(desk).mentions.filter { $0.kind == .title }.map(\.holder)
    }
    #expect(try holders() == ["Lê Thử Hai"])
    _ = try desk.ingest([page("Sáng nay, Bí thư Mai Ví dự họp.")])[0].get()
    #expect(try holders() == ["Mai Ví"])
    #expect(try desk.corrections().map(\.state) == [.stale])
    // Back in the sentence that it was made for, it holds again.
    _ = try desk.ingest([page("Sáng nay, Bí thư Lê Thử dự họp.")])[0].get()
    #expect(try holders() == ["Lê Thử Hai"])
    try desk.close()
  }

  @Test func findsItsWordsInAnotherTextOrSaysThatItCannot() throws {
    let url = "https://thu.example/1"
    func page(_ text: String) -> Submission {
      Submission(content: Array(text.utf8), mediaType: .plainText, url: url)
    }
    let desk = try open()
    _ = try desk.ingest([page(Self.text)])[0].get()
    _ = try Self.correct(desk, Self.name(desk, "Huế", last: true)) { $0.type = "LOC" }
    _ = try Self.correct(desk, Self.name(desk, "Bí thư")) { $0.isSpurious = true }
    // The text moves; the words stand there still, each between its own neighbours.
    _ = try desk.ingest([page("Tin mới. " + Self.text)])[0].get()
    #expect(
      try Self.mentions(desk) == ["PERSON Lê Thử", "ORG Huế", "LOC Huế by An"])
    #expect(try desk.corrections().map(\.state) == [.applied, .applied])
    // Here they stand at two places that are like the old one in nothing: nothing is guessed, nothing lost.
    _ = try desk.ingest([page("Lê Thử gọi Huế\nxyz Huế\n")])[0].get()
    #expect(try Self.mentions(desk) == ["PERSON Lê Thử", "ORG Huế", "ORG Huế"])
    #expect(try desk.corrections().map(\.state) == [.stale, .stale])
    _ = try desk.ingest([page(Self.text + " Thêm.")])[0].get()
    #expect(
      try Self.mentions(desk) == ["PERSON Lê Thử", "ORG Huế", "LOC Huế by An"])
    #expect(try desk.check().isEmpty)
    try desk.close()
  }

  @Test func rereadingKeepsThem() throws {
    let lead = "Sáng 5-4, Chủ tịch xã Lê Thử chủ trì hội nghị tại Huế, với các đại biểu của xã."
    let page =
      "<html><body><h1>Họp</h1><div class=promo><p>\(lead) Một tin khác nữa.</p></div><p>\(lead)</p><p>\(lead) Hết.</p></body></html>"
    var desk = try open()
    _ = try desk.ingest([Submission(content: Array(page.utf8), mediaType: .html)])[0].get()
    let words = try Self.facts(desk).mentions.filter { $0.text == "Huế" }
    try #require(words.count == 3)
    let range = words[2].range
    _ = try Self.correct(desk, "1.ORG.\(range.start)-\(range.end)") { $0.type = "LOC" }
    try desk.close()
    desk = try open(aside: "promo")
    let reread = desk
    Thread.detachNewThread { reread.rebuildFacts { _ in } }
    var selection = RereadSelection()
    selection.everything = true
    _ = try desk.askReread(selection)
    for _ in 0..<2_000 where try desk.rebuildStatus(.readings)?.ended == nil { usleep(5_000) }
    #expect(try desk.rebuildStatus(.readings)?.updated == 1)
    #expect(
      try Self.mentions(desk).filter { $0.contains("Huế") } == ["ORG Huế", "LOC Huế by An"])
    #expect(try desk.corrections().map(\.state) == [.applied])
    #expect(try desk.check().isEmpty)
    try desk.close()
  }

  @Test func refusesWhatCannotBe() throws {
    let desk = try open()
    try Self.ingest(desk)
    let city = try Self.name(desk, "Huế")
    func message(_ fact: String, _ fill: (inout CorrectionRequest) -> Void) -> String {
      do {
        _ = try Self.correct(desk, fact, fill)
        return "none"
      } catch let error as DanvanError {
        return error.message
      } catch {
        return "\(error)"
      }
    }
    #expect(message("1.ORG.3") { $0.isSpurious = true }.contains("no such fact"))
    #expect(message("1.ORGG.3-9") { $0.isSpurious = true }.contains("did you mean ORG"))
    #expect(message("một") { $0.isSpurious = true }.contains("12.TITLE.345-367"))
    #expect(message(city) { $0.type = "THING" }.contains("no type of fact"))
    #expect(
      message(city) { $0.fields = [("holder", "A")] }.contains("ORG has no 'holder'; it has name"))
    #expect(message(city) { $0.type = "ORG" }.contains("says already"))
    #expect(message(city) { $0.type = "TIME" }.contains("wants its value"))
    #expect(message(city) { $0.type = "DIRECTIVE" }.contains("who gives it"))
    #expect(message(city) { $0.place = .words("Lê Thử") }.contains("does not touch"))
    #expect(message(city) { $0.place = .words("Paris") }.contains("is not in the text"))
    #expect(message(city) { $0.place = .range(TextRange(900, 910)) }.contains("not in a text"))
    func missing(_ start: Int, _ end: Int) -> String {
      message("") {
        $0.article = ArticleID(1)
        $0.type = "LOC"
        $0.place = .range(TextRange(start, end))
      }
    }
    // `Ô` has two bytes.
    #expect(missing(1, 5).contains("cut a letter"))
    #expect(missing(0, 3).contains("within a word"))
    #expect(missing(0, 5).contains("with a space"))
    #expect(
      message("") {
        $0.article = ArticleID(1)
        $0.type = "LOC"
        $0.place = .words("Huế")
      }.contains("several places"))
    #expect(
      message("") {
        $0.article = ArticleID(1)
        $0.type = "PERSON"
        $0.place = .words("Lê Thử")
      }.contains("already"))
    #expect(try desk.corrections().isEmpty)
    try desk.close()
  }
}
