/// Reads SQLite's variable-length integers: seven bits a byte, the highest first, and of a ninth byte all
/// eight.
struct VarintReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var offset: Int
  private let end: Int

  /// Reads up to `end`, else to the end of the bytes, which must stay as they are meanwhile.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    self.offset = max(0, offset)
    self.end = min(bytes.count, end ?? bytes.count)
  }

  @inline(__always) var isAtEnd: Bool { offset >= end }

  /// Nil where the bytes end before it does.
  @inline(__always)
  mutating func next() -> UInt64? {
    guard offset < end else { return nil }
    let first = bytes[offset]
    offset += 1
    guard first >= 0x80 else { return UInt64(first) }
    // Most of the others are of two bytes.
    if offset < end, case let second = bytes[offset], second < 0x80 {
      offset += 1
      return UInt64(first & 0x7F) << 7 | UInt64(second)
    }
    return rest(of: first)
  }

  private mutating func rest(of first: UInt8) -> UInt64? {
    var value = UInt64(first & 0x7F)
    for _ in 1..<8 {
      guard offset < end else { return nil }
      let byte = bytes[offset]
      offset += 1
      value = value << 7 | UInt64(byte & 0x7F)
      guard byte >= 0x80 else { return value }
    }
    guard offset < end else { return nil }
    value = value << 8 | UInt64(bytes[offset])
    offset += 1
    return value
  }

  /// Nil also for what is greater than any count or id.
  @inline(__always)
  mutating func nextInteger() -> Int64? { next().flatMap { Int64(exactly: $0) } }

  /// A number of bytes that follow, all of which are there.
  @inline(__always)
  mutating func nextCount() -> Int? {
    guard let value = next(), value <= UInt64(end - offset) else { return nil }
    return Int(value)
  }

  /// Passes over so many bytes.
  @inline(__always)
  mutating func skip(_ count: Int) { offset += count }
}
