import DanvanModel
import DanvanStore

/// Parts words at spaces and lower-cases ASCII: enough Vietnamese for tests of the store.
struct SpaceTokenizer: SearchTokenizer {
  var version = "spaces-1"
  /// For a tokenizer that gives other terms than the one before it.
  var prefix: [UInt8] = []

  func forEachTerm(
    in text: UnsafeBufferPointer<UInt8>, for purpose: TokenizingPurpose,
    _ emit: (UnsafeBufferPointer<UInt8>, Range<Int>, Bool) -> Bool
  ) {
    var start = 0
    for index in 0...text.count where index == text.count || text[index] <= 0x20 {
      if index > start {
        let term = prefix + text[start..<index].map { (65...90).contains($0) ? $0 | 32 : $0 }
        guard term.withUnsafeBufferPointer({ emit($0, start..<index, false) }) else { return }
      }
      start = index + 1
    }
  }

  func plainForm(of term: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    term.filter { $0 < 0x80 }
  }

  func sortKey(of text: String) -> [UInt8] { Array(text.utf8) }
}

enum Samples {
  static func article(_ text: String, title: String? = nil, published: String? = nil) -> Article {
    Article(
      text: text, title: title, url: nil, publisher: nil,
      published: published.flatMap { PartialDate($0) })
  }

  static func word(_ text: String, in field: SearchField = .anywhere) -> StoreQuery {
    .phrase(TermPhrase(field: field, places: text.split(separator: " ").map { [Array($0.utf8)] }))
  }

  /// One fact of every kind, with and without what may be absent.
  static func facts(in text: String) -> Facts {
    let evidence = Evidence(rule: "test.rule", confidence: 0.5)
    func range(_ start: Int, _ end: Int) -> TextRange { TextRange(start, end) }
    func piece(_ range: TextRange) -> String {
      String(decoding: Array(text.utf8)[range.start..<range.end], as: UTF8.self)
    }
    var facts = Facts()
    facts.ruleSet = "1+abcdef01"
    facts.source = "Báo Thử"
    facts.date = PartialDate("2021-03-26").map { DocumentDate($0, basis: "dateline") }
    facts.mentions = [
      Mention(
        .person, range(0, 3), text: piece(range(0, 3)), name: "Lê Văn Thử", evidence: evidence),
      Mention(.title, range(0, 4), text: "other words", holder: "Lê Văn Thử", evidence: evidence),
      Mention(.organization, range(1, 4), text: piece(range(1, 4)), evidence: evidence),
      Mention(.location, range(2, 4), text: piece(range(2, 4)), evidence: evidence),
      Mention(
        .time, range(2, 5), text: piece(range(2, 5)), value: "2021-03-26TAF",
        basis: "year \"given\"", evidence: Evidence(rule: "test.other", confidence: 1)),
    ]
    facts.events = [
      Event(
        .workingSession, range(0, 5), name: piece(range(0, 5)), status: .planned,
        when: "2021-03-26", place: "Xã Thử\n\\\"", chairs: ["A", "B"], attendees: ["Ô"],
        evidence: evidence),
      Event(.other, range(0, 2), name: piece(range(0, 2)), status: .held, evidence: evidence),
    ]
    facts.statements = [
      Statement(
        .direct, range(0, 4), content: piece(range(0, 4)), speaker: "Lê Văn Thử", cue: "nói",
        isContinuation: true, evidence: evidence),
      Statement(
        .indirect, range(0, 1), content: piece(range(0, 1)), speaker: "bà", cue: nil,
        evidence: evidence),
    ]
    facts.directives = [
      Directive(
        range(1, 5), action: piece(range(1, 5)), issuer: "Lê Văn Thử", verb: "yêu cầu",
        addressee: "Ban Thử", time: "quý II", evidence: evidence)
    ]
    facts.instruments = [NamedThing(range(0, 2), text: "Nghị quyết 1", evidence: evidence)]
    facts.campaigns = [NamedThing(range(0, 3), text: piece(range(0, 3)), evidence: evidence)]
    return facts
  }
}

extension Store {
  func record(
    _ text: String, title: String? = nil, published: String? = nil, facts: Facts = Facts()
  ) throws -> ArticleRecord {
    try record(
      of: Samples.article(text, title: title, published: published), facts: facts,
      identity: Digest.identity(of: Array(text.utf8)))
  }
}

extension Store {
  /// What a check finds, a sentence each.
  func check() throws -> [String] {
    var reasons: [String] = []
    try check { reasons.append($0.reason) }
    return reasons
  }
}
