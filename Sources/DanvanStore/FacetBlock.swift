/// The facet values of 64 neighbouring articles, in one row: counting reads a few hundred rows
/// where it would else read tens of thousands.
///
/// An entry is the article's place in the block (one byte), the number of its values (two bytes,
/// the lower first) and the values, six bytes each: the facet and 40 bits of a hash.
struct FacetBlock {
  private(set) var bytes: [UInt8]
  private static let head = 3
  private static let value = 6

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  static func number(of article: Int64) -> Int64 { article >> 6 }

  /// Puts an article's values in, in place of those that were there.
  mutating func set(_ article: Int64, _ values: [(facet: NamedFacet, hash: UInt64)]) {
    let place = UInt8(truncatingIfNeeded: article & 63)
    remove(place)
    let values = values.prefix(Int(UInt16.max))
    guard !values.isEmpty else { return }
    bytes += [place, UInt8(truncatingIfNeeded: values.count), UInt8(values.count >> 8)]
    for (facet, hash) in values {
      bytes.append(facet.rawValue)
      for shift in 0..<5 { bytes.append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * shift))) }
    }
  }

  private mutating func remove(_ place: UInt8) {
    var start = 0
    while let end = entryEnd(start) {
      if bytes[start] == place {
        bytes.removeSubrange(start..<end)
      } else {
        start = end
      }
    }
  }

  private func entryEnd(_ start: Int) -> Int? {
    guard start + Self.head <= bytes.count else { return nil }
    let count = Int(bytes[start + 1]) | Int(bytes[start + 2]) << 8
    let end = start + Self.head + count * Self.value
    return end <= bytes.count ? end : nil
  }

  /// Calls `body` with each value of the articles that are in `places`, a bit each: the article's place, the
  /// facet's number and the hash.
  @inline(__always)
  static func forEachValue(
    in bytes: UnsafeBufferPointer<UInt8>, of places: UInt64, _ body: (UInt8, UInt8, UInt64) -> Void
  ) {
    let raw = UnsafeRawBufferPointer(bytes)
    var start = 0
    while start + head <= bytes.count {
      let count = Int(bytes[start + 1]) | Int(bytes[start + 2]) << 8
      let end = start + head + count * value
      guard end <= bytes.count else { return }
      let place = bytes[start]
      if places & (1 << UInt64(place & 63)) != 0 {
        var at = start + head
        while at < end {
          var word: UInt64 = 0
          if at + 8 <= bytes.count {
            word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
          } else {
            for byte in 0..<value { word |= UInt64(bytes[at + byte]) << UInt64(8 * byte) }
          }
          body(place & 63, UInt8(truncatingIfNeeded: word), word >> 8 & 0xFF_FFFF_FFFF)
          at += value
        }
      }
      start = end
    }
  }
}
