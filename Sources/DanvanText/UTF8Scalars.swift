/// Reads the scalar at `index`, which must be inside `bytes`.
///
/// Bytes that are not UTF-8 never trap: a broken sequence reads as one byte of value U+FFFD.
@inline(__always)
func scalar(in bytes: [UInt8], at index: Int) -> (value: UInt32, count: Int) {
  let first = bytes[index]
  if first < 0x80 { return (UInt32(first), 1) }
  let left = bytes.count - index
  if first >= 0xC2 && first < 0xE0 && left >= 2 {
    return (UInt32(first & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2)
  }
  if first >= 0xE0 && first < 0xF0 && left >= 3 {
    let value =
      UInt32(first & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
    return (value, 3)
  }
  if first >= 0xF0 && first < 0xF5 && left >= 4 {
    let value =
      UInt32(first & 0x07) << 18 | UInt32(bytes[index + 1] & 0x3F) << 12
      | UInt32(bytes[index + 2] & 0x3F) << 6 | UInt32(bytes[index + 3] & 0x3F)
    return (value, 4)
  }
  return (0xFFFD, 1)
}

/// Reads the scalar that ends before `end`, which must be above 0 and at most `bytes.count`.
func scalar(in bytes: [UInt8], before end: Int) -> (value: UInt32, count: Int) {
  var start = end - 1
  while start > 0 && end - start < 4 && bytes[start] & 0xC0 == 0x80 { start -= 1 }
  return scalar(in: bytes, at: start)
}

extension Array where Element == UInt8 {
  /// Appends the UTF-8 of one scalar.
  mutating func append(scalar: Unicode.Scalar) {
    append(contentsOf: UTF8.encode(scalar) ?? .init())
  }
}
