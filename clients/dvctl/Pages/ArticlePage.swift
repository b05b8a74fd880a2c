import DanvanLanguage
import DanvanMessages

/// An article with its facts as the values that its template names.
///
/// The text is cut where a fact begins or ends, so that facts may lie within each other or cross: each piece
/// has the facts that it is part of, the shortest first.
struct ArticlePage {
  let article: Danvan_V1_Article
  let text: String
  private let facts: [FoundFact]
  /// Full names, in the order of first mention, and each one's place among them.
  private let persons: [String]
  private let personNumbers: [String: Int]
  /// Of each person, the texts of the titles held.
  private let posts: [String: [String]]
  /// Where each person is named first.
  private let personPlaces: [String: FoundFact]
  /// Facts, events and directives by what they are and where they stand, in their order.
  private let factsByPlace: [FactPlace: [FoundFact]]
  private let events: [FactPlace: [Int]]
  private let directives: [FactPlace: [Int]]

  private struct FactPlace: Hashable {
    let kind: String
    let start: UInt32
    let end: UInt32
  }

  init(article: Danvan_V1_Article, text: String) {
    self.article = article
    self.text = text
    facts = FoundFact.list(article.facts).filter(\.isCorrectable)
    persons = Self.persons(of: article.facts)
    personNumbers = Dictionary(uniqueKeysWithValues: persons.enumerated().map { ($1, $0) })
    posts = Dictionary(
      grouping: article.facts.mentions.filter { $0.type == "TITLE" }, by: \.holder
    ).mapValues { $0.map(\.text) }
    personPlaces = Dictionary(
      facts.filter { $0.kind == "PERSON" }.map { fact in
        (fact.details.first { $0.name == "name" }?.value ?? fact.text, fact)
      }
    ) { first, _ in first }
    factsByPlace = Dictionary(grouping: facts) {
      FactPlace(kind: $0.kind, start: $0.start, end: $0.end)
    }
    events = Dictionary(grouping: article.facts.events.indices) {
      let event = article.facts.events[$0]
      return FactPlace(kind: "EVENT", start: event.start, end: event.end)
    }
    directives = Dictionary(grouping: article.facts.directives.indices) {
      let directive = article.facts.directives[$0]
      return FactPlace(kind: "DIRECTIVE", start: directive.start, end: directive.end)
    }
  }

  var values: JSON {
    .object([
      "lang": .string(UserLanguage.current.code), "t": ArticleLabels.json,
      "id": .integer(article.id),
      "title": .string(
        article.hasTitle ? article.title.oneLine : Localized("article \(article.id)").text),
      "about": .array(about.map { ["name": .string($0.text), "value": .string($1.oneLine)] }),
      "url": .string(webAddress), "legend": .array(legend), "lines": .array(lines),
      "any_persons": .bool(!persons.isEmpty),
      "persons": .array(persons.enumerated().map { person($1, number: $0) }),
      "any_events": .bool(!article.facts.events.isEmpty),
      "events": .array(article.facts.events.enumerated().map { event($1, number: $0) }),
      "any_directives": .bool(!article.facts.directives.isEmpty),
      "directives": .array(article.facts.directives.enumerated().map { directive($1, number: $0) }),
      "any_incumbents": .bool(!article.incumbents.isEmpty),
      "incumbents": .array(article.incumbents.map(incumbent)),
      "any_corrections": .bool(!article.corrections.isEmpty),
      "corrections": .array(article.corrections.map(correction)),
      "made_by": .string("danvan \(Dvctl.version), rules \(article.facts.ruleSet)"),
    ])
  }

