import DanvanMessages

/// One event of a watch.
struct WatchReport: Report {
  let event: Danvan_V1_WatchEvent

  var kind: String {
    switch event.kind {
    case .added: "added"
    case .removed: "removed"
    case .factsRebuilt: "facts-rebuilt"
    case .synced: "synced"
    case .progress: "progress"
    case .unspecified, .UNRECOGNIZED: "unknown"
    }
  }

  /// Whether it is about the watch and not about an article.
  var isMark: Bool { event.kind == .synced || event.kind == .progress }

  func lines(_ style: Style) -> [String] {
    let article = event.article
    let title = event.hasArticle && article.hasTitle ? article.title.oneLine.printable : nil
    let paint: Paint = event.kind == .removed ? .bad : .good
    let parts: [String?] = [
      style.paint(String(event.time.prefix(19)), .dim), style.paint(kind.padded(to: 7), paint),
      "#\(event.articleID)", event.hasArticle ? article.bestDate : nil,
      event.hasArticle ? article.bestSource?.printable : nil, title.map { style.paint($0, .bold) },
    ]
    let line = parts.compactMap { $0 }.joined(separator: "  ")
    guard event.hasArticle, article.hasFacts else { return [line] }
    let facts = FactsList(article.facts, style).lines.dropFirst()
    return [line] + facts.map { $0.isEmpty ? "" : "    " + $0 } + [""]
  }

  var json: JSON {
    let article: JSON? =
      event.hasArticle
      ? event.article.summaryJSON.adding(
        event.article.hasFacts ? FactsJSON(event.article.facts, text: nil).members : .null)
      : nil
    return .object([
      "event": .string(kind),
      "cursor": .string(event.cursor),
      "time": event.time.isEmpty ? nil : .string(event.time),
      "id": isMark ? nil : .integer(event.articleID),
      "article": article,
    ])
  }
}
