import DanvanModel

/// A JSON text (RFC 8259) as a tree.
///
/// Of a name that occurs twice in an object the last value counts. A NUL in a string is a fault, as it
/// is in every text here. Numbers are kept as they are written.
indirect enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// Reads exactly one object. Throws `invalidArgument` with the byte offset of the fault.
  init(object bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      return try scanner.document(demandsObject: true)
    }
  }

  /// Reads exactly one value of any kind. Throws `invalidArgument` with the byte offset of the fault.
  init(_ bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      return try scanner.document(demandsObject: false)
    }
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var members: [String: JSONValue] {
    if case .object(let members) = self { members } else { [:] }
  }

  /// The value at a name, or at names of inner objects joined by full stops.
  subscript(path path: String) -> JSONValue? {
    if let value = members[path] { return value }
    guard let dot = path.firstIndex(of: ".") else { return nil }
    return members[String(path[..<dot])]?[path: String(path[path.index(after: dot)...])]
  }
}

private struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  /// Deep enough for any real document, shallow enough for any stack.
  private static let depthLimit = 64

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document(demandsObject: Bool) throws -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    skipSpace()
    guard !demandsObject || peek == UInt8(ascii: "{") else { throw fault("expected '{'") }
    let value = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw fault("more text after the object") }
    return value
  }

  private mutating func value(depth: Int) throws -> JSONValue {
    guard depth < Self.depthLimit else { throw fault("nested too deep") }
    switch peek {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .list(try elements(depth: depth + 1))
    case UInt8(ascii: "t"):
      try literal("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try literal("null")
      return .null
    default:
      let start = at
      try number()
      return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }
  }

  private mutating func members(depth: Int) throws -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    at += 1
    skipSpace()
    if take("}") { return members }
    repeat {
      skipSpace()
      let name = try string()
      skipSpace()
      guard take(":") else { throw fault("expected ':'") }
      skipSpace()
      members[name] = try value(depth: depth)
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault("expected ',' or '}'") }
    return members
  }

  private mutating func elements(depth: Int) throws -> [JSONValue] {
    var elements: [JSONValue] = []
    at += 1
    skipSpace()
    if take("]") { return elements }
    repeat {
      skipSpace()
      elements.append(try value(depth: depth))
      skipSpace()
    } while take(",")
    guard take("]") else { throw fault("expected ',' or ']'") }
    return elements
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
