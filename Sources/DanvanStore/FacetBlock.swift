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

  /// Calls `body` with each value of the articles that `isWanted` takes by their place: the facet's
  /// number and the hash.
  static func forEachValue(
    in bytes: UnsafeBufferPointer<UInt8>, of isWanted: (UInt8) -> Bool,
    _ body: (UInt8, UInt64) -> Void
  ) {
    var start = 0
    while start + head <= bytes.count {
      let count = Int(bytes[start + 1]) | Int(bytes[start + 2]) << 8
      let end = start + head + count * value
      guard end <= bytes.count else { return }
      if isWanted(bytes[start]) {
        var at = start + head
        while at < end {
          var hash: UInt64 = 0
          for byte in 0..<5 { hash |= UInt64(bytes[at + 1 + byte]) << UInt64(8 * byte) }
          body(bytes[at], hash)
          at += value
        }
      }
      start = end
    }
  }
}
