import DanvanLanguage
import DanvanMessages

/// The facts of an article as a list for people, kind by kind.
struct FactsList {
  private let facts: Danvan_V1_ArticleFacts
  private let style: Style

  init(_ facts: Danvan_V1_ArticleFacts, _ style: Style) {
    self.facts = facts
    self.style = style
  }

  var lines: [String] {
    var lines: [String] = []
    if facts.hasDate || facts.hasSource {
      lines += section(
        Localized("Document"),
        [
          facts.hasDate
            ? "\(Localized("date").text.padded(to: 8))\(facts.date)"
              + (facts.hasDateBasis ? " (\(Localized(code: facts.dateBasis).text))" : "") : nil,
          facts.hasSource ? "\(Localized("source").text.padded(to: 8))\(facts.source)" : nil,
        ].compactMap { $0 })
    }
    lines += section(Localized("Persons"), persons)
    lines += section(
      Localized("Titles without a holder"),
      distinct(facts.mentions.filter { $0.type == "TITLE" && !$0.hasHolder }))
    lines += section(Localized("Bodies"), distinct(facts.mentions.filter { $0.type == "ORG" }))
    lines += section(Localized("Places"), distinct(facts.mentions.filter { $0.type == "LOC" }))
    lines += section(Localized("Times"), times)
    lines += section(Localized("Events"), facts.events.map(event))
    lines += section(Localized("Statements"), facts.statements.map(statement))
    lines += section(Localized("Directives"), facts.directives.map(directive))
    lines += section(Localized("Instruments"), facts.instruments.map(\.text))
    lines += section(Localized("Campaigns"), facts.campaigns.map(\.text))
    lines += section(
      Localized("Positions"),
      facts.positions.map { fact in
        "\(fact.person): \(fact.role)" + (fact.hasBody ? ", \(fact.body)" : "")
          + (fact.hasDate ? " (\(fact.date))" : "")
      })
    lines += section(
      Localized("Topics"), facts.topics.map { $0.count > 1 ? "\($0.name) (\($0.count))" : $0.name })
    if !facts.keyPhrases.isEmpty {
      lines += section(
        Localized("Key phrases"), [facts.keyPhrases.map(\.text).joined(separator: "; ")])
    }
    return lines
  }

  private func section(_ name: Localized, _ entries: [String]) -> [String] {
    if entries.isEmpty { return [] }
    return ["", style.paint(name.text, .bold)] + entries.flatMap(folded)
  }

  /// Indented by two, what goes on in further lines by six.
  private func folded(_ entry: String) -> [String] {
    let inner = Style(hasColor: style.hasColor, width: style.width.map { max(20, $0 - 6) })
    let lines = PaintedText.lines(of: entry.oneLine, inner) { _ in .none }
    return lines.enumerated().map { ($0.offset == 0 ? "  " : "      ") + $0.element }
  }

  /// Each person with the titles held, in the order of first mention.
  private var persons: [String] {
    var names: [String] = []
    var titles: [String: [String]] = [:]
    for mention in facts.mentions {
      switch mention.type {
      case "PERSON":
        let name = mention.hasName ? mention.name : mention.text
        if !names.contains(name) { names.append(name) }
      case "TITLE" where mention.hasHolder:
        if titles[mention.holder, default: []].contains(mention.text) { continue }
        titles[mention.holder, default: []].append(mention.text)
        if !names.contains(mention.holder) { names.append(mention.holder) }
      default: continue
      }
    }
    return names.map { name in
      name + (titles[name].map { ": " + $0.joined(separator: "; ") } ?? "")
    }
  }

  private var times: [String] {
    var seen: Set<String> = []
    return facts.mentions.filter { $0.type == "TIME" }.compactMap { mention in
      let entry =
        mention.text + (mention.hasValue ? " = \(mention.value)" : "")
        + (mention.hasBasis ? " (\(Localized(mention.basis, by: .danvan).text))" : "")
      return seen.insert(entry).inserted ? entry : nil
    }
  }

  /// The texts, each once, with the number of times where more than one.
  private func distinct(_ mentions: [Danvan_V1_Mention]) -> [String] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for mention in mentions {
      if counts[mention.text] == nil { order.append(mention.text) }
      counts[mention.text, default: 0] += 1
    }
    return order.map { text in
      (counts[text] ?? 1) > 1 ? "\(text) (\(counts[text] ?? 1))" : text
    }
  }

  private func event(_ fact: Danvan_V1_Event) -> String {
    let details: [String?] = [
      fact.hasWhen ? fact.when : nil,
      fact.hasPlace ? Localized("at \(fact.place)").text : nil,
      fact.chairs.isEmpty
        ? nil : Localized("chaired by \(fact.chairs.joined(separator: ", "))").text,
      fact.attendees.isEmpty
        ? nil : Localized("attended by \(fact.attendees.joined(separator: ", "))").text,
    ]
    let kind = Localized(eventType: fact.type).text
    return "\(fact.name) [\(kind), \(Localized(code: fact.status).text)]"
      + details.compactMap { $0 }.map { ", \($0)" }.joined()
  }

  private func statement(_ fact: Danvan_V1_Statement) -> String {
    let cue =
      fact.hasCue ? " \(fact.cue)" : (fact.continuation ? " (\(Localized("goes on").text))" : "")
    return "\(fact.speaker)\(cue): "
      + (fact.kind == "direct" ? "“\(fact.content)”" : fact.content)
  }

  private func directive(_ fact: Danvan_V1_Directive) -> String {
    let addressee = fact.hasAddressee ? " \(fact.addressee)" : ""
    let time = fact.hasTime ? " [\(fact.time)]" : ""
    return "\(fact.issuer) \(fact.hasVerb ? fact.verb : "→")\(addressee): \(fact.action)\(time)"
  }
}

extension String {
  var oneLine: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\n" ? " " : $0 }))
  }
}
