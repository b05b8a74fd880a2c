/// A JSON value to be written. Members keep their order: people read this too.
enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  struct Member: Equatable, Sendable {
    let name: String
    let value: JSON
  }

  /// Members of which those without a value are left out.
  static func object(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  static func strings(_ list: [String]) -> JSON { .array(list.map { .string($0) }) }

  /// An object with the other's members after its own; for values that are no objects, itself.
  func adding(_ other: JSON) -> JSON {
    guard case .object(let mine) = self, case .object(let more) = other else { return self }
    return .object(mine + more)
  }

  /// On one line.
  var compact: String { written(indent: nil) }

  /// Over several lines, indented by two spaces; lists of plain values stay on one.
  var pretty: String { written(indent: 0) }

  private func written(indent: Int?) -> String {
    var out: [UInt8] = []
    write(to: &out, indent: indent)
    // All of it was made from strings, so it is UTF-8.
    return String(decoding: out, as: UTF8.self)
  }

  private func write(to out: inout [UInt8], indent: Int?) {
    switch self {
    case .null: out += "null".utf8
    case .bool(let value): out += (value ? "true" : "false").utf8
    case .integer(let value): out += String(value).utf8
    case .real(let value): out += (value.isFinite ? "\(value)" : "null").utf8
    case .string(let value): Self.write(value, to: &out)
    case .array(let list):
      let inner = list.allSatisfy(\.isPlain) ? nil : indent
      Self.write(list, "[", "]", to: &out, indent: inner) { item, out, indent in
        item.write(to: &out, indent: indent)
      }
    case .object(let members):
      Self.write(members, "{", "}", to: &out, indent: indent) { member, out, inner in
        Self.write(member.name, to: &out)
        out += (indent == nil ? ":" : ": ").utf8
        member.value.write(to: &out, indent: inner)
      }
    }
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private static func write<Item>(
    _ items: [Item], _ open: String, _ close: String, to out: inout [UInt8], indent: Int?,
    _ body: (Item, inout [UInt8], Int?) -> Void
  ) {
    out += open.utf8
    for (number, item) in items.enumerated() {
      if number > 0 { out += ",".utf8 }
      if let indent { breakLine(indent + 1, &out) }
      body(item, &out, indent.map { $0 + 1 })
    }
    if let indent, !items.isEmpty { breakLine(indent, &out) }
    out += close.utf8
  }

  private static func breakLine(_ depth: Int, _ out: inout [UInt8]) {
    out.append(0x0A)
    out += repeatElement(0x20, count: depth * 2)
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0x0A: out += "\\n".utf8
      case 0x0D: out += "\\r".utf8
      case 0x09: out += "\\t".utf8
      case ..<0x20, 0x7F:
        let hex = String(byte, radix: 16)
        out += "\\u00\(hex.utf8.count < 2 ? "0" : "")\(hex)".utf8
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByBooleanLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member(name: $0, value: $1) })
  }
}
