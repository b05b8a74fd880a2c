import DanvanModel

/// What a page may hold at most; beyond these the parser's time would grow with their square.
enum MarkupBounds {
  /// Attributes of one element. The parser holds each against all before it.
  static let attributes = 500
  /// Elements open at once, as far as the tags say.
  static let depth = 2_000
  /// Elements of a page; the tree takes some 400 bytes for each. Long pages have some thousands.
  static let elements = 150_000

  /// Throws `resourceExhausted` where a tag has too many attributes, or tags are too many or nested too
  /// deep.
  /// Takes one pass, follows quotes, and skips comments and the insides of scripts.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var at = 0
    var open = 0
    var count = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<"), at + 1 < bytes.count else {
        at += 1
        continue
      }
      let next = bytes[at + 1]
      if next == UInt8(ascii: "/") {
        if !isVoid(bytes, at: at + 2) { open = max(0, open - 1) }
        at += 2
      } else if next | 0x20 >= UInt8(ascii: "a"), next | 0x20 <= UInt8(ascii: "z") {
        let isVoid = isVoid(bytes, at: at + 1)
        let isClosed = try skipTag(bytes, &at)
        if !isVoid, !isClosed { open += 1 }
        count += 1
        if count > elements { throw tooMany }
      } else {
        at += 2
      }
      // Elements whose end tag may be left out (`p`, `li`) count as open here; no honest page has that
      // many of them more than end tags, as thousands of them stand in lists of hundreds.
      if open > depth * 20 { throw tooDeep }
    }
  }

  /// Elements that have no content and no end tag, as the HTML standard lists them.
  private static let void = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
  ].map { Array($0.utf8) }

  private static func isVoid(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    void.contains { name in
      let end = start + name.count
      guard end < bytes.count, !isOfName(bytes[end]) else { return false }
      return bytes[start..<end].elementsEqual(name) { $0 | 0x20 == $1 }
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// Moves behind a tag; true where it is closed in itself.
  private static func skipTag(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int
  ) throws -> Bool {
    var names = 0
    var quote: UInt8 = 0
    var wasSpace = false
    at += 1
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
        continue
      }
      switch byte {
      case UInt8(ascii: ">"): return at >= 2 && bytes[at - 2] == UInt8(ascii: "/")
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        quote = byte
        // An attribute may follow a quoted value without a space.
        wasSpace = true
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20, UInt8(ascii: "/"): wasSpace = true
      default:
        if wasSpace { names += 1 }
        wasSpace = false
        if names > attributes {
          throw DanvanError(
            .resourceExhausted, "a tag with more than \(attributes) attributes: no page has such")
        }
      }
    }
    return false
  }

  /// What to tell where the parser has stopped for its own limit, libxml2's `xmlParserMaxDepth`.
  static let cutNote =
    "nested more than 256 elements deep; read up to there, what follows is left out"

  static let tooMany = DanvanError(
    .resourceExhausted, "more than \(elements) elements: no page has as many")

  static let tooDeep = DanvanError(
    .resourceExhausted, "tags nested far deeper than any page has them")
}
