/// Where a catalogue is not what it should be.
public struct PortableObjectError: Error, Equatable {
  /// From 1.
  public let line: Int
  public let reason: String
}

/// A catalogue of texts as gettext writes them (GNU gettext manual, "The Format of PO Files"): the part without
/// plural forms.
public struct PortableObject {
  public struct Entry: Equatable {
    public internal(set) var line: Int
    public internal(set) var context: String?
    public internal(set) var id = ""
    public internal(set) var text = ""
  }

  public private(set) var entries: [Entry] = []

  /// Throws for what is no PO file and for an entry that is there twice.
  public init(parsing bytes: [UInt8]) throws(PortableObjectError) {
    var entry: Entry?
    var field: WritableKeyPath<Entry, String>?
    var seen: Set<String> = []
    func close() throws(PortableObjectError) {
      guard let done = entry else { return }
      guard field == \.text else {
        throw PortableObjectError(line: done.line, reason: "a msgid has no msgstr")
      }
      guard seen.insert("\(done.context ?? "")\u{4}\(done.id)").inserted else {
        throw PortableObjectError(line: done.line, reason: "is there twice")
      }
      entries.append(done)
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (place, line) in lines.enumerated() {
      let number = place + 1
      let words = line.drop { $0 == UInt8(ascii: " ") }
      if words.isEmpty || words.first == UInt8(ascii: "#") { continue }
      let keyword = words.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\"") }
      let value = try Self.string(words.dropFirst(keyword.count), line: number)
      switch (String(decoding: keyword, as: UTF8.self), field) {
      case ("msgctxt", nil) where entry == nil, ("msgctxt", \.text):
        try close()
        (entry, field) = (Entry(line: number, context: value), nil)
      case ("msgid", nil) where entry != nil:
        entry?.id = value
        field = \.id
      case ("msgid", nil), ("msgid", \.text):
        try close()
        (entry, field) = (Entry(line: number, id: value), \.id)
      case ("msgstr", \.id):
        entry?.text = value
        field = \.text
      case ("", let field?): entry?[keyPath: field] += value
      case (let word, _):
        throw PortableObjectError(line: number, reason: "'\(word.prefix(20))' is not expected here")
      }
    }
    try close()
  }

  /// What stands in quotes, with the escapes of C that PO files have.
  private static func string(
    _ quoted: ArraySlice<UInt8>, line: Int
  ) throws(PortableObjectError) -> String {
    let quote = UInt8(ascii: "\"")
    let inner = quoted.drop { $0 == UInt8(ascii: " ") }
    guard inner.count >= 2, inner.first == quote, inner.last == quote else {
      throw PortableObjectError(line: line, reason: "a text in quotes is wanted")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(inner.count)
    var iterator = inner.dropFirst().dropLast().makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "\\"):
        switch iterator.next() {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case quote: bytes.append(quote)
        case UInt8(ascii: "\\"): bytes.append(byte)
        default: throw PortableObjectError(line: line, reason: "an escape that is not known")
        }
      case quote: throw PortableObjectError(line: line, reason: "a quote within a text")
      default: bytes.append(byte)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PortableObjectError(line: line, reason: "is not UTF-8")
    }
    return text
  }
}
