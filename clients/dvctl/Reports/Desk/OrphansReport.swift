import DanvanMessages

/// What was noted on directives that are not found any more.
struct OrphansReport: Report {
  let orphans: [Danvan_V1_OrphanedMark]

  func lines(_ style: Style) -> [String] {
    orphans.flatMap { orphan in
      DeskLines(style: style).orphan(
        Self.id(orphan),
        orphan.hasWords ? orphan.words : Localized("bytes \(orphan.start) to \(orphan.end)").text,
        [
          (orphan.inText
            ? Localized("no directive is found there") : Localized("not in the text any more"))
            .text,
          orphan.state.notes,
        ].filter { !$0.isEmpty }.joined(separator: " · "))
    }
  }

  var json: JSON { .object(["orphans": .array(rows)]) }

  var rows: [JSON] {
    orphans.map { orphan in
      .object([
        "id": .string(Self.id(orphan)), "article": .integer(orphan.articleID),
        "words": orphan.hasWords ? .string(orphan.words) : nil, "in_text": .bool(orphan.inText),
        "status": .string(orphan.state.status),
        "due": orphan.state.hasDue ? .string(orphan.state.due) : nil,
        "owner": orphan.state.hasOwner ? .string(orphan.state.owner) : nil,
        "note": orphan.state.hasNote ? .string(orphan.state.note) : nil,
        "changed": .string(orphan.state.changed),
      ])
    }
  }

  private static func id(_ orphan: Danvan_V1_OrphanedMark) -> String {
    "\(orphan.articleID).\(orphan.start)"
  }
}

extension Danvan_V1_DirectiveState {
  /// On one line; of an open directive nothing is said.
  var notes: String {
    [
      status == "open" ? "" : Localized(code: status).text,
      hasDue ? Localized("due \(due)").text : "",
      hasOwner ? Localized("owner \(owner)").text : "",
      hasNote ? note : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
