/// Why bytes are not a protobuf message.
struct ProtobufError: Error, Equatable {
  let reason: String
}

/// Reads the fields of one protobuf message from borrowed bytes, every length checked.
struct ProtobufReader {
  struct Field {
    let number: UInt64
    let wireType: UInt8
  }

  /// Groups within groups that are passed over before the message is refused.
  private static let deepest = 32

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next field's tag; nil at the end of the message.
  mutating func field() throws(ProtobufError) -> Field? {
    guard position < bytes.count else { return nil }
    let tag = try varint()
    guard tag >> 3 > 0, tag >> 32 == 0 else {
      throw ProtobufError(reason: "a field number is wrong")
    }
    return Field(number: tag >> 3, wireType: UInt8(tag & 7))
  }

  mutating func varint() throws(ProtobufError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      guard position < bytes.count else { throw ProtobufError(reason: "a number is cut off") }
      let byte = bytes[position]
      position += 1
      if shift == 63, byte > 1 { break }
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte & 0x80 == 0 { return value }
    }
    throw ProtobufError(reason: "a number is longer than 64 bits")
  }

  mutating func delimited() throws(ProtobufError) -> UnsafeRawBufferPointer {
    let length = try varint()
    guard length <= UInt64(bytes.count - position) else {
      throw ProtobufError(reason: "a field goes past the end")
    }
    return take(Int(length))
  }

  mutating func string() throws(ProtobufError) -> String {
    guard let string = String(validating: try delimited(), as: UTF8.self) else {
      throw ProtobufError(reason: "a text is not UTF-8")
    }
    return string
  }

  /// Passes over the value of a field that means nothing here.
  mutating func skip(_ field: Field, depth: Int = 0) throws(ProtobufError) {
    switch field.wireType {
    case 0: _ = try varint()
    case 1: try skip(8)
    case 2: _ = try delimited()
    case 5: try skip(4)
    case 3:
      guard depth < Self.deepest else { throw ProtobufError(reason: "groups are nested too deep") }
      while let inner = try self.field() {
        if inner.wireType == 4 {
          guard inner.number == field.number else { break }
          return
        }
        try skip(inner, depth: depth + 1)
      }
      throw ProtobufError(reason: "a group does not end")
    default: throw ProtobufError(reason: "a wire type is unknown")
    }
  }

  private mutating func skip(_ count: Int) throws(ProtobufError) {
    guard bytes.count - position >= count else {
      throw ProtobufError(reason: "a field goes past the end")
    }
    _ = take(count)
  }

  private mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }
}
