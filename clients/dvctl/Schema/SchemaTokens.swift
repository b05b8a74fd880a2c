/// A daemon's description that dvctl cannot read.
struct SchemaError: Error, Equatable {
  let file: String
  let line: Int
  let message: String
}

/// The words and signs of a .proto file, one at a time.
struct SchemaTokens {
  struct Token: Equatable {
    let text: String
    /// Bytes of the file.
    let start: Int
    let end: Int
    /// Where the comment right before it begins; else where it begins itself.
    let lead: Int
  }

  let file: String
  private let bytes: [UInt8]
  private var position = 0
  /// The token that `next` gives; nil at the end.
  private(set) var peeked: Token?

  init(file: String, text: String) throws(SchemaError) {
    self.file = file
    bytes = Array(text.utf8)
    peeked = try scan()
  }

  /// The file's text between two places, without the indentation of its first line.
  func text(_ start: Int, _ end: Int) -> String {
    var lineStart = start
    while lineStart > 0, bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
    let indentation = start - lineStart
    return String(decoding: bytes[start..<end], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated().map { number, line in
        number == 0 ? line : line.dropFirst(min(indentation, line.prefix { $0 == " " }.count))
      }.joined(separator: "\n")
  }

  mutating func next() throws(SchemaError) -> Token {
    guard let token = peeked else { throw error("the file ends too early", at: bytes.count) }
    peeked = try scan()
    return token
  }

  /// Takes `sign`, or fails.
  @discardableResult
  mutating func take(_ sign: String) throws(SchemaError) -> Token {
    let token = try next()
    guard token.text == sign else {
      throw error("'\(sign)' was expected, not '\(token.text)'", at: token.start)
    }
    return token
  }

  /// Takes `sign` if it is next.
  mutating func takes(_ sign: String) throws(SchemaError) -> Bool {
    guard peeked?.text == sign else { return false }
    _ = try next()
    return true
  }

  /// Passes over a statement: to the `;`, or to the end of the braces that come before it.
  mutating func skipStatement() throws(SchemaError) -> Token {
    var depth = 0
    while true {
      let token = try next()
      switch token.text {
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth <= 0 { return token }
      case ";" where depth == 0: return token
      default: break
      }
    }
  }

  func error(_ message: String, at place: Int) -> SchemaError {
    SchemaError(
      file: file, line: bytes.prefix(place).count { $0 == 0x0A } + 1, message: message)
  }

  private mutating func scan() throws(SchemaError) -> Token? {
    var lead: Int?
    var breaks = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0A { breaks += 1 }
      if byte <= 0x20 {
        position += 1
        // A blank line parts a comment from what follows.
        if breaks > 1 { lead = nil }
      } else if byte == UInt8(ascii: "/") {
        // A comment that begins behind something else on its line belongs to that.
        if lead == nil, breaks > 0 || position == 0 { lead = position }
        try skipComment()
        breaks = 0
      } else {
        return try word(lead: lead)
      }
    }
    return nil
  }

  private mutating func skipComment() throws(SchemaError) {
    let start = position
    let second = position + 1 < bytes.count ? bytes[position + 1] : 0
    guard second == UInt8(ascii: "/") || second == UInt8(ascii: "*") else {
      throw error("a stray '/'", at: start)
    }
    position += 2
    if second == UInt8(ascii: "/") {
      while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      return
    }
    while position + 1 < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
    throw error("a comment does not end", at: start)
  }

  private mutating func word(lead: Int?) throws(SchemaError) -> Token {
    let start = position
    if bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'") {
      position += 1
      while position < bytes.count, bytes[position] != bytes[start] {
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard position < bytes.count else { throw error("a text does not end", at: start) }
      position += 1
    } else if Self.isOfWord(bytes[start]) {
      while position < bytes.count, Self.isOfWord(bytes[position]) { position += 1 }
    } else {
      position += 1
    }
    return Token(
      text: String(decoding: bytes[start..<position], as: UTF8.self), start: start, end: position,
      lead: lead ?? start)
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
