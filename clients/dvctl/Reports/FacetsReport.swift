import DanvanMessages

/// Counts of what matches, facet by facet.
struct FacetsReport: Report {
  let facets: [Danvan_V1_Facet]

  init(_ facets: [Danvan_V1_Facet]) { self.facets = facets }

  func lines(_ style: Style) -> [String] {
    Array(
      facets.map { facet in
        var table = Table([
          Table.Column(name: Localized(verbatim: ""), side: .right),
          Table.Column(name: Localized(verbatim: ""), least: 20),
        ])
        table.rows = facet.values.map {
          [Quantities.count(Int64(clamping: $0.articles)), $0.value]
        }
        let rest = Int64(clamping: facet.distinct) - Int64(facet.values.count)
        return [style.paint(Self.heading(facet.name).text, .heading)]
          + table.lines(style).dropFirst()
          + (rest > 0
            ? [style.paint(Localized("and \(Quantities.count(rest)) more").text, .dim)] : [])
      }.joined(separator: [""]))
  }

  private static func heading(_ facet: String) -> Localized {
    switch facet {
    case "person": Localized("person")
    case "org": Localized("org")
    case "place": Localized("place")
    case "source": Localized("source")
    case "publisher": Localized("publisher")
    case "instrument": Localized("instrument")
    case "campaign": Localized("campaign")
    case "topic": Localized("topic")
    case "kind": Localized("kind")
    case "lang": Localized("lang")
    case "tag": Localized("tag")
    case "year": Localized("year")
    case "month": Localized("month")
    default: Localized(verbatim: facet)
    }
  }

  var rows: [JSON] {
    facets.flatMap { facet in
      facet.values.map {
        .object([
          "facet": .string(facet.name), "value": .string($0.value),
          "articles": .integer(Int64(clamping: $0.articles)),
        ])
      }
    }
  }

  var json: JSON {
    .object(
      facets.map { facet in
        JSON.Member(
          name: facet.name,
          value: .array(
            facet.values.map {
              .object([
                "value": .string($0.value), "articles": .integer(Int64(clamping: $0.articles)),
              ])
            }))
      })
  }
}
