import DanvanModel

/// Cuts XML into its tokens, as far as is needed to find elements: the names of tags, and where
/// comments, CDATA sections, instructions and texts end.
struct MarkupTokens {
  struct Token {
    enum Kind { case text, start, end, empty, other, documentType }
    var kind = Kind.text
    /// As written; nil where it is over the limit of one document.
    let bytes: [UInt8]?
    /// Of a tag, with its prefix.
    var name = ""
  }

  func next(in bytes: InputBytes) throws(DanvanError) -> Token? {
    let head = try bytes.peek(9)
    guard let first = head.first else { return nil }
    guard first == UInt8(ascii: "<") else {
      return Token(bytes: try gather(in: bytes) { $0 == UInt8(ascii: "<") ? .before : .on })
    }
    if head.starts(with: "<!--".utf8) {
      return Token(kind: .other, bytes: try gather(in: bytes, through: "-->", from: 4))
    }
    if head.starts(with: "<![CDATA[".utf8) {
      return Token(kind: .text, bytes: try gather(in: bytes, through: "]]>", from: 9))
    }
    if head.starts(with: "<?".utf8) {
      return Token(kind: .other, bytes: try gather(in: bytes, through: "?>", from: 2))
    }
    if head.starts(with: "<!".utf8) {
      return Token(kind: .documentType, bytes: try documentType(in: bytes))
    }
    let tag = try tag(in: bytes)
    guard let tag else { return Token(kind: .other, bytes: nil) }
    let isEnd = tag.count > 1 && tag[1] == UInt8(ascii: "/")
    let name = tag.dropFirst(isEnd ? 2 : 1).prefix {
      $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
    }
    return Token(
      kind: isEnd ? .end : tag.dropLast().last == UInt8(ascii: "/") ? .empty : .start, bytes: tag,
      name: String(decoding: name, as: UTF8.self))
  }

  private enum Step { case on, before, after }

  /// A tag, to the `>` outside its quotes.
  private func tag(in bytes: InputBytes) throws(DanvanError) -> [UInt8]? {
    var quote: UInt8 = 0
    return try gather(in: bytes) { byte in
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return .after
      }
      return .on
    }
  }

  /// A document type, to the `>` outside its quotes and behind what it declares in brackets.
  private func documentType(in bytes: InputBytes) throws(DanvanError) -> [UInt8]? {
    var quote: UInt8 = 0
    var isInBrackets = false
    return try gather(in: bytes) { byte in
      switch byte {
      case quote where quote != 0: quote = 0
      case _ where quote != 0: break
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case UInt8(ascii: ">") where !isInBrackets: return .after
      default: break
      }
      return .on
    }
  }

  /// All to the end of `mark`, which is looked for behind the first `from` bytes.
  private func gather(
    in bytes: InputBytes, through mark: StaticString, from: Int
  ) throws(DanvanError) -> [UInt8]? {
    let mark = Array(UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount))
    var seen = 0
    var matched = 0
    return try gather(in: bytes) { byte in
      seen += 1
      if seen <= from { return .on }
      if byte == mark[matched] {
        matched += 1
      } else if matched < 2 || byte != mark[1] || mark[0] != mark[1] {
        // `--->` and `]]]>` still end: a repeated first byte keeps what is matched.
        matched = byte == mark[0] ? 1 : 0
      }
      return matched == mark.count ? .after : .on
    }
  }

  private func gather(
    in bytes: InputBytes, _ step: (UInt8) -> Step
  ) throws(DanvanError) -> [UInt8]? {
    var gathered = Gathering()
    var isEnded = false
    while !isEnded {
      let piece = try bytes.withNext { buffer throws(DanvanError) in
        var end = 0
        while end < buffer.count, !isEnded {
          switch step(buffer[end]) {
          case .on: end += 1
          case .after:
            end += 1
            isEnded = true
          case .before: isEnded = true
          }
        }
        gathered.add(buffer[..<end])
        return (end, true)
      }
      if piece == nil { break }
    }
    return gathered.content
  }
}
