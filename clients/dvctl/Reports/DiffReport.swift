import DanvanMessages

/// What changed from one revision of an article to another.
struct DiffReport: Report {
  let id: Int64
  let diff: Danvan_V1_DiffResponse

  func lines(_ style: Style) -> [String] {
    var lines = [heading("-", diff.from, style), heading("+", diff.to, style)]
    for change in diff.fields {
      let before = change.hasBefore ? removed(change.before, style) : ""
      let after = change.hasAfter ? added(change.after, style) : ""
      lines.append(style.paint(change.field.padded(to: 11), .dim) + before + after)
    }
    lines.append("")
    let text = diff.text.map { stretch in
      switch stretch.change {
      case .removed: removed(stretch.text, style)
      case .added: added(stretch.text, style)
      default: stretch.text.printable
      }
    }.joined()
    lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines += facts("Facts gone", diff.lost, .bad, style)
    lines += facts("Facts new", diff.gained, .good, style)
    return lines
  }

  private func heading(_ sign: String, _ revision: Danvan_V1_Revision, _ style: Style) -> String {
    let came = revision.hasCame ? ", \(revision.came.prefix(19))" : ""
    return style.paint(
      "\(sign) article \(id), revision \(revision.number)\(came), \(revision.textBytes) bytes",
      .bold)
  }

  /// Line by line, so that no line lacks its marks.
  private func marked(
    _ text: String, _ open: String, _ close: String, _ paint: Paint, _ style: Style
  ) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.isEmpty { return "" }
      let line = String(line).printable
      return style.hasColor ? style.paint(line, paint) : open + line + close
    }.joined(separator: "\n")
  }

  private func removed(_ text: String, _ style: Style) -> String {
    marked(text, "[-", "-]", .bad, style)
  }

  private func added(_ text: String, _ style: Style) -> String {
    marked(text, "{+", "+}", .good, style)
  }

  private func facts(
    _ title: String, _ facts: Danvan_V1_ArticleFacts, _ paint: Paint, _ style: Style
  ) -> [String] {
    let lines = FactsList(facts, style).lines
    return lines.isEmpty ? [] : ["", style.paint(title, paint)] + lines
  }

  var json: JSON {
    func optional(_ value: String, _ has: Bool) -> JSON? { has ? .string(value) : nil }
    return .object([
      "id": .integer(id),
      "from": diff.from.json,
      "to": diff.to.json,
      "fields": .array(
        diff.fields.map {
          .object([
            "field": .string($0.field), "before": optional($0.before, $0.hasBefore),
            "after": optional($0.after, $0.hasAfter),
          ])
        }),
      "text": .array(
        diff.text.map { stretch in
          let change =
            switch stretch.change {
            case .removed: "removed"
            case .added: "added"
            default: "kept"
            }
          return .object(["change": .string(change), "text": .string(stretch.text)])
        }),
      "lost": FactsJSON(diff.lost, text: text(.added)).found,
      "gained": FactsJSON(diff.gained, text: text(.removed)).found,
    ])
  }

  /// The text of the revision that has no stretches of that kind.
  private func text(_ other: Danvan_V1_TextChange.Change) -> String {
    diff.text.filter { $0.change != other }.map(\.text).joined()
  }
}

extension Danvan_V1_Revision {
  var json: JSON {
    .object([
      "number": .integer(Int64(number)),
      "title": hasTitle ? .string(title) : nil,
      "publisher": hasPublisher ? .string(publisher) : nil,
      "published": hasPublished ? .string(published) : nil,
      "text_bytes": .integer(Int64(textBytes)),
      "sha256": .string(sha256),
      "came": hasCame ? .string(came) : nil,
    ])
  }
}
