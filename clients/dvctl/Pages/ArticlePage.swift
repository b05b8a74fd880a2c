import DanvanMessages

/// An article with its facts as the values that its template names.
///
/// The text is cut where a fact begins or ends, so that facts may lie within each other or cross: each piece
/// has the facts that it is part of, the shortest first.
struct ArticlePage {
  let article: Danvan_V1_Article
  let text: String
  private let facts: [FoundFact]

  init(article: Danvan_V1_Article, text: String) {
    self.article = article
    self.text = text
    facts = FoundFact.list(article.facts).filter(\.isCorrectable)
  }

  var values: JSON {
    .object([
      "id": .integer(article.id),
      "title": .string(article.hasTitle ? article.title.oneLine : "Article \(article.id)"),
      "about": .array(about.map { ["name": .string($0), "value": .string($1.oneLine)] }),
      "url": .string(webAddress), "legend": .array(legend), "lines": .array(lines),
      "any_persons": .bool(!persons.isEmpty),
      "persons": .array(persons.enumerated().map { person($1, number: $0) }),
      "any_events": .bool(!article.facts.events.isEmpty),
      "events": .array(article.facts.events.enumerated().map { event($1, number: $0) }),
      "any_directives": .bool(!article.facts.directives.isEmpty),
      "directives": .array(article.facts.directives.enumerated().map { directive($1, number: $0) }),
      "any_corrections": .bool(!article.corrections.isEmpty),
      "corrections": .array(article.corrections.map(correction)),
      "made_by": .string("danvan \(Dvctl.version), rules \(article.facts.ruleSet)"),
    ])
  }

