import DanvanModel

/// One JSON object (RFC 8259) of which only the strings at the top are kept; the rest is checked and skipped.
///
/// Of a name that occurs twice the last value counts. Numbers, lists and inner objects are not kept:
/// no field of an article is one. A NUL in a string is a fault, as it is in every text here.
struct JSONObject {
  private(set) var strings: [String: String] = [:]

  /// Reads exactly one object. Throws `invalidArgument` with the byte offset of the fault.
  init(_ bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      return try scanner.document()
    }
  }

  fileprivate init() {}

  fileprivate mutating func set(_ name: String, _ value: String?) { strings[name] = value }

  /// The first of the names that has a string which is not blank.
  func first(_ names: String...) -> String? {
    for name in names {
      if let value = strings[name], !value.isBlank { return value }
    }
    return nil
  }
}

private struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  /// Deep enough for any real document, shallow enough for any stack.
  private static let depthLimit = 64

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws -> JSONObject {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    skipSpace()
    guard take("{") else { throw fault("expected '{'") }
    var object = JSONObject()
    try members { scanner, name in
      if scanner.peek == UInt8(ascii: "\"") {
        object.set(name, try scanner.string())
      } else {
        object.set(name, nil)
        try scanner.skipValue(depth: 1)
      }
    }
    skipSpace()
    guard at == bytes.count else { throw fault("more text after the object") }
    return object
  }

  /// The members of an object whose brace was taken.
  private mutating func members(_ value: (inout JSONScanner, String) throws -> Void) throws {
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      let name = try string()
      skipSpace()
      guard take(":") else { throw fault("expected ':'") }
      skipSpace()
      try value(&self, name)
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault("expected ',' or '}'") }
  }

  private mutating func skipValue(depth: Int) throws {
    guard depth < Self.depthLimit else { throw fault("nested too deep") }
    switch peek {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"):
      at += 1
      try members { scanner, _ in try scanner.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["):
      at += 1
      skipSpace()
      if take("]") { return }
      repeat {
        skipSpace()
        try skipValue(depth: depth + 1)
        skipSpace()
      } while take(",")
      guard take("]") else { throw fault("expected ',' or ']'") }
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default: try number()
    }
  }

  private mutating func literal(_ word: StaticString) throws {
    for index in 0..<word.utf8CodeUnitCount {
      guard peek == word.utf8Start[index] else { throw fault("expected a value") }
      at += 1
    }
  }

  private mutating func number() throws {
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try digits()
    }
  }

  private mutating func digits() throws {
    let start = at
    while let byte = peek, (48...57).contains(byte) { at += 1 }
    guard at > start else { throw fault("expected a value") }
  }

  private mutating func string() throws -> String {
    guard take("\"") else { throw fault("expected '\"'") }
    let start = at
    while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      at += 1
    }
    if peek == UInt8(ascii: "\"") {
      at += 1
      return try text(bytes[start..<(at - 1)], from: start)
    }
    return try escapedString(from: start)
  }

  /// Goes on with a string that holds an escape, from its first byte; `at` is at the escape.
  private mutating func escapedString(from start: Int) throws -> String {
    var out = Array(bytes[start..<at])
    while let byte = peek {
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(out[...], from: start)
      case UInt8(ascii: "\\"): try escape(into: &out)
      case ..<0x20: throw fault("a bare control character in a string", at: at - 1)
      default: out.append(byte)
      }
    }
    throw fault("the text ends inside a string")
  }

  private mutating func escape(into out: inout [UInt8]) throws {
    guard let byte = peek else { throw fault("the text ends inside a string") }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "u"): out.append(contentsOf: UTF8.encode(try escapedScalar()) ?? .init())
    default: throw fault("unknown escape", at: at - 1)
    }
  }

  private mutating func escapedScalar() throws -> Unicode.Scalar {
    let start = at - 2
    let unit = try hexUnit()
    guard unit != 0 else { throw fault("a NUL in a string", at: start) }
    if let scalar = Unicode.Scalar(unit) { return scalar }
    if UTF16.isLeadSurrogate(UInt16(unit)), take("\\"), take("u") {
      let trail = try hexUnit()
      if (0xDC00...0xDFFF).contains(trail),
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (trail - 0xDC00))
      {
        return scalar
      }
    }
    throw fault("half of a surrogate pair", at: start)
  }

  private mutating func hexUnit() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  private func text(_ slice: some Collection<UInt8>, from start: Int) throws -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw DanvanError.invalid("not UTF-8: invalid in the string at byte \(start)")
    }
    return text
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private func fault(_ what: String, at offset: Int? = nil) -> DanvanError {
    DanvanError.invalid("not a JSON object: \(what) at byte \(offset ?? at)")
  }
}
