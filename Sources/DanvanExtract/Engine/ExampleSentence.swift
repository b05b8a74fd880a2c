import DanvanModel

/// A rule's example: a text whose expected facts are marked in it.
///
/// `{TYPE:span}` or `{TYPE=value:span}`, nested where spans nest. TYPE is a mention's kind (value:
/// TIME's value, PERSON's name, TITLE's holder), or EVENT (kind), STATEMENT (speaker), DIRECTIVE
/// (issuer), INSTRUMENT, CAMPAIGN; DATE and SOURCE (value only, the span does not count); or
/// PUBLISHED, with an empty span, which gives the article a publication date. `\n` is a line's end.
struct ExampleSentence {
  struct Mark: Hashable, CustomStringConvertible {
    var type: String
    /// Nil where the example does not say.
    var value: String?
    var range: TextRange
    var text: String
    var description: String { "{\(type)\(value.map { "=" + $0 } ?? ""):\(text)}" }
  }
  private(set) var text = ""
  private(set) var marks: [Mark] = []
  private(set) var published: PartialDate?

  /// Nil where a mark is left open or has no colon.
  init?(_ written: String) {
    var bytes: [UInt8] = []
    var open: [(type: String, value: String?, start: Int)] = []
    var rest = Array(written.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "{") {
        guard let colon = Self.headEnd(rest),
          let head = String(validating: rest[..<colon], as: UTF8.self)
        else { return nil }
        let parts = head.split(separator: "=", maxSplits: 1).map(String.init)
        guard let type = parts.first else { return nil }
        open.append((type, parts.count > 1 ? parts[1] : nil, bytes.count))
        rest = rest[(colon + 1)...]
      } else if byte == UInt8(ascii: "}") {
        guard let mark = open.popLast(),
          let span = String(validating: bytes[mark.start...], as: UTF8.self)
        else { return nil }
        if mark.type == "PUBLISHED" {
          published = mark.value.flatMap { PartialDate($0) }
        } else {
          marks.append(
            Mark(
              type: mark.type, value: mark.value, range: TextRange(mark.start, bytes.count),
              text: span))
        }
      } else {
        bytes.append(byte)
      }
    }
    guard open.isEmpty, let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self.text = text
  }

  /// The colon that ends a mark's head: values may hold colons (`T09:30`, `term:15`), but never
  /// before a digit is a span meant; so the last colon of those that digits follow wins.
  private static func headEnd(_ rest: ArraySlice<UInt8>) -> Int? {
    guard var colon = rest.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let head = rest[..<colon]
    guard head.contains(UInt8(ascii: "=")) else { return colon }
    let time =
      head.last.map { (48...57).contains($0) } == true && head.contains(UInt8(ascii: "T"))
      && head.dropLast(2).last == UInt8(ascii: "T")
    if time || head.suffix(5).elementsEqual("=term".utf8) {
      guard let next = rest[(colon + 1)...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
      colon = next
    }
    return colon
  }

  /// The article that the example stands for.
  var article: Article {
    Article(text: text, title: nil, url: nil, publisher: nil, published: published)
  }

  /// The types that the example marks; others are not compared.
  var types: Set<String> { Set(marks.map(\.type)) }
}
