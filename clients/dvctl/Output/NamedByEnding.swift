import ArgumentParser

/// A format that a file can ask for by how its name ends.
protocol NamedByEnding {
  /// Endings without the full stop, each with its format.
  static var endings: [(ending: String, format: Self)] { get }
}

extension NamedByEnding {
  /// By the name of a file; nil where the name has no ending. Throws `ValidationError` for one that no format has.
  static func named(by path: String) throws -> Self? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    let ending = name[name.index(after: dot)...].lowercased()
    guard let found = endings.first(where: { $0.ending == ending }) else {
      let known = endings.map { ".\($0.ending)" }.joined(separator: ", ")
      throw ValidationError(
        Localized(
          "\(path): no format has the ending .\(ending); there are \(known). --format names one, whatever the ending."
        ))
    }
    return found.format
  }
}

extension Format: NamedByEnding {
  static let endings: [(ending: String, format: Format)] = [
    ("txt", .text), ("json", .json), ("ndjson", .ndjson), ("jsonl", .ndjson), ("csv", .csv),
    ("md", .md), ("svg", .svg), ("png", .png),
  ]
}

extension BriefFormat: NamedByEnding {
  static let endings: [(ending: String, format: BriefFormat)] = [
    ("html", .html), ("htm", .html), ("md", .md), ("markdown", .md), ("json", .json),
  ]
}

extension ExportFormat: NamedByEnding {
  static let endings: [(ending: String, format: ExportFormat)] = [
    ("jsonl", .jsonl), ("ndjson", .jsonl), ("csv", .csv), ("md", .md), ("markdown", .md),
    ("sqlite", .sqlite), ("sqlite3", .sqlite), ("db", .sqlite),
  ]
}
