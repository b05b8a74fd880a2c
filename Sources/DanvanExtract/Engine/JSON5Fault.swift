/// Where a text stops being JSON5 (https://spec.json5.org), for messages: decoders do not say.
struct JSON5Fault: Error, Equatable {
  /// From 1.
  let line: Int
  let reason: String

  /// Nil where the text is one value of JSON5.
  static func first(in bytes: [UInt8]) -> JSON5Fault? {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if let line = lines.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil }) {
      return JSON5Fault(line: line + 1, reason: "not UTF-8")
    }
    var syntax = JSON5Syntax(bytes)
    do throws(JSON5Fault) {
      try syntax.document()
      return nil
    } catch {
      return error
    }
  }
}

/// Reads JSON5 for its form alone.
private struct JSON5Syntax {
  private let bytes: [UInt8]
  private var place = 0
  private static let depthLimit = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSON5Fault) {
    try value(depth: 0)
    try skipSpace()
    guard peek == nil else { throw fault("more text behind the end") }
  }

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func fault(_ reason: String, at other: Int? = nil) -> JSON5Fault {
    JSON5Fault(
      line: 1 + bytes[..<min(other ?? place, bytes.count)].count { $0 == 0x0A }, reason: reason)
  }

  private mutating func value(depth: Int) throws(JSON5Fault) {
    guard depth < Self.depthLimit else { throw fault("nested too deep") }
    try skipSpace()
    switch peek {
    case UInt8(ascii: "{"):
      try list(until: UInt8(ascii: "}"), depth: depth, hasNames: true)
    case UInt8(ascii: "["):
      try list(until: UInt8(ascii: "]"), depth: depth, hasNames: false)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try string()
    case nil: throw fault("the text ends where a value is wanted")
    default:
      guard !word().isEmpty else { throw fault("a value is wanted") }
    }
  }

  /// An object or an array; a comma may stand behind the last.
  private mutating func list(until end: UInt8, depth: Int, hasNames: Bool) throws(JSON5Fault) {
    let start = place
    let closing = "'\(Character(Unicode.Scalar(end)))'"
    place += 1
    while true {
      try skipSpace()
      if peek == end { break }
      if hasNames { try name() }
      try value(depth: depth + 1)
      let behind = place
      try skipSpace()
      switch peek {
      case UInt8(ascii: ","): place += 1
      case end: break
      case nil: throw fault("\(closing) is missing for what begins here", at: start)
      default: throw fault("',' or \(closing) is wanted behind this", at: behind)
      }
    }
    place += 1
  }

  private mutating func name() throws(JSON5Fault) {
    let start = place
    if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
      try string()
    } else if word().isEmpty {
      throw fault(peek == nil ? "the text ends inside an object" : "a name is wanted")
    }
    try skipSpace()
    guard peek == UInt8(ascii: ":") else { throw fault("':' is wanted behind the name", at: start) }
    place += 1
  }

  private mutating func string() throws(JSON5Fault) {
    let start = place
    let quote = bytes[place]
    place += 1
    while let byte = peek, byte != quote {
      // A line may go on behind a backslash only.
      if byte == 0x0A { throw fault("the string is not closed on its line", at: start) }
      place += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard peek == quote else { throw fault("the string is not closed", at: start) }
    place += 1
  }

  /// A number, `true`, `null`, or a name without quotes: its letters are the decoder's to judge.
  private mutating func word() -> ArraySlice<UInt8> {
    let start = place
    while let byte = peek, byte > 0x20, !Array("{}[],:\"'/".utf8).contains(byte) { place += 1 }
    return bytes[start..<place]
  }

  private mutating func skipSpace() throws(JSON5Fault) {
    while let byte = peek {
      if byte <= 0x20 {
        place += 1
      } else if byte == UInt8(ascii: "/"), place + 1 < bytes.count {
        let start = place
        switch bytes[place + 1] {
        case UInt8(ascii: "/"):
          while peek != nil, peek != 0x0A { place += 1 }
        case UInt8(ascii: "*"):
          place += 2
          while place < bytes.count,
            !(bytes[place] == UInt8(ascii: "/") && bytes[place - 1] == UInt8(ascii: "*")
              && place > start + 2)
          { place += 1 }
          guard place < bytes.count else { throw fault("the comment is not closed", at: start) }
          place += 1
        default: return
        }
      } else {
        return
      }
    }
  }
}
