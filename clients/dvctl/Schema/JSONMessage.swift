import FoundationEssentials

/// JSON that is not the message it should be: where and why.
struct WrongJSON: Error, Equatable, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}

extension Schema {
  /// The bytes of a message given as JSON. Takes field names as in the description or in camel case,
  /// enums by name or number, numbers also as texts, bytes in base64; null means absent.
  ///
  /// Throws `WrongJSON`.
  func bytes(of json: JSON, as type: String) throws(WrongJSON) -> [UInt8] {
    try bytes(of: json, as: type, path: "")
  }

  private func bytes(of json: JSON, as type: String, path: String) throws(WrongJSON) -> [UInt8] {
    guard case .object(let members) = json, let message = messages[type] else {
      throw WrongJSON(path: path, reason: "a \(type) is an object")
    }
    var out: [UInt8] = []
    for member in members {
      let path = path.isEmpty ? member.name : "\(path).\(member.name)"
      guard
        let field = message.fields.first(where: {
          $0.name == member.name || Self.camelCase($0.name) == member.name
        })
      else { throw WrongJSON(path: path, reason: "\(type) has no such field") }
      if member.value == .null { continue }
      guard field.isRepeated else {
        try append(member.value, field, path, to: &out)
        continue
      }
      if field.isMap, case .object(let entries) = member.value {
        for entry in entries {
          let pair: JSON = ["key": .string(entry.name), "value": entry.value]
          try append(pair, field, "\(path).\(entry.name)", to: &out)
        }
        continue
      }
      guard case .array(let list) = member.value else {
        throw WrongJSON(path: path, reason: field.isMap ? "it wants an object" : "it wants a list")
      }
      for (index, item) in list.enumerated() {
        try append(item, field, "\(path)[\(index)]", to: &out)
      }
    }
    return out
  }

  private func append(
    _ json: JSON, _ field: Field, _ path: String, to out: inout [UInt8]
  ) throws(WrongJSON) {
    func tag(_ wireType: UInt64) {
      ProtobufBytes.append(varint: field.number << 3 | wireType, to: &out)
    }
    func append(_ bytes: [UInt8]) {
      tag(2)
      ProtobufBytes.append(varint: UInt64(bytes.count), to: &out)
      out += bytes
    }
    switch field.kind {
    case .message(let type): append(try bytes(of: json, as: type, path: path))
    case .enumeration(let type):
      tag(0)
      ProtobufBytes.append(varint: try number(of: json, in: type, path), to: &out)
    case .scalar(.string):
      guard case .string(let text) = json else {
        throw WrongJSON(path: path, reason: "it wants a text")
      }
      append(Array(text.utf8))
    case .scalar(.bytes):
      guard case .string(let text) = json, let data = Data(base64Encoded: text) else {
        throw WrongJSON(path: path, reason: "it wants bytes in base64")
      }
      append(Array(data))
    case .scalar(let scalar):
      guard let number = scalar.number(json) else {
        throw WrongJSON(path: path, reason: "it wants a value of type \(scalar.rawValue)")
      }
      tag(scalar.wireType)
      switch scalar.wireType {
      case 1: ProtobufBytes.append(fixed: number, count: 8, to: &out)
      case 5: ProtobufBytes.append(fixed: number, count: 4, to: &out)
      default: ProtobufBytes.append(varint: number, to: &out)
      }
    }
  }

  private func number(
    of json: JSON, in type: String, _ path: String
  ) throws(WrongJSON) -> UInt64 {
    let values = enumerations[type]?.values ?? []
    switch json {
    case .string(let name):
      if let value = values.first(where: { $0.name == name }) {
        return UInt64(bitPattern: Int64(value.number))
      }
    case .integer(let number):
      if let number = Int32(exactly: number) { return UInt64(bitPattern: Int64(number)) }
    default: break
    }
    throw WrongJSON(
      path: path, reason: "it wants one of \(values.map(\.name).joined(separator: ", "))")
  }

  /// `max_events` as `maxEvents`.
  private static func camelCase(_ name: String) -> String {
    name.split(separator: "_").enumerated().map { number, word in
      number == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }
}

extension Schema.Scalar {
  /// The value as it lies on the wire; nil for one that does not fit.
  fileprivate func number(_ json: JSON) -> UInt64? {
    switch self {
    case .bool:
      guard case .bool(let value) = json else { return nil }
      return value ? 1 : 0
    case .double: return real(json)?.bitPattern
    case .float: return real(json).map { UInt64(Float($0).bitPattern) }
    case .int32, .sfixed32:
      return integer(json).flatMap { Int32($0) }.map { UInt64(bitPattern: Int64($0)) }
    case .int64, .sfixed64: return integer(json).flatMap { Int64($0) }.map(UInt64.init(bitPattern:))
    case .uint32, .fixed32: return integer(json).flatMap { UInt32($0) }.map(UInt64.init)
    case .uint64, .fixed64: return integer(json).flatMap { UInt64($0) }
    case .sint32: return integer(json).flatMap { Int32($0) }.map { Self.zigzag(Int64($0)) }
    case .sint64: return integer(json).flatMap { Int64($0) }.map(Self.zigzag)
    case .string, .bytes: return nil
    }
  }

  private func integer(_ json: JSON) -> String? {
    switch json {
    case .integer(let value): String(value)
    case .string(let text): text
    case .real(let value): Int64(exactly: value).map(String.init)
    default: nil
    }
  }

  private func real(_ json: JSON) -> Double? {
    switch json {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .string(let text): Double(text)
    default: nil
    }
  }

  private static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value << 1 ^ value >> 63)
  }
}