  private var about: [(Localized, String)] {
    let facts = article.facts
    let fields: [(Localized, String?)] = [
      (Localized("date"), facts.hasDate ? facts.date : nil),
      (Localized("published"), article.hasPublished ? article.published : nil),
      (Localized("publisher"), article.hasPublisher ? article.publisher : nil),
      (Localized("source"), facts.hasSource ? facts.source : nil),
      (Localized("article"), String(article.id)),
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
          "kind": .string(Localized(code: kind.lowercased()).text),
          "code": .string(kind.lowercased()), "count": .integer(Int64(count)),
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
    // The facts that a piece is part of, by going through both once.
    var coming = facts.sorted { $0.start < $1.start }[...]
    var here: [FoundFact] = []
    for (start, end) in zip(ends, ends.dropFirst()) {
      here.removeAll { $0.end < end }
      while let next = coming.first, next.start <= start {
        coming.removeFirst()
        if end <= next.end { here.append(next) }
      }
      if bytes[start] == 0x0A {
        lines.append([])
      } else {
        let piece = String(decoding: bytes[start..<end], as: UTF8.self)
        lines[lines.count - 1].append(run(piece, UInt32(start), in: here))
      }
    }
    return lines.filter { !$0.isEmpty }.map { ["runs": .array($0)] }
  }

  private func run(_ piece: String, _ start: UInt32, in facts: [FoundFact]) -> JSON {
    let here = facts.sorted {
      ($0.end - $0.start, $0.kind, $0.start) < ($1.end - $1.start, $1.kind, $1.start)
    }
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
        fact.details.map {
          [
            "name": .string(Localized(code: $0.name).text),
            "value": .string($0.told.text.oneLine),
          ]
        }),
      "rule": .string(fact.evidence.rule),
      "by": .string(fact.evidence.hasBy ? fact.evidence.by.oneLine : ""),
      "confidence": .string(
        fact.evidence.hasBy ? "" : Quantities.decimal(fact.evidence.confidence)),
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
      return personNumbers[name].map { "person-\($0 + 1)" }
    case "EVENT", "DIRECTIVE":
      let place = FactPlace(kind: fact.kind, start: fact.start, end: fact.end)
      let same = (fact.kind == "EVENT" ? events : directives)[place] ?? []
      return same.dropFirst(max(0, fact.number - 1)).first
        .map { "\(fact.kind.lowercased())-\($0 + 1)" }
    default: return nil
    }
  }

  // MARK: Below the text

  private static func persons(of facts: Danvan_V1_ArticleFacts) -> [String] {
    var seen: Set<String> = []
    return facts.mentions.compactMap { mention in
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
    let posts = (self.posts[name] ?? []).filter { seen.insert($0).inserted }
    let place = personPlaces[name]
    return .object([
      "anchor": .string("person-\(number + 1)"), "name": .string(name.oneLine),
      "posts": .array(posts.map { ["text": .string($0.oneLine)] }),
      "place": .string(place.map(Self.anchor) ?? ""),
      // The one of that name of whom this article speaks.
      "command": .string("dvctl person \(Self.quoted("\(name)@\(article.id)"))"),
    ])
  }

  private func event(_ event: Danvan_V1_Event, number: Int) -> JSON {
    let place = FactPlace(kind: "EVENT", start: event.start, end: event.end)
    // Events of the same words are told apart by their order, as facts are.
    let before = events[place]?.firstIndex(of: number) ?? 0
    let day = event.when.prefix(10)
    let isDay =
      day.utf8.count == 10 && day.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
    return .object([
      "anchor": .string("event-\(number + 1)"), "name": .string(event.name.oneLine),
      "type": .string(Localized(eventType: event.type).text),
      "status": .string(Localized(code: event.status).text), "when": .string(event.when),
      "where": .string(event.place.oneLine),
      "chairs": .string(event.chairs.joined(separator: ", ").oneLine),
      "place": .string(
        factsByPlace[place]?.dropFirst(before).first.map(Self.anchor) ?? ""),
      "command": .string(isDay ? "dvctl events --from \(day) --to \(day)" : ""),
    ])
  }

  private func directive(_ fact: Danvan_V1_Directive, number: Int) -> JSON {
    let place = factsByPlace[FactPlace(kind: "DIRECTIVE", start: fact.start, end: fact.end)]?.first
    return .object([
      "anchor": .string("directive-\(number + 1)"), "issuer": .string(fact.issuer.oneLine),
      "addressee": .string(fact.addressee.oneLine), "action": .string(fact.action.oneLine),
      "time": .string(fact.time.oneLine), "place": .string(place.map(Self.anchor) ?? ""),
      "command": .string("dvctl directive \(article.id).\(fact.start)"),
    ])
  }

  private func incumbent(_ incumbent: Danvan_V1_Incumbent) -> JSON {
    .object([
      "name": .string(incumbent.name.oneLine), "post": .string(incumbent.post.oneLine),
      "sources": .array(
        incumbent.sources.enumerated().map { number, source in
          [
            "article": .integer(source.articleID), "date": .string(source.date),
            "more": .bool(number + 1 < incumbent.sources.count),
          ]
        }),
      "command": .string("dvctl person \(Self.quoted(incumbent.entity))"),
    ])
  }

  private func correction(_ correction: Danvan_V1_Correction) -> JSON {
    .object([
      "id": .integer(correction.id),
      "told": .string(CorrectionsReport.sentence(correction).oneLine),
      "state": .string(Localized(code: correction.state).text),
      "who": .string(correction.who.oneLine),
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
