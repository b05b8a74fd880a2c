import DanvanClient
import DanvanMessages

/// One event of a watch.
struct WatchReport: Report {
  let event: Danvan_V1_WatchEvent

  var kind: String {
    switch event.kind {
    case .added: "added"
    case .removed: "removed"
    case .factsRebuilt: "facts-rebuilt"
    case .rebuildEnded: "rebuild-ended"
    case .synced: "synced"
    case .progress: "progress"
    case .updated: "updated"
    case .gap: "gap"
    case .goaway: "goaway"
    case .lagging: "lagging"
    case .unspecified, .UNRECOGNIZED: "unknown"
    }
  }

  /// Whether it is about the watch and not about an article.
  var isMark: Bool { event.isMark }

  func lines(_ style: Style) -> [String] {
    let article = event.article
    let title = event.hasArticle && article.hasTitle ? article.title.oneLine.printable : nil
    let paint: Paint = event.kind == .removed ? .bad : .good
    let parts: [String?] = [
      style.paint(String(event.time.prefix(19)), .dim),
      style.paint(Localized(code: kind).text.padded(to: 7), paint),
      "#\(event.articleID)", event.hasArticle ? article.bestDate : nil,
      event.hasArticle ? article.bestSource?.printable : nil, title.map { style.paint($0, .bold) },
    ]
    let line = parts.compactMap { $0 }.joined(separator: "  ")
    guard event.hasArticle, article.hasFacts else { return [line] }
    let facts = FactsList(article.facts, style).lines.dropFirst()
    return [line] + facts.map { $0.isEmpty ? "" : "    " + $0 } + [""]
  }

  /// For commands that would rather not read JSON.
  var variables: [(String, String)] {
    let article = event.article
    return [
      ("DANVAN_EVENT", kind), ("DANVAN_CURSOR", event.cursor), ("DANVAN_TIME", event.time),
      ("DANVAN_ID", String(event.articleID)), ("DANVAN_TITLE", article.title.oneLine),
      ("DANVAN_URL", article.url), ("DANVAN_DATE", article.bestDate ?? ""),
      ("DANVAN_SOURCE", article.bestSource ?? ""),
    ]
  }

  /// With the same columns whatever the event is, so that one head serves a whole watch.
  var table: [JSON] {
    let article = event.article
    return [
      .object([
        "event": .string(kind), "cursor": .string(event.cursor), "time": .string(event.time),
        "id": isMark ? .null : .integer(event.articleID),
        "date": article.bestDate.map { .string($0) } ?? .null,
        "source": article.bestSource.map { .string($0) } ?? .null,
        "title": .string(article.title), "url": .string(article.url),
      ])
    ]
  }

  private var text: String? {
    guard event.article.hasText else { return nil }
    let body = try? event.article.text.inflated(limit: 64 << 20)
    return body.flatMap { try? $0.text() }
  }

  var json: JSON {
    let article: JSON? =
      event.hasArticle
      ? event.article.summaryJSON
        .adding(text.map { ["text": .string($0)] } ?? .null)
        .adding(event.article.hasFacts ? FactsJSON(event.article.facts, text: text).members : .null)
      : nil
    return .object([
      "event": .string(kind),
      "cursor": .string(event.cursor),
      "time": event.time.isEmpty ? nil : .string(event.time),
      "id": isMark ? nil : .integer(event.articleID),
      "article": article,
      "continues": event.continues ? true : nil,
    ])
  }
}

extension Danvan_V1_WatchEvent {
  /// Whether it is about the watch and not about an article.
  var isMark: Bool {
    switch kind {
    case .synced, .progress, .gap, .goaway, .lagging, .rebuildEnded: true
    case .added, .updated, .removed, .factsRebuilt, .unspecified, .UNRECOGNIZED: false
    }
  }
}
