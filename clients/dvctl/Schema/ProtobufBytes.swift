/// Bytes that are no message of the type they should be.
struct MalformedMessage: Error {}

/// Takes a protobuf message's fields apart.
struct ProtobufBytes {
  enum Value {
    /// A varint, or four or eight bytes in their order on the wire.
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next field; nil at the end of the message.
  mutating func field() throws(MalformedMessage) -> (number: UInt64, wireType: UInt64, Value)? {
    if rest.isEmpty { return nil }
    let tag = try varint()
    let (number, wireType) = (tag >> 3, tag & 7)
    guard number > 0 else { throw MalformedMessage() }
    switch wireType {
    case 0: return (number, 0, .number(try varint()))
    case 1: return (number, 1, .number(try fixed(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(rest.count) else { throw MalformedMessage() }
      defer { rest = rest.dropFirst(Int(length)) }
      return (number, 2, .bytes(rest.prefix(Int(length))))
    case 5: return (number, 5, .number(try fixed(4)))
    default: throw MalformedMessage()
    }
  }

  mutating func varint() throws(MalformedMessage) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = rest.popFirst() else { throw MalformedMessage() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw MalformedMessage()
  }

  mutating func fixed(_ count: Int) throws(MalformedMessage) -> UInt64 {
    guard rest.count >= count else { throw MalformedMessage() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func append(varint value: UInt64, to bytes: inout [UInt8]) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  static func append(fixed value: UInt64, count: Int, to bytes: inout [UInt8]) {
    for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
  }
}

extension Schema.Scalar {
  /// 0: varint, 1: eight bytes, 2: bytes with a length, 5: four bytes.
  var wireType: UInt64 {
    switch self {
    case .double, .fixed64, .sfixed64: 1
    case .float, .fixed32, .sfixed32: 5
    case .string, .bytes: 2
    default: 0
    }
  }
}
