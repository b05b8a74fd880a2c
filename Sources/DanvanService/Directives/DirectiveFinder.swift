internal import DanvanModel
internal import DanvanStore

/// Finds a directive by its id, article and first byte, also by one that is of an older text or older rules.
struct DirectiveFinder {
  private let reader: DeskReader

  init(_ reader: DeskReader) { self.reader = reader }

  /// Throws `invalidArgument` for what is no id, `notFound`, naming those that there are.
  func directive(_ id: String) throws -> (Directive, StoredArticle) {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int64(parts[0]), let start = Int(parts[1]), start >= 0
    else {
      throw DanvanError.invalid(
        "'\(id.prefix(40))' is no directive; write article and byte, as lists show them: 1234.567")
    }
    guard let article = try reader.shelf.article(ArticleID(number)) else {
      throw DanvanError(.notFound, "there is no article \(number)")
    }
    let directives = article.facts?.directives ?? []
    if let fact = directives.first(where: { $0.range.start == start }) { return (fact, article) }
    // The id may be of another text: one in which something was noted, or a former one that is kept.
    let marks = try reader.snapshot.marks(on: article.id).filter { $0.range.start == start }
    let former = article.header.revision > 1 ? try place(of: start, in: article) : nil
    for place in marks.compactMap(\.place) + [former].compactMap({ $0 }) {
      if let fact = directives.first(where: { $0.range.overlaps(place) }) { return (fact, article) }
    }
    // Rules may have moved its first byte.
    if article.header.revision == 1,
      let fact = directives.first(where: { $0.range.start < start && start < $0.range.end })
    {
      return (fact, article)
    }
    throw DanvanError(.notFound, Self.refusal(number, start, directives, isMarked: !marks.isEmpty))
  }

  /// Where what began at that byte of a former text stands now, the newest such text first.
  private func place(of start: Int, in article: StoredArticle) throws -> TextRange? {
    let now = Array((article.text ?? "").utf8)
    for number in stride(from: article.header.revision - 1, to: 0, by: -1) {
      guard let text = try reader.snapshot.revision(number, of: article.id)?.1.text else {
        continue
      }
      let bytes = Array(text.utf8)
      guard start < bytes.count, bytes[start] & 0xC0 != 0x80 else { continue }
      // The first words of its line are enough: what follows may have been changed.
      let line = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var end = min(start + Self.opening, line)
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      if let place = TextAnchor(TextRange(start, end), in: text)?.place(in: now) { return place }
    }
    return nil
  }

  /// UTF-8 bytes.
  private static let opening = 40

  private static func refusal(
    _ article: Int64, _ start: Int, _ directives: [Directive], isMarked: Bool
  ) -> String {
    let known = directives.prefix(5).map { "\(article).\($0.range.start)" }.joined(separator: ", ")
    return "article \(article) has no directive at byte \(start)"
      + (known.isEmpty ? "" : "; it has \(known)")
      + (isMarked ? "; what was noted there is kept: see dvctl directives --orphans" : "")
  }
}
