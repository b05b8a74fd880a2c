internal import DanvanModel
internal import Glibc

/// The facts of one article as one value: about a third of what rows of a table take.
///
/// Numbers are varints (seven bits a byte, the lower first). A row is its kind, rule number, start
/// (as a difference to the row before it, signed ones doubled), length, and its strings: text
/// (absent where it is the bytes of its range), agent, value, and the pieces between the quotation
/// marks of its attributes. A string is 0 when absent, else its length times four plus 1 (its bytes
/// follow), 2 (it stands in the article's text, at the offset that follows) or, with its number in
/// place of the length, 3 (it was there before).
enum FactBlob {
  private static let quote = UInt8(ascii: "\"")

  /// `rule` gives the number of a row's rule.
  static func encode(
    _ rows: [FactRow], in text: UnsafeBufferPointer<UInt8>, rule: (Evidence) throws -> Int64
  ) rethrows -> [UInt8] {
    var writer = Writer(text: text)
    writer.number(rows.count)
    for row in rows {
      writer.number(Int(row.kind.rawValue))
      writer.number(Int(try rule(row.evidence)))
      writer.position(row.range.start)
      writer.number(row.range.count)
      writer.string(row.range.reads(row.text, in: text) ? nil : Array(row.text.utf8))
      writer.string(row.agent.map { Array($0.utf8) })
      writer.string(row.value.map { Array($0.utf8) })
      let pieces = row.more.json.map {
        Array($0.utf8).split(separator: quote, omittingEmptySubsequences: false)
      }
      writer.number(pieces?.count ?? 0)
      for piece in pieces ?? [] { writer.string(Array(piece)) }
    }
    return writer.bytes
  }

  /// Nil for bytes that `encode` did not write for this text. `rule` is nil for an unknown number.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>,
    rule: (Int64) throws -> Evidence?
  ) rethrows -> [FactRow]? {
    var reader = Reader(bytes: bytes, text: text)
    guard let count = reader.number() else { return nil }
    var rows: [FactRow] = []
    for _ in 0..<count {
      guard let kind = reader.number().flatMap({ FactKind(rawValue: Int64($0)) }),
        let number = reader.number(), let evidence = try rule(Int64(number)),
        let range = reader.range(), let wording = reader.string(), let agent = reader.string(),
        let value = reader.string(), let pieces = reader.number(),
        let words = wording.text
          ?? String(validating: text[range.start..<range.end], as: UTF8.self),
        let more = reader.attributes(pieces)
      else { return nil }
      rows.append(
        FactRow(
          kind: kind, range: range, evidence: evidence, text: words, agent: agent.text,
          value: value.text, more: more))
    }
    return reader.isAtEnd ? rows : nil
  }

  private struct Writer {
    let text: UnsafeBufferPointer<UInt8>
    private(set) var bytes: [UInt8] = []
    private var seen: [[UInt8]: Int] = [:]
    private var last = 0

    init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    mutating func number(_ value: Int) {
      var left = UInt64(bitPattern: Int64(value))
      while left >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: left) | 0x80)
        left >>= 7
      }
      bytes.append(UInt8(left))
    }

    mutating func position(_ start: Int) {
      let step = start - last
      number(step << 1 ^ step >> (Int.bitWidth - 1))
      last = start
    }

    mutating func string(_ string: [UInt8]?) {
      guard let string else { return number(0) }
      if let number = seen[string] { return self.number(number << 2 | 3) }
      seen[string] = seen.count
      if string.count > 3, let offset = offset(of: string) {
        number(string.count << 2 | 2)
        number(offset)
      } else {
        number(string.count << 2 | 1)
        bytes += string
      }
    }

    private func offset(of string: [UInt8]) -> Int? {
      guard let base = text.baseAddress, let first = string.first else { return nil }
      var start = 0
      while start <= text.count - string.count,
        let found = memchr(base + start, Int32(first), text.count - string.count + 1 - start)
      {
        let offset = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        if memcmp(found, string, string.count) == 0 { return offset }
        start = offset + 1
      }
      return nil
    }
  }

  /// Takes a varint; nil where there is none.
  static func number(in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int) -> Int? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 63 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(exactly: value) }
      shift += 7
    }
    return nil
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    let text: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var last = 0
    private var seen: [[UInt8]] = []

    init(bytes: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) {
      self.bytes = bytes
      self.text = text
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() -> Int? { FactBlob.number(in: bytes, at: &position) }

    mutating func range() -> TextRange? {
      guard let coded = number(), let count = number() else { return nil }
      let (start, overflows) = last.addingReportingOverflow(coded >> 1 ^ -(coded & 1))
      guard !overflows, start >= 0, start <= text.count, count <= text.count - start else {
        return nil
      }
      last = start
      return TextRange(start, start + count)
    }

    struct Value {
      let bytes: [UInt8]?
      let text: String?
    }

    mutating func string() -> Value? {
      guard let code = number() else { return nil }
      guard code != 0 else { return Value(bytes: nil, text: nil) }
      let found: [UInt8]
      switch code & 3 {
      case 1:
        guard code >> 2 <= bytes.count - position else { return nil }
        found = Array(bytes[position..<position + code >> 2])
        position += code >> 2
        seen.append(found)
      case 2:
        guard let offset = number(), offset <= text.count, code >> 2 <= text.count - offset else {
          return nil
        }
        found = Array(text[offset..<offset + code >> 2])
        seen.append(found)
      case 3:
        guard code >> 2 < seen.count else { return nil }
        found = seen[code >> 2]
      default: return nil
      }
      guard let string = String(validating: found, as: UTF8.self) else { return nil }
      return Value(bytes: found, text: string)
    }

    mutating func attributes(_ count: Int) -> FactAttributes? {
      guard count > 0 else { return FactAttributes() }
      var pieces: [[UInt8]] = []
      for _ in 0..<count {
        guard let piece = string()?.bytes else { return nil }
        pieces.append(piece)
      }
      let json = Array(pieces.joined(separator: [quote]))
      return String(validating: json, as: UTF8.self).flatMap(FactAttributes.read)
    }
  }
}

extension TextRange {
  /// Whether the bytes of the range are those of `text`.
  fileprivate func reads(_ text: String, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    end <= bytes.count && bytes[start..<end].elementsEqual(text.utf8)
  }
}
