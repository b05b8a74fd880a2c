import FoundationEssentials

extension Schema {
  /// A message as JSON, in protobuf's own mapping: fields by the names in the description, those at
  /// their default left out, enums by name, bytes in base64. 64-bit numbers stay numbers.
  ///
  /// Throws `MalformedMessage`.
  func json(of bytes: some Sequence<UInt8>, as type: String) throws(MalformedMessage) -> JSON {
    try json(of: Array(bytes)[...], as: type, depth: 0)
  }

  private static let deepest = 64

  private func json(
    of bytes: ArraySlice<UInt8>, as type: String, depth: Int
  ) throws(MalformedMessage) -> JSON {
    guard let message = messages[type], depth < Self.deepest else { throw MalformedMessage() }
    var values: [UInt64: [JSON]] = [:]
    var reader = ProtobufBytes(bytes)
    while let (number, wireType, value) = try reader.field() {
      guard let field = message.fields.first(where: { $0.number == number }) else { continue }
      let found = try self.values(of: field, wireType, value, depth)
      if field.isRepeated {
        values[number, default: []] += found
      } else {
        values[number] = found
      }
    }
    return .object(
      message.fields.compactMap { field in
        guard let found = values[field.number], let last = found.last else { return nil }
        if field.isMap {
          return JSON.Member(name: field.name, value: Self.object(ofEntries: found))
        }
        return JSON.Member(name: field.name, value: field.isRepeated ? .array(found) : last)
      })
  }

  /// A map's entries by key: on the wire they have no order.
  private static func object(ofEntries entries: [JSON]) -> JSON {
    var members: [String: JSON] = [:]
    for case .object(let entry) in entries {
      let key = entry.first { $0.name == "key" }?.value
      let name = if case .string(let text) = key { text } else { key?.compact ?? "" }
      members[name] = entry.first { $0.name == "value" }?.value ?? .string("")
    }
    return .object(
      members.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: $0.value) })
  }

  /// One value, or those of a packed list.
  private func values(
    of field: Field, _ wireType: UInt64, _ value: ProtobufBytes.Value, _ depth: Int
  ) throws(MalformedMessage) -> [JSON] {
    switch (field.kind, value) {
    case (.message(let type), .bytes(let bytes)):
      return [try json(of: bytes, as: type, depth: depth + 1)]
    case (.scalar(.string), .bytes(let bytes)):
      guard let text = String(validating: bytes, as: UTF8.self) else { throw MalformedMessage() }
      return [.string(text)]
    case (.scalar(.bytes), .bytes(let bytes)): return [.string(Data(bytes).base64EncodedString())]
    case (.scalar(let scalar), .number(let number)):
      guard scalar.wireType == wireType else { throw MalformedMessage() }
      return [scalar.json(number)]
    case (.enumeration(let type), .number(let number)): return [name(of: number, in: type)]
    case (.scalar(let scalar), .bytes(let bytes)):
      var reader = ProtobufBytes(bytes)
      var list: [JSON] = []
      while !reader.isAtEnd {
        let number =
          switch scalar.wireType {
          case 0: try reader.varint()
          case 1: try reader.fixed(8)
          case 5: try reader.fixed(4)
          default: throw MalformedMessage()
          }
        list.append(scalar.json(number))
      }
      return list
    case (.enumeration(let type), .bytes(let bytes)):
      var reader = ProtobufBytes(bytes)
      var list: [JSON] = []
      while !reader.isAtEnd { list.append(name(of: try reader.varint(), in: type)) }
      return list
    case (.message, .number): throw MalformedMessage()
    }
  }

  private func name(of number: UInt64, in type: String) -> JSON {
    let number = Int32(truncatingIfNeeded: number)
    let name = enumerations[type]?.values.first { $0.number == number }?.name
    return name.map { .string($0) } ?? .integer(Int64(number))
  }
}

extension Schema.Scalar {
  fileprivate func json(_ number: UInt64) -> JSON {
    switch self {
    case .double: .real(Double(bitPattern: number))
    case .float: .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: number))))
    case .int32, .sfixed32: .integer(Int64(Int32(truncatingIfNeeded: number)))
    case .uint32, .fixed32: .integer(Int64(UInt32(truncatingIfNeeded: number)))
    case .int64, .sfixed64: .integer(Int64(bitPattern: number))
    // A number that JSON's readers would round goes as a text, as protobuf's mapping has it.
    case .uint64, .fixed64: Int64(exactly: number).map { .integer($0) } ?? .string(String(number))
    case .sint32, .sint64: .integer(Int64(bitPattern: number >> 1) ^ -Int64(number & 1))
    case .bool: .bool(number != 0)
    case .string, .bytes: .null
    }
  }
}
