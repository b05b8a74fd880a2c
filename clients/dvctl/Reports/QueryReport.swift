import DanvanMessages
import DanvanText

/// One page of a search.
struct QueryReport: Report {
  let answer: Danvan_V1_QueryResponse
  /// The members of a hit that are wanted; nil: those that its format is for.
  let fields: [String]?

  init(answer: Danvan_V1_QueryResponse, fields: [String]? = nil) {
    self.answer = answer
    self.fields = fields
  }

  static let fieldNames = [
    "id", "title", "date", "date_basis", "published", "publisher", "source", "language", "url",
    "ingested",
    "text_bytes", "sha256", "tags", "copies", "snippet", "highlights", "facts",
  ]

  /// A spreadsheet and a document show what people read.
  static func defaultFields(_ format: Format) -> [String]? {
    format == .csv || format == .md
      ? ["id", "date", "publisher", "source", "title", "snippet", "tags"] : nil
  }

  func lines(_ style: Style) -> [String] {
    let hits = fields.map { fieldLines($0, style) } ?? hitLines(style)
    let parts = [hits, FacetsReport(answer.facets).lines(style)]
    let explained = answer.hasExplanation ? ExplanationReport(answer.explanation).lines(style) : []
    return Array((parts + [explained]).filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private func hitLines(_ style: Style) -> [String] {
    if answer.hits.isEmpty { return [] }
    var table = Table([
      Table.Column(name: Localized("ID"), side: .right, paint: .dim),
      Table.Column(name: Localized("DATE")),
      Table.Column(name: Localized("SOURCE"), least: 8),
      Table.Column(name: Localized("TITLE"), least: 20, paint: .bold),
    ])
    table.rows = answer.hits.map { hit in
      let article = hit.article
      return [
        String(article.id), article.bestDate ?? "", article.bestSource ?? "",
        Self.copies(article.copies.count)
          + (article.hasTitle ? article.title.oneLine : Localized("(no title)").text),
      ]
    }
    let rows = table.lines(style)
    let indent = String(repeating: " ", count: table.widths(within: style.width)[0] + 2)
    return rows.prefix(1)
      + zip(rows.dropFirst(), answer.hits).flatMap { row, hit in
        [row] + Self.snippet(hit, style, indent: indent) + Self.facts(hit, style, indent: indent)
          + (hit.tags.isEmpty
            ? []
            : [
              indent + style.paint(Localized("tags: \(hit.tags.joined(separator: " "))").text, .dim)
            ])
      }
  }

  /// How many others of its group an article stands for.
  private static func copies(_ count: Int) -> String {
    count == 0 ? "" : "\(Quantities.copies(count).text) · "
  }

  /// The wanted members as a table.
  private func fieldLines(_ names: [String], _ style: Style) -> [String] {
    let rows = RowTable(hits)
    guard !rows.cells.isEmpty else { return [] }
    var table = Table(
      rows.columns.map {
        Table.Column(name: Localized(verbatim: $0.uppercased()), least: $0 == "id" ? nil : 8)
      })
    table.rows = rows.cells.map { $0.map(\.oneLine) }
    return table.lines(style)
  }

  /// The snippet under its row, the matches painted; at most two lines of a terminal.
  private static func snippet(_ hit: Danvan_V1_Hit, _ style: Style, indent: String) -> [String] {
    let text = hit.snippet.oneLine
    if text.isEmpty { return [] }
    var isHit = Array(repeating: false, count: text.utf8.count)
    let marks = hit.highlights.map { min(Int($0), isHit.count) }
    for index in stride(from: 0, to: marks.count - 1, by: 2) where marks[index] < marks[index + 1] {
      for byte in marks[index]..<marks[index + 1] { isHit[byte] = true }
    }
    let inner = Style(
      hasColor: style.hasColor, width: style.width.map { max(20, $0 - displayWidth(indent)) })
    let lines = PaintedText.lines(of: text, inner) { isHit[$0] ? .hit : .none }
    return lines.prefix(2).map { indent + $0 }
  }

  /// The facts asked for, a line each, with the bytes of the text that they stand at.
  private static func facts(_ hit: Danvan_V1_Hit, _ style: Style, indent: String) -> [String] {
    guard hit.hasFacts else { return [] }
    let facts = hit.facts
    let events = facts.events.map { event in
      let parts = [event.name, event.when, event.place].filter { !$0.isEmpty }
      return (event.start, event.end, "event", parts.joined(separator: " · "))
    }
    let statements = facts.statements.map {
      ($0.start, $0.end, "statement", "\($0.speaker): \($0.content)")
    }
    let directives = facts.directives.map { directive in
      let to = directive.hasAddressee ? " → \(directive.addressee)" : ""
      return (
        directive.start, directive.end, "directive", "\(directive.issuer)\(to): \(directive.action)"
      )
    }
    let mentions = facts.mentions.map { ($0.start, $0.end, $0.type.lowercased(), $0.text) }
    let named =
      facts.instruments.map { ($0.start, $0.end, "instrument", $0.text) }
      + facts.campaigns.map { ($0.start, $0.end, "campaign", $0.text) }
    return (events + statements + directives + mentions + named).map { start, end, kind, text in
      let head = style.paint("\(Localized(code: kind).text) \(start)–\(end)", .dim)
      return "\(indent)\(head)  \(text.oneLine)"
    }
  }

  var json: JSON {
    .object([
      "total": .integer(Int64(clamping: answer.total)),
      "hits": .array(hits),
      "facets": answer.facets.isEmpty ? nil : FacetsReport(answer.facets).json,
      "next": answer.next.isEmpty ? nil : .string(answer.next),
      "notes": answer.notes.isEmpty ? nil : .strings(answer.notes),
      "suggestions": answer.suggestions.isEmpty ? nil : .strings(answer.suggestions),
      "explanation": answer.hasExplanation ? ExplanationReport(answer.explanation).json : nil,
    ])
  }

  /// Of articles; where facets alone were asked for, of those.
  var rows: [JSON] {
    answer.hits.isEmpty && !answer.facets.isEmpty ? FacetsReport(answer.facets).rows : hits
  }

  private var hits: [JSON] {
    answer.hits.map { hit in
      let offsets = ScalarOffsets(hit.snippet)
      let row = hit.article.summaryJSON.adding(
        .object([
          "tags": hit.tags.isEmpty ? nil : .strings(hit.tags),
          "copies": hit.article.copies.isEmpty
            ? nil : .array(hit.article.copies.map { .integer($0) }),
          "snippet": .string(hit.snippet),
          "highlights": .array(hit.highlights.map { .integer(offsets[$0]) }),
          "facts": hit.hasFacts ? FactsJSON(hit.facts, text: nil).found : nil,
        ]))
      return fields.map { row.only($0) } ?? row
    }
  }
}

extension JSON {
  /// An object's members of those names, in that order; null for those that it lacks.
  fileprivate func only(_ names: [String]) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(
      names.map { name in
        Member(name: name, value: members.first { $0.name == name }?.value ?? .null)
      })
  }
}
