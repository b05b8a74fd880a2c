import DanvanLanguage
import DanvanMessages

/// Any fact as one line of a list: what was found, where, and by which rule.
struct FoundFact {
  let kind: String
  let start: UInt32
  let end: UInt32
  let text: String
  /// What the fact says besides its words: value, holder, speaker …
  let details: [Detail]
  let evidence: Danvan_V1_Evidence
  /// Which one of those of its kind at its bytes, from 1; 0 where it is the only one.
  private(set) var number = 0

  /// What the fact says besides its words.
  struct Detail {
    let name: String
    let value: String

    /// The value for people, where it is a word of ours and not of the text.
    var told: Localized {
      switch name {
      case "basis": Localized(value, by: .danvan)
      case "type": Localized(eventType: value)
      case "status", "kind", "goes on": Localized(code: value)
      default: Localized(verbatim: value)
      }
    }
  }

  /// Whether it can be corrected; the other kinds follow from these.
  var isCorrectable: Bool { !["TOPIC", "KEY_PHRASE", "POSITION"].contains(kind) }

  /// By which `correct` takes it: kind and bytes behind the article's number.
  func name(in article: Int64) -> String {
    "\(article).\(kind).\(start)-\(end)" + (number > 0 ? ".\(number)" : "")
  }

  /// As a row of a table: its bytes in the text, its words, what it says, and what found it.
  var row: JSON {
    let columns = ["kind": "form", "goes on": "continuation"]
    return JSON.object([
      "kind": .string(kind), "byte_start": .integer(Int64(start)),
      "byte_end": .integer(Int64(end)), "text": .string(text),
    ]).adding(
      .object(
        details.map { JSON.Member(name: columns[$0.name] ?? $0.name, value: .string($0.value)) })
    ).adding(
      .object([
        "rule": .string(evidence.rule), "confidence": .real(evidence.confidence),
      ]))
  }

  /// All facts in the order of the text, the longer of two that start together first.
  static func list(_ facts: Danvan_V1_ArticleFacts) -> [FoundFact] {
    var found = facts.mentions.map(FoundFact.init)
    found += facts.events.map(FoundFact.init)
    found += facts.statements.map(FoundFact.init)
    found += facts.directives.map(FoundFact.init)
    found += facts.instruments.map { FoundFact("INSTRUMENT", $0) }
    found += facts.campaigns.map { FoundFact("CAMPAIGN", $0) }
    found += facts.topics.map(FoundFact.init)
    found += facts.keyPhrases.map { FoundFact("KEY_PHRASE", $0) }
    found += facts.positions.map(FoundFact.init)
    var seen: [String: [Int]] = [:]
    for place in found.indices { seen[found[place].name(in: 0), default: []].append(place) }
    for places in seen.values where places.count > 1 {
      for (number, place) in places.enumerated() { found[place].number = number + 1 }
    }
    return found.sorted { ($0.start, -Int64($0.end)) < ($1.start, -Int64($1.end)) }
  }

  private init(
    _ kind: String, _ start: UInt32, _ end: UInt32, _ text: String,
    _ details: [(String, String)], _ evidence: Danvan_V1_Evidence
  ) {
    self.kind = kind
    self.start = start
    self.end = end
    self.text = text
    self.details = details.filter { !$1.isEmpty }.map { Detail(name: $0, value: $1) }
    self.evidence = evidence
  }

  private init(_ fact: Danvan_V1_Mention) {
    self.init(
      fact.type, fact.start, fact.end, fact.text,
      [
        ("value", fact.value), ("basis", fact.basis), ("holder", fact.holder),
        ("name", fact.name == fact.text ? "" : fact.name),
      ], fact.evidence)
  }

  private init(_ fact: Danvan_V1_Event) {
    self.init(
      "EVENT", fact.start, fact.end, fact.name,
      [
        ("type", fact.type), ("status", fact.status), ("when", fact.when), ("place", fact.place),
        ("chairs", fact.chairs.joined(separator: ", ")),
        ("attendees", fact.attendees.joined(separator: ", ")),
      ], fact.evidence)
  }

  private init(_ fact: Danvan_V1_Statement) {
    self.init(
      "STATEMENT", fact.start, fact.end, fact.content,
      [
        ("speaker", fact.speaker), ("cue", fact.cue), ("kind", fact.kind),
        ("goes on", fact.continuation ? "yes" : ""),
      ], fact.evidence)
  }

  private init(_ fact: Danvan_V1_Directive) {
    self.init(
      "DIRECTIVE", fact.start, fact.end, fact.action,
      [
        ("issuer", fact.issuer), ("verb", fact.verb), ("addressee", fact.addressee),
        ("time", fact.time),
      ], fact.evidence)
  }

  private init(_ kind: String, _ fact: Danvan_V1_NamedThing) {
    self.init(kind, fact.start, fact.end, fact.text, [], fact.evidence)
  }

  private init(_ fact: Danvan_V1_Topic) {
    self.init(
      "TOPIC", fact.start, fact.end, fact.name, [("cues", String(fact.count))], fact.evidence)
  }

  private init(_ fact: Danvan_V1_Position) {
    self.init(
      "POSITION", fact.start, fact.end, fact.role,
      [("person", fact.person), ("body", fact.body), ("date", fact.date)], fact.evidence)
  }
}
