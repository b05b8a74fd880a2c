import DanvanLanguage
import DanvanMessages

/// How a query was understood, and what its steps took.
struct ExplanationReport: Report {
  let explanation: Danvan_V1_Explanation
  private static let shownForms = 8

  init(_ explanation: Danvan_V1_Explanation) { self.explanation = explanation }

  func lines(_ style: Style) -> [String] {
    let terms = explanation.terms.map { term in
      let head = style.paint(Localized("column \(term.column)").text, .dim)
      let readings = term.places.map { place in
        let others = place.forms.filter { $0 != place.syllable }
        if others.isEmpty { return place.syllable }
        let more =
          others.count > Self.shownForms ? " … \(Localized("\(others.count) in all").text)" : ""
        return
          Localized(
            "\(place.syllable) (or \(others.prefix(Self.shownForms).joined(separator: " "))\(more))"
          ).text
      }
      return "\(head)  \(Self.field(term.field)) \(term.text): \(readings.joined(separator: ", "))"
    }
    let steps = explanation.steps.map { step in
      let shown = Quantities.decimal(Double(step.nano) / 1_000_000, digits: 2)
      return
        "\(Localized(step.what, by: .danvan).text): \(Quantities.articles(Int64(clamping: step.articles)).text), \(shown) ms"
    }
    return terms + steps
  }

  /// As a query names it.
  private static func field(_ name: String) -> String {
    name == "anywhere" ? Localized("anywhere").text : name
  }

  var json: JSON {
    .object([
      "terms": .array(
        explanation.terms.map { term in
          .object([
            "text": .string(term.text), "column": .integer(Int64(term.column)),
            "field": .string(term.field),
            "places": .array(
              term.places.map {
                .object(["syllable": .string($0.syllable), "forms": .strings($0.forms)])
              }),
          ])
        }),
      "steps": .array(
        explanation.steps.map {
          .object([
            "what": .string($0.what), "articles": .integer(Int64(clamping: $0.articles)),
            "nano": .integer($0.nano),
          ])
        }),
    ])
  }
}
