import DanvanLanguage
import DanvanMessages

/// Why facts were found: the places asked for, each fact with its rule, and what was given up.
struct ReasonsReport: Report {
  private let answer: Danvan_V1_ExplainResponse
  private let facts: [FoundFact]
  private let rules: [String: Danvan_V1_Rule]
  private let hasLosers: Bool
  /// The article that was asked about; nil for a document that is not stored.
  private let article: Int64?
  private static let shownPlaces = 10

  /// `withLosers`: they were asked for, so that there being none is said.
  init(_ answer: Danvan_V1_ExplainResponse, of article: Int64? = nil, withLosers: Bool) {
    self.answer = answer
    self.article = article
    facts = FoundFact.list(answer.facts)
    rules = Dictionary(answer.rules.map { ($0.id, $0) }) { first, _ in first }
    hasLosers = withLosers
  }

  func lines(_ style: Style) -> [String] {
    var lines = notes.map { style.paint(Localized("note").text.padded(to: 11), .dim) + $0 }
    if !lines.isEmpty { lines.append("") }
    lines += placeLines(style)
    if facts.isEmpty { lines.append(Localized("Nothing is found here.").text) }
    var told: Set<String> = []
    for fact in facts {
      let isNew = told.insert(fact.evidence.rule).inserted
      lines += self.lines(fact, explainingRule: isNew, style) + [""]
    }
    lines += IncumbentReport(answer.incumbents).section(style)
    lines += CorrectionsReport(answer.corrections).section(style)
    if hasLosers { lines += loserLines(style) }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  var json: JSON {
    .object([
      "places": .array(
        answer.places.map {
          .object(["byte_start": .integer(Int64($0.start)), "byte_end": .integer(Int64($0.end))])
        }),
      "found": .array(facts.map { found($0) }),
      "corrections": answer.corrections.isEmpty
        ? nil : .array(CorrectionsReport(answer.corrections).rows),
      "given_up": hasLosers ? .array(answer.losers.map { loser($0) }) : nil,
      "given_up_omitted": hasLosers ? .integer(Int64(clamping: answer.losersOmitted)) : nil,
      "rule_set": .string(answer.facts.ruleSet),
      "stored_rule_set": answer.hasStoredRuleSet ? .string(answer.storedRuleSet) : nil,
      "rules": .array(RulesReport(rules: answer.rules, isDetailed: true).rows),
    ]).adding(IncumbentReport(answer.incumbents).member)
  }

  var rows: [JSON] {
    facts.map { JSON.object(["outcome": .string("found")]).adding(found($0)) }
      + answer.losers.map { JSON.object(["outcome": .string("given up")]).adding(loser($0)) }
  }

  private var notes: [String] {
    answer.hasStoredRuleSet
      ? [
        Localized(
          """
          the stored facts are of rule set \(answer.storedRuleSet.printable); \
          this is what \(answer.facts.ruleSet.printable) finds
          """
        ).text
      ] : []
  }

  /// The line of the text around each place, the place marked.
  private func placeLines(_ style: Style) -> [String] {
    let bytes = Array(answer.text.utf8)
    var lines: [String] = []
    for place in answer.places.prefix(Self.shownPlaces) {
      let end = min(Int(place.end), bytes.count)
      let range = min(Int(place.start), end)..<end
      let first = bytes[..<range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let last = bytes[range.upperBound...].firstIndex(of: 0x0A) ?? bytes.count
      let line = String(decoding: bytes[first..<last], as: UTF8.self)
      lines += PaintedText.lines(of: line, style) { range.contains(first + $0) ? .hit : .none }
      lines.append("")
    }
    let more = answer.places.count - Self.shownPlaces
    if more > 0 { lines += [Localized("… and at \(more) other places").text, ""] }
    return lines
  }

  private func lines(_ fact: FoundFact, explainingRule: Bool, _ style: Style) -> [String] {
    let details = fact.details.map {
      style.paint(Localized(code: $0.name).text, .dim) + " " + $0.told.text.oneLine.printable
    }
    let head = indented(fact.text, after: fact.kind, style)
    let tail = details.isEmpty ? [] : ["  " + details.joined(separator: "  ")]
    let rule =
      "\(fact.evidence.rule.printable), "
      + (fact.evidence.hasBy
        ? fact.evidence.by.oneLine.printable : Quantities.decimal(fact.evidence.confidence))
    let name =
      name(of: fact).map { ["  \(style.paint(Localized("fact").text, .dim)) \($0)"] } ?? []
    return head + tail + name + ["  \(style.paint(Localized("rule").text, .dim)) \(rule)"]
      + (explainingRule ? ruleLines(fact.evidence.rule, style) : [])
  }

  private func name(of fact: FoundFact) -> String? {
    fact.isCorrectable ? article.map(fact.name) : nil
  }

  private func ruleLines(_ id: String, _ style: Style) -> [String] {
    guard let rule = rules[id] else { return [] }
    return ([Localized(rule.note, by: .rule).text] + rule.examples.prefix(1)).flatMap {
      indented($0, after: "     ", style, paint: .dim)
    }
  }

  private func loserLines(_ style: Style) -> [String] {
    var lines = [style.paint(Localized("Given up").text, .bold)]
    if answer.losers.isEmpty { return lines + [Localized("nothing").text] }
    for loser in answer.losers {
      lines += indented(loser.text, after: loser.kind, style)
      let rule =
        loser.rule.isEmpty
        ? "" : "\(style.paint(Localized("rule").text, .dim)) \(loser.rule.printable): "
      lines.append(
        "  \(rule)\(Localized(loser.reason, by: .danvan).text.oneLine.printable)")
    }
    if answer.losersOmitted > 0 {
      lines.append(Localized("… and \(answer.losersOmitted) more").text)
    }
    return lines
  }

  /// Text in the terminal's width behind a word of two columns' distance.
  private func indented(
    _ text: String, after head: String, _ style: Style, paint: Paint = .none
  ) -> [String] {
    let margin = head.count + 2
    let inner = Style(
      hasColor: style.hasColor, width: style.width.map { max(20, $0 - margin) })
    let folded = PaintedText.lines(of: text.oneLine, inner) { _ in paint }
    return folded.enumerated().map { index, line in
      (index == 0
        ? style.paint(head, paint == .none ? .bold : .dim) + "  "
        : String(repeating: " ", count: margin)) + line
    }
  }

  private func found(_ fact: FoundFact) -> JSON {
    place(fact.kind, fact.start, fact.end, fact.text)
      .adding(.object(["rule": .string(fact.evidence.rule)]))
      .adding(
        .object([
          "confidence": .real(fact.evidence.confidence),
          "by": fact.evidence.hasBy ? .string(fact.evidence.by) : nil,
          "fact": name(of: fact).map { .string($0) },
        ])
      )
      .adding(.object(fact.details.map { JSON.Member(name: $0.name, value: .string($0.value)) }))
  }

  private func loser(_ loser: Danvan_V1_Loser) -> JSON {
    place(loser.kind, loser.start, loser.end, loser.text).adding(
      .object([
        "rule": loser.rule.isEmpty ? nil : .string(loser.rule), "reason": .string(loser.reason),
      ]))
  }

  private func place(_ kind: String, _ start: UInt32, _ end: UInt32, _ text: String) -> JSON {
    .object([
      "kind": .string(kind), "byte_start": .integer(Int64(start)),
      "byte_end": .integer(Int64(end)), "text": .string(text),
    ])
  }
}
