import DanvanMessages

/// Saved searches, a row each.
struct SavedReport: Report {
  let searches: [Danvan_V1_SavedSearch]

  init(_ searches: [Danvan_V1_SavedSearch]) { self.searches = searches }

  func lines(_ style: Style) -> [String] {
    if searches.isEmpty { return [] }
    var table = Table([
      Table.Column(name: Localized("NAME"), paint: .bold), Table.Column(name: Localized("SAVED")),
      Table.Column(name: Localized("QUERY"), least: 20),
    ])
    table.rows = searches.map { [$0.name, String($0.saved.prefix(10)), $0.query.oneLine] }
    return table.lines(style)
  }

  var json: JSON { .array(rows) }

  var rows: [JSON] {
    searches.map {
      .object(["name": .string($0.name), "query": .string($0.query), "saved": .string($0.saved)])
    }
  }
}