  private var about: [(String, String)] {
    let facts = article.facts
    let fields: [(String, String?)] = [
      ("date", facts.hasDate ? facts.date : nil),
      ("published", article.hasPublished ? article.published : nil),
      ("publisher", article.hasPublisher ? article.publisher : nil),
      ("source", facts.hasSource ? facts.source : nil),
      ("article", String(article.id)),
    ]
    return fields.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Only what a browser opens as a page: an address comes from outside.
  private var webAddress: String {
    article.hasURL && ["http://", "https://"].contains(where: article.url.hasPrefix)
      ? article.url : ""
  }

  private var legend: [JSON] {
    Self.kinds.compactMap { kind in
      let count = facts.count { $0.kind == kind }
      return count == 0
        ? nil
        : [
          "kind": .string(kind), "code": .string(kind.lowercased()),
          "count": .integer(Int64(count)),
        ]
    }
  }

  private static let kinds = [
    "PERSON", "TITLE", "ORG", "LOC", "TIME", "INSTRUMENT", "CAMPAIGN", "EVENT", "STATEMENT",
    "DIRECTIVE",
  ]

  // MARK: The text

  private var lines: [JSON] {
    let bytes = Array(text.utf8)
    var cuts = Set(facts.flatMap { [Int($0.start), Int($0.end)] }.filter { $0 < bytes.count })
    for (place, byte) in bytes.enumerated() where byte == 0x0A {
      cuts.formUnion([place, place + 1])
    }
    let ends = cuts.union([0, bytes.count]).sorted()
    var lines: [[JSON]] = [[]]
    for (start, end) in zip(ends, ends.dropFirst()) {
      if bytes[start] == 0x0A {
        lines.append([])
      } else {
        let piece = String(decoding: bytes[start..<end], as: UTF8.self)
        lines[lines.count - 1].append(run(piece, UInt32(start), UInt32(end)))
      }
    }
    return lines.filter { !$0.isEmpty }.map { ["runs": .array($0)] }
  }

  private func run(_ piece: String, _ start: UInt32, _ end: UInt32) -> JSON {
    let here = facts.filter { $0.start <= start && end <= $0.end }
      .sorted { ($0.end - $0.start, $0.kind) < ($1.end - $1.start, $1.kind) }
    let isCorrected = here.contains { $0.evidence.hasBy }
    return .object([
      "text": .string(piece), "is_fact": .bool(!here.isEmpty),
      "codes": .string(
        (here.map { $0.kind.lowercased() } + (isCorrected ? ["corrected"] : []))
          .joined(separator: " ")),
      "ids": .array(here.filter { $0.start == start }.map { .string(Self.anchor($0)) }),
      "target": .string(here.lazy.compactMap(target).first ?? ""),
      "facts": .array(here.map(card)),
    ])
  }

  private func card(_ fact: FoundFact) -> JSON {
    .object([
      "kind": .string(fact.kind), "code": .string(fact.kind.lowercased()),
      "name": .string(fact.name(in: article.id)), "text": .string(fact.text.oneLine),
      "details": .array(
        fact.details.map { ["name": .string($0.name), "value": .string($0.value.oneLine)] }),
      "rule": .string(fact.evidence.rule),
      "by": .string(fact.evidence.hasBy ? fact.evidence.by.oneLine : ""),
      "confidence": .string(fact.evidence.hasBy ? "" : "\(fact.evidence.confidence)"),
    ])
  }

  private static func anchor(_ fact: FoundFact) -> String {
    "f-\(fact.kind.lowercased())-\(fact.start)-\(fact.end)"
      + (fact.number > 0 ? "-\(fact.number)" : "")
  }

  /// The place below the text where more is said of whom or what the fact is about.
  private func target(_ fact: FoundFact) -> String? {
    switch fact.kind {
    case "PERSON", "TITLE", "STATEMENT":
      let name =
        fact.details.first { ["name", "holder", "speaker"].contains($0.name) }?.value
        ?? (fact.kind == "PERSON" ? fact.text : "")
      return persons.firstIndex(of: name).map { "person-\($0 + 1)" }
    case "EVENT":
      let same = article.facts.events.indices.filter {
        let other = article.facts.events[$0]
        return other.start == fact.start && other.end == fact.end
      }
      return same.dropFirst(max(0, fact.number - 1)).first.map { "event-\($0 + 1)" }
    case "DIRECTIVE":
      let same = article.facts.directives.indices.filter {
        let other = article.facts.directives[$0]
        return other.start == fact.start && other.end == fact.end
      }
      return same.dropFirst(max(0, fact.number - 1)).first.map { "directive-\($0 + 1)" }
    default: return nil
    }
  }

  // MARK: Below the text

  /// Full names, in the order of first mention.
  private var persons: [String] {
    var seen: Set<String> = []
    return article.facts.mentions.compactMap { mention in
      let name: String
      switch mention.type {
      case "PERSON": name = mention.hasName ? mention.name : mention.text
      case "TITLE" where mention.hasHolder: name = mention.holder
      default: return nil
      }
      return seen.insert(name).inserted ? name : nil
    }
  }

  private func person(_ name: String, number: Int) -> JSON {
    var seen: Set<String> = []
    let posts = article.facts.mentions.filter { $0.type == "TITLE" && $0.holder == name }
      .map(\.text).filter { seen.insert($0).inserted }
    let place = facts.first { fact in
      fact.kind == "PERSON"
        && (fact.details.first { $0.name == "name" }?.value ?? fact.text) == name
    }
    return .object([
      "anchor": .string("person-\(number + 1)"), "name": .string(name.oneLine),
      "posts": .array(posts.map { ["text": .string($0.oneLine)] }),
      "place": .string(place.map(Self.anchor) ?? ""),
      // The one of that name of whom this article speaks.
      "command": .string("dvctl person \(Self.quoted("\(name)@\(article.id)"))"),
    ])
  }

  private func event(_ event: Danvan_V1_Event, number: Int) -> JSON {
    let place = facts.filter {
      $0.kind == "EVENT" && $0.start == event.start && $0.end == event.end
    }
    // Events of the same words are told apart by their order, as facts are.
    let before = article.facts.events.prefix(number).count {
      $0.start == event.start && $0.end == event.end
    }
    let day = event.when.prefix(10)
    let isDay =
      day.utf8.count == 10 && day.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
    return .object([
      "anchor": .string("event-\(number + 1)"), "name": .string(event.name.oneLine),
      "type": .string(event.type), "status": .string(event.status), "when": .string(event.when),
      "where": .string(event.place.oneLine),
      "chairs": .string(event.chairs.joined(separator: ", ").oneLine),
      "place": .string(place.dropFirst(before).first.map(Self.anchor) ?? ""),
      "command": .string(isDay ? "dvctl events --from \(day) --to \(day)" : ""),
    ])
  }

  private func directive(_ fact: Danvan_V1_Directive, number: Int) -> JSON {
    let place = facts.first {
      $0.kind == "DIRECTIVE" && $0.start == fact.start && $0.end == fact.end
    }
    return .object([
      "anchor": .string("directive-\(number + 1)"), "issuer": .string(fact.issuer.oneLine),
      "addressee": .string(fact.addressee.oneLine), "action": .string(fact.action.oneLine),
      "time": .string(fact.time.oneLine), "place": .string(place.map(Self.anchor) ?? ""),
      "command": .string("dvctl directive \(article.id).\(fact.start)"),
    ])
  }

  private func correction(_ correction: Danvan_V1_Correction) -> JSON {
    .object([
      "id": .integer(correction.id),
      "told": .string(CorrectionsReport.sentence(correction).oneLine),
      "state": .string(correction.state), "who": .string(correction.who.oneLine),
      "day": .string(String(correction.time.prefix(10))), "why": .string(correction.why.oneLine),
    ])
  }

  /// As one word of a shell.
  private static func quoted(_ text: String) -> String {
    "'"
      + text.oneLine.split(separator: "'", omittingEmptySubsequences: false).joined(
        separator: "'\\''")
      + "'"
  }
}
