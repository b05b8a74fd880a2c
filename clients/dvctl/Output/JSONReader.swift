/// A text that is not JSON: where, in bytes, and why.
struct JSONError: Error, Equatable, CustomStringConvertible {
  let place: Int
  let reason: String

  var description: String { "not JSON: \(reason) at byte \(place)" }
}

extension JSON {
  /// Reads one value (RFC 8259). Throws `JSONError`.
  init(parsing text: String) throws(JSONError) {
    var reader = JSONReader(bytes: Array(text.utf8))
    self = try reader.whole()
  }
}

private struct JSONReader {
  /// Lists and objects within each other.
  private static let deepest = 64

  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func whole() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw error("something follows the value") }
    return value
  }

  private func error(_ reason: String) -> JSONError { JSONError(place: position, reason: reason) }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < Self.deepest else { throw error("it is nested too deep") }
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw error("it ends too early")
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw error("an unknown word") }
    position += word.utf8.count
    return value
  }

  private mutating func object(_ depth: Int) throws(JSONError) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    if takes("}") { return .object(members) }
    repeat {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw error("a name was expected") }
      let name = try string()
      guard takes(":") else { throw error("':' was expected") }
      members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
    } while takes(",")
    guard takes("}") else { throw error("',' or '}' was expected") }
    return .object(members)
  }

  private mutating func array(_ depth: Int) throws(JSONError) -> JSON {
    position += 1
    var items: [JSON] = []
    if takes("]") { return .array(items) }
    repeat { items.append(try value(depth: depth + 1)) } while takes(",")
    guard takes("]") else { throw error("',' or ']' was expected") }
    return .array(items)
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    while let byte, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let digits = text.drop { $0 == "-" }
    let isPlain = !digits.isEmpty && digits.allSatisfy(\.isNumber)
    // No number begins with '+', '.' or a zero before another digit.
    let beginsWell =
      digits.first?.isNumber == true && (digits.first != "0" || !isPlain || digits == "0")
    guard beginsWell, let value = Double(text) else {
      position = start
      throw error("no value")
    }
    if isPlain, let integer = Int64(text) { return .integer(integer) }
    return .real(value)
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("a text is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text += String(Character(try escape())).utf8
      case ..<0x20: throw error("a control character in a text")
      default: text.append(byte)
      }
    }
    throw error("a text does not end")
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    let escapes: [Unicode.Scalar: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
    ]
    guard let byte else { throw error("a text does not end") }
    position += 1
    if byte != UInt8(ascii: "u") {
      guard let scalar = escapes[Unicode.Scalar(byte)] else { throw error("an unknown escape") }
      return scalar
    }
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard bytes[position...].starts(with: "\\u".utf8) else { throw error("half a surrogate pair") }
    position += 2
    let second = try hexadecimal()
    guard 0xD800..<0xDC00 ~= first, 0xDC00..<0xE000 ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count,
      let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+")
    else { throw error("four hexadecimal digits were expected") }
    position = end
    return value
  }
}
