internal import DanvanModel
internal import DanvanStore

/// The text of a place in a result: `s1.<key>.<id>.<search>`, where the last part tells the search
/// that the place belongs to.
enum SearchCursor {
  static func text(_ position: SearchPosition, of request: SearchRequest) -> String {
    "s1.\(position.key).\(position.id).\(fingerprint(request))"
  }

  /// Nil for an empty text. Throws `invalidArgument` for one of another search, and for anything else.
  static func position(
    _ text: String, of request: SearchRequest
  ) throws -> SearchPosition? {
    guard !text.isEmpty else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "s1", let key = Int64(parts[1]), let id = Int64(parts[2])
    else {
      throw DanvanError.invalid(
        "malformed cursor '\(text.prefix(64))': give the one that the page before named")
    }
    guard parts[3] == fingerprint(request) else {
      throw DanvanError.invalid("'\(text)' is a place in the result of another search")
    }
    return SearchPosition(key: key, id: ArticleID(id))
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
