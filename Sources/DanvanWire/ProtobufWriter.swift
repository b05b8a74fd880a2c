/// Builds one protobuf message; fields that hold their default are left out, as proto3 does.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  mutating func varint(_ field: UInt8, _ value: UInt64) {
    guard value != 0 else { return }
    bytes.append(field << 3)
    append(value)
  }

  mutating func string(_ field: UInt8, _ value: String) {
    guard !value.isEmpty else { return }
    prefix(field, length: value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func message(_ field: UInt8, _ value: [UInt8]) {
    prefix(field, length: value.count)
    bytes.append(contentsOf: value)
  }

  /// The tag and length of a field whose bytes the caller sends after these.
  mutating func prefix(_ field: UInt8, length: Int) {
    bytes.append(field << 3 | 2)
    append(UInt64(length))
  }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
