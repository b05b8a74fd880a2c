import DanvanMessages

/// What changed from one revision of an article to another.
struct DiffReport: Report {
  let id: Int64
  let diff: Danvan_V1_DiffResponse

  func lines(_ style: Style) -> [String] {
    var lines = [heading("-", diff.from, style), heading("+", diff.to, style)]
    for change in diff.fields {
      let pieces =
        (change.hasBefore ? [DiffHunks.Piece(change: .removed, text: change.before)] : [])
        + (change.hasAfter ? [DiffHunks.Piece(change: .added, text: change.after)] : [])
      lines.append(style.paint(change.field, .dim))
      lines += DiffHunks.lines(of: DiffHunks.Sentence(pieces: pieces, start: 0), style)
    }
    lines += [""] + DiffHunks(diff.text).lines(style)
    lines += facts(Localized("Facts gone").text, diff.lost, .bad, style)
    lines += facts(Localized("Facts new").text, diff.gained, .good, style)
    return lines
  }

  private func heading(_ sign: String, _ revision: Danvan_V1_Revision, _ style: Style) -> String {
    let came = revision.hasCame ? ", \(revision.came.prefix(19))" : ""
    return style.paint(
      "\(sign)\(sign)\(sign) \(Localized("\(id), revision \(revision.number)").text)\(came)", .bold)
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
      "text": .array(stretches.map(\.json)),
      "lost": FactsJSON(diff.lost, text: text(.added)).found,
      "gained": FactsJSON(diff.gained, text: text(.removed)).found,
    ])
  }

  /// A change of a field or of the text in each row: what it was, what it is, and where that begins in the
  /// newer text, in Unicode scalars.
  var rows: [JSON] {
    func row(_ what: String, _ before: String?, _ after: String?, at start: Int? = nil) -> JSON {
      .object([
        "change": .string(what), "before": before.map { .string($0) },
        "after": after.map { .string($0) }, "start": start.map { .integer(Int64($0)) },
      ])
    }
    let fields = diff.fields.map {
      row($0.field, $0.hasBefore ? $0.before : "", $0.hasAfter ? $0.after : "")
    }
    var text: [JSON] = []
    var gone: Stretch?
    for stretch in stretches {
      switch stretch.change {
      case .removed: gone = stretch
      case .added:
        text.append(row("text", gone?.text ?? "", stretch.text, at: stretch.to.lowerBound))
        gone = nil
      default:
        if let gone { text.append(row("text", gone.text, "", at: gone.to.lowerBound)) }
        gone = nil
      }
    }
    if let gone { text.append(row("text", gone.text, "", at: gone.to.lowerBound)) }
    return fields + text
  }

  /// A stretch with where it lies in the older and the newer text, in Unicode scalars.
  private struct Stretch {
    let change: Danvan_V1_TextChange.Change
    let text: String
    let from: Range<Int>
    let to: Range<Int>

    var json: JSON {
      let name =
        switch change {
        case .removed: "removed"
        case .added: "added"
        default: "kept"
        }
      func range(_ range: Range<Int>) -> JSON {
        [.integer(Int64(range.lowerBound)), .integer(Int64(range.upperBound))]
      }
      return ["change": .string(name), "text": .string(text), "from": range(from), "to": range(to)]
    }
  }

  private var stretches: [Stretch] {
    var (from, to) = (0, 0)
    return diff.text.map { stretch in
      let count = stretch.text.unicodeScalars.count
      let ends = (
        from + (stretch.change == .added ? 0 : count), to + (stretch.change == .removed ? 0 : count)
      )
      defer { (from, to) = ends }
      return Stretch(
        change: stretch.change, text: stretch.text, from: from..<ends.0, to: to..<ends.1)
    }
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
