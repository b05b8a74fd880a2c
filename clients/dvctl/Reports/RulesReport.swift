import DanvanLanguage
import DanvanMessages

/// The rules by which facts are found: one in full, several as a table.
struct RulesReport: Report {
  let rules: [Danvan_V1_Rule]
  let isDetailed: Bool

  func lines(_ style: Style) -> [String] {
    if isDetailed { return Array(rules.map { Self.full($0, style) }.joined(separator: [""])) }
    var table = Table([
      Table.Column(name: Localized("RULE")),
      Table.Column(name: Localized("CONFIDENCE"), side: .right),
      Table.Column(name: Localized("NOTE"), least: 20),
    ])
    table.rows = rules.map {
      [
        $0.id, $0.off ? Localized("off").text : Quantities.decimal($0.confidence),
        Localized($0.note, by: .rule).text.oneLine,
      ]
    }
    return table.lines(style)
  }

  private static func full(_ rule: Danvan_V1_Rule, _ style: Style) -> [String] {
    let lists = [
      ("match", rule.match), ("value", rule.hasValue ? [rule.value] : []),
      ("examples", rule.examples), ("rejects", rule.rejects),
    ]
    return [style.paint(rule.id, .bold), Localized(rule.note, by: .rule).text.printable]
      + [
        Localized(
          "finds \(rule.kind), confidence \(Quantities.decimal(rule.confidence)), from \(rule.file)"
        ).text
      ]
      + (rule.off ? [Localized("An overlay has switched it off: it finds nothing.").text] : [])
      + lists.flatMap { name, list in
        list.isEmpty
          ? []
          : [style.paint(Localized(code: name).text, .dim)]
            + list.map { "  " + $0.oneLine.printable }
      }
  }

  var json: JSON { isDetailed && rules.count == 1 ? rows[0] : .array(rows) }

  var rows: [JSON] {
    rules.map { rule in
      .object([
        "id": .string(rule.id), "kind": .string(rule.kind), "note": .string(rule.note),
        "match": .strings(rule.match), "value": rule.hasValue ? .string(rule.value) : nil,
        "confidence": .real(rule.confidence), "examples": .strings(rule.examples),
        "rejects": .strings(rule.rejects), "file": .string(rule.file),
        "off": .bool(rule.off),
      ])
    }
  }
}
