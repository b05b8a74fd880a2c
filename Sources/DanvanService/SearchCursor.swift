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
      let id = Int64(parts[2]), let title = parts.count == 5 ? Self.bytes(parts[3]) : []
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
    let title = request.order == .title ? "\(Self.hexadecimal(title))." : ""
    return "s1.\(position.key).\(position.id).\(title)\(Self.fingerprint(request))"
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 != nil }) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8((digits[index] ?? 0) << 4 | (digits[index + 1] ?? 0))
    }
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
