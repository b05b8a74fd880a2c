import DanvanMessages

/// How likely two articles tell of one event.
struct StoryLikenessReport: Report {
  let id: Int64
  let other: Int64
  let found: Danvan_V1_StoryLikeness

  func lines(_ style: Style) -> [String] {
    let verdict =
      found.likeness >= found.least ? Localized("one story") : Localized("not one story")
    let head = Localized(
      """
      \(id), \(other): likeness \(Self.hundredths(found.likeness)), \(verdict) \
      (from \(Self.hundredths(found.least)) on)
      """)
    return [style.paint(head.text, .bold)]
      + found.features.map { feature in
        "  \(Localized(code: feature.name).text)  \(Self.hundredths(feature.value)) x \(Self.hundredths(feature.weight))"
      }
  }

  static func hundredths(_ value: Double) -> String { Quantities.decimal(value, digits: 2) }

  var rows: [JSON] {
    found.features.map {
      ["feature": .string($0.name), "value": .real($0.value), "weight": .real($0.weight)]
    }
  }

  var json: JSON {
    [
      "id": .integer(id), "other": .integer(other), "likeness": .real(found.likeness),
      "least": .real(found.least), "features": .array(rows),
    ]
  }
}
