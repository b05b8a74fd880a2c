/// The string literals of Swift source, each as a template: `{1}`, `{2}` … for what is interpolated.
public struct SwiftTexts {
  public struct Literal: Sendable {
    public let template: String
    /// Up to 120 bytes of code before it.
    public let before: String
    /// In bytes.
    public let place: Int
  }

  public private(set) var literals: [Literal] = []
  private let bytes: [UInt8]
  private static let comment = Array("//".utf8)
  private static let long = [UInt8](repeating: 0x22, count: 3)

  public init(_ source: String) {
    bytes = Array(source.utf8)
    scan()
  }

  private mutating func scan() {
    var place = 0
    while place < bytes.count {
      if starts(Self.comment, at: place) {
        place = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      } else if bytes[place] == UInt8(ascii: "\"") {
        let start = place
        let template = literal(at: &place)
        let from = max(0, start - 120)
        literals.append(
          Literal(
            template: template, before: String(decoding: bytes[from..<start], as: UTF8.self),
            place: start))
      } else {
        place += 1
      }
    }
  }

  private func starts(_ text: [UInt8], at place: Int) -> Bool {
    place + text.count <= bytes.count && text.indices.allSatisfy { bytes[place + $0] == text[$0] }
  }

  /// Reads the literal at `place` and goes behind it. Literals within interpolations are found as well.
  private mutating func literal(at place: inout Int) -> String {
    let isLong = starts(Self.long, at: place)
    let quote = isLong ? Self.long : [0x22]
    place += quote.count
    var text: [UInt8] = []
    var arguments = 0
    while place < bytes.count, !starts(quote, at: place) {
      guard bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count else {
        text.append(bytes[place])
        place += 1
        continue
      }
      switch bytes[place + 1] {
      case UInt8(ascii: "("):
        place += 2
        skipInterpolation(from: &place)
        arguments += 1
        text += Array("{\(arguments)}".utf8)
      case 0x0A:
        // The line goes on; what indents the next one is no part of the text.
        place += 2
        while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
      case let escaped:
        text.append(escaped == UInt8(ascii: "n") ? 0x0A : escaped)
        place += 2
      }
    }
    place = min(bytes.count, place + quote.count)
    let read = String(decoding: text, as: UTF8.self)
    return isLong ? Self.withoutIndent(read) : read
  }

  private mutating func skipInterpolation(from place: inout Int) {
    var depth = 1
    while place < bytes.count, depth > 0 {
      if bytes[place] == UInt8(ascii: "\"") {
        let start = place
        let template = literal(at: &place)
        let from = max(0, start - 120)
        literals.append(
          Literal(
            template: template, before: String(decoding: bytes[from..<start], as: UTF8.self),
            place: start))
        continue
      }
      if bytes[place] == UInt8(ascii: "(") { depth += 1 }
      if bytes[place] == UInt8(ascii: ")") { depth -= 1 }
      place += 1
    }
  }

  /// A literal of several lines without its first break, its last line and what all lines are indented by.
  private static func withoutIndent(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let indent = lines.last.map { $0.prefix { $0 == " " }.count } ?? 0
    lines = lines.dropLast()
    return lines.map { $0.dropFirst(min(indent, $0.prefix { $0 == " " }.count)) }
      .joined(separator: "\n")
  }
}
