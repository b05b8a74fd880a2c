import DanvanModel

extension ExampleSentence {
  /// What is wrong with `facts`, a line each; empty where all marked types agree.
  func differences(from facts: Facts) -> [String] {
    let found = Self.marks(of: facts).map(\.mark)
    var faults: [String] = []
    for type in types.sorted() where type != "DATE" && type != "SOURCE" {
      let expected = marks.filter { $0.type == type }
      let here = found.filter { $0.type == type }
      for mark in expected where !here.contains(where: { Self.agree(mark, $0) }) {
        faults.append("not found: \(mark)")
      }
      for mark in here where !expected.contains(where: { Self.agree($0, mark) }) {
        faults.append("found besides: \(mark)")
      }
    }
    for mark in marks {
      let value: String? =
        switch mark.type {
        case "DATE": facts.date?.date.description ?? "none"
        case "SOURCE": facts.source ?? "none"
        default: nil
        }
      if let value, value != mark.value ?? mark.text {
        faults.append("\(mark.type) is \(value), not \(mark.value ?? mark.text)")
      }
    }
    return faults
  }

  private static func agree(_ expected: Mark, _ found: Mark) -> Bool {
    expected.range == found.range && (expected.value == nil || expected.value == found.value)
  }

  /// Every fact as a mark, with the rule that found it.
  static func marks(of facts: Facts) -> [(mark: Mark, rule: String)] {
    var all: [(Mark, String)] = []
    func add(_ type: String, _ value: String?, _ range: TextRange, _ text: String, _ rule: String) {
      all.append((Mark(type: type, value: value, range: range, text: text), rule))
    }
    for m in facts.mentions {
      add(m.kind.rawValue, m.value ?? m.name ?? m.holder, m.range, m.text, m.evidence.rule)
    }
    for e in facts.events { add("EVENT", e.kind.rawValue, e.range, e.name, e.evidence.rule) }
    for s in facts.statements { add("STATEMENT", s.speaker, s.range, s.content, s.evidence.rule) }
    for d in facts.directives { add("DIRECTIVE", d.issuer, d.range, d.action, d.evidence.rule) }
    for i in facts.instruments { add("INSTRUMENT", nil, i.range, i.text, i.evidence.rule) }
    for t in facts.topics { add("TOPIC", t.name, t.range, t.name, t.evidence.rule) }
    for k in facts.keyPhrases { add("KEYPHRASE", nil, k.range, k.text, k.evidence.rule) }
    for p in facts.positions {
      let value = [p.person, p.role, p.body].compactMap { $0 }.joined(separator: ", ")
      add("POSITION", value, p.range, p.role, p.evidence.rule)
    }
    for c in facts.campaigns { add("CAMPAIGN", nil, c.range, c.text, c.evidence.rule) }
    return all
  }
}
