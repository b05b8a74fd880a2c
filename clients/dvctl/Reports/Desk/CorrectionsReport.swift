import DanvanMessages

/// What people have said of facts, the oldest first.
struct CorrectionsReport: Report {
  private let corrections: [Danvan_V1_Correction]

  init(_ corrections: [Danvan_V1_Correction]) { self.corrections = corrections }

  func lines(_ style: Style) -> [String] {
    corrections.flatMap { correction -> [String] in
      let number = "\(correction.id)  "
      let margin = String(repeating: " ", count: number.count)
      let inner = Style(
        hasColor: style.hasColor, width: style.width.map { max(20, $0 - margin.count) })
      let told = PaintedText.lines(of: Self.sentence(correction).oneLine, inner) { _ in .none }
      let state = style.paint(
        Localized(code: correction.state).text, correction.state == "stale" ? .bad : .dim)
      let rest = [
        Localized("article \(correction.articleID)").text, correction.who,
        String(correction.time.prefix(10)),
        correction.why,
      ].filter { !$0.isEmpty }.joined(separator: " · ")
      return told.enumerated().map { ($0 == 0 ? style.paint(number, .bold) : margin) + $1 }
        + ["\(margin)\(state)\(style.paint(" · " + rest.oneLine.printable, .dim))"]
    }
  }

  /// With a heading, as part of another report; nothing where there are none.
  func section(_ style: Style) -> [String] {
    corrections.isEmpty
      ? []
      : ["", style.paint(Localized("Corrections").text, .bold)] + lines(style).map { "  " + $0 }
  }

  var json: JSON { .object(["corrections": .array(rows)]) }

  var rows: [JSON] {
    corrections.map { correction in
      .object([
        "id": .integer(correction.id), "article": .integer(correction.articleID),
        "state": .string(correction.state),
        "wrong": Self.fact(correction.wrong, of: correction),
        "right": Self.fact(correction.right, of: correction),
        "who": .string(correction.who), "uid": .integer(Int64(correction.uid)),
        "time": .string(correction.time),
        "why": correction.why.isEmpty ? nil : .string(correction.why),
      ])
    }
  }

  /// `TITLE “Bí thư Tỉnh ủy”: holder A → B`
  static func sentence(_ correction: Danvan_V1_Correction) -> String {
    let wrong = correction.hasWrong ? FoundFact.list(correction.wrong).first : nil
    let right = correction.hasRight ? FoundFact.list(correction.right).first : nil
    guard let right else {
      return Localized("no \(wrong.map(name) ?? Localized("fact").text)").text
    }
    guard let wrong else { return Localized("\(name(right)) was missing").text + details(right) }
    var changes: [String] = []
    if wrong.kind != right.kind {
      return "\(name(wrong)): \(name(right))" + details(right)
    }
    if wrong.text != right.text || wrong.start != right.start {
      changes.append("“\(wrong.text)” → “\(right.text)”")
    }
    let before = Dictionary(wrong.details.map { ($0.name, $0) }) { first, _ in first }
    let after = Dictionary(right.details.map { ($0.name, $0) }) { first, _ in first }
    let names = wrong.details.map(\.name) + right.details.map(\.name).filter { before[$0] == nil }
    for name in names where name != "basis" && before[name]?.value != after[name]?.value {
      let values = [before[name], after[name]].map { ($0?.told ?? Localized("none")).text }
      changes.append("\(Localized(code: name).text) \(values.joined(separator: " → "))")
    }
    return "\(name(wrong)): \(changes.joined(separator: ", "))"
  }

  private static func name(_ fact: FoundFact) -> String { "\(fact.kind) “\(fact.text)”" }

  private static func details(_ fact: FoundFact) -> String {
    fact.details.map { ", \(Localized(code: $0.name).text) \($0.told.text)" }.joined()
  }

  private static func fact(
    _ facts: Danvan_V1_ArticleFacts, of correction: Danvan_V1_Correction
  ) -> JSON? {
    FoundFact.list(facts).first.map { fact in
      JSON.object([
        "fact": .string(fact.name(in: correction.articleID)), "kind": .string(fact.kind),
        "byte_start": .integer(Int64(fact.start)), "byte_end": .integer(Int64(fact.end)),
        "text": .string(fact.text), "rule": .string(fact.evidence.rule),
      ]).adding(.object(fact.details.map { JSON.Member(name: $0.name, value: .string($0.value)) }))
    }
  }
}
