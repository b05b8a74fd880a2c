internal import DanvanModel
internal import DanvanStore

/// A place in a result, and its text: `s1.<key>.<id>.<search>`, where the last part tells the search
/// that the place belongs to; in the order of headlines with the sort key of one in hexadecimal before it.
struct SearchCursor {
  let position: SearchPosition
  let title: [UInt8]

  /// Nil behind the last page.
  init?(after result: SearchResult) {
    guard let next = result.next else { return nil }
    position = next
    title = result.nextTitle
  }

  /// Nil for an empty text. Throws `invalidArgument` for one of another search, and for anything else.
  init?(_ text: String, of request: SearchRequest) throws {
    guard !text.isEmpty else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 || parts.count == 5, parts[0] == "s1", let key = Int64(parts[1]),
      let id = Int64(parts[2]), let title = parts.count == 5 ? [UInt8](hexadecimal: parts[3]) : []
    else {
      throw DanvanError.invalid(
        "malformed cursor '\(text.prefix(64))': give the one that the page before named")
    }
    guard parts.last == Self.fingerprint(request)[...],
      (parts.count == 5) == (request.order == .title)
    else {
      throw DanvanError.invalid("'\(text.prefix(64))' is a place in the result of another search")
    }
    position = SearchPosition(key: key, id: ArticleID(id))
    self.title = title
  }

  func text(of request: SearchRequest) -> String {
    let title = request.order == .title ? "\(title.hexadecimal)." : ""
    return "s1.\(position.key).\(position.id).\(title)\(Self.fingerprint(request))"
  }

  /// FNV-1a over what the order of a result depends on.
  private static func fingerprint(_ request: SearchRequest) -> String {
    var hash: UInt32 = 0x811C_9DC5
    for part in [request.query, request.order.rawValue, request.marks.rawValue] {
      for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    }
    return String(hash, radix: 16)
  }
}
