import DanvanMessages
import DanvanText

/// One page of a search.
struct QueryReport: Report {
  let answer: Danvan_V1_QueryResponse

  func lines(_ style: Style) -> [String] {
    if answer.hits.isEmpty { return [] }
    var table = Table([
      Table.Column(name: "ID", side: .right, paint: .dim),
      Table.Column(name: "DATE"),
      Table.Column(name: "SOURCE", least: 8),
      Table.Column(name: "TITLE", least: 20, paint: .bold),
    ])
    table.rows = answer.hits.map { hit in
      let article = hit.article
      return [
        String(article.id), article.bestDate ?? "", article.bestSource ?? "",
        article.hasTitle ? article.title.oneLine : "(no title)",
      ]
    }
    let rows = table.lines(style)
    let indent = String(repeating: " ", count: table.widths(within: style.width)[0] + 2)
    return rows.prefix(1)
      + zip(rows.dropFirst(), answer.hits).flatMap { row, hit in
        [row] + Self.snippet(hit, style, indent: indent)
      }
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

  var json: JSON {
    .object([
      "total": .integer(Int64(clamping: answer.total)),
      "hits": .array(rows),
      "next": answer.next.isEmpty ? nil : .string(answer.next),
      "notes": answer.notes.isEmpty ? nil : .strings(answer.notes),
    ])
  }

  var rows: [JSON] {
    answer.hits.map { hit in
      let offsets = ScalarOffsets(hit.snippet)
      return hit.article.summaryJSON.adding(
        .object([
          "snippet": .string(hit.snippet),
          "highlights": .array(hit.highlights.map { .integer(offsets[$0]) }),
        ]))
    }
  }
}
