/// The values of a `FacetBlock` by facets, as they are kept in memory: who counts two facets passes over the others.
///
/// A group is the facet (one byte), the number of its values (four bytes, the lowest first) and the values, six bytes
/// each: the article's place in the block and 40 bits of a hash.
struct FacetGroups {
  let bytes: [UInt8]
  private static let head = 5
  private static let value = 6

  init(_ block: [UInt8]) {
    var groups = [[UInt8]](repeating: [], count: 256)
    block.withUnsafeBufferPointer { block in
      FacetBlock.forEachValue(in: block, of: .max) { place, facet, hash in
        groups[Int(facet)].append(place)
        for shift in 0..<5 {
          groups[Int(facet)].append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * shift)))
        }
      }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.count + 16 * Self.head)
    for (facet, values) in groups.enumerated() where !values.isEmpty {
      bytes.append(UInt8(truncatingIfNeeded: facet))
      let count = UInt32(truncatingIfNeeded: values.count / Self.value)
      for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: count >> UInt32(8 * shift))) }
      bytes += values
    }
    self.bytes = bytes
  }

  /// Calls `body` with each value of the facets that are in `facets`, a bit each, and of the articles that are in
  /// `places`: the article's place, the facet's number and the hash.
  @inline(__always)
  static func forEachValue(
    in bytes: UnsafeBufferPointer<UInt8>, facets: UInt64, of places: UInt64,
    _ body: (UInt8, UInt8, UInt64) -> Void
  ) {
    let raw = UnsafeRawBufferPointer(bytes)
    var start = 0
    while start + head <= bytes.count {
      let facet = bytes[start]
      let count = UInt32(
        littleEndian: raw.loadUnaligned(fromByteOffset: start + 1, as: UInt32.self))
      let end = start + head + Int(count) * value
      guard end <= bytes.count else { return }
      if facets & 1 << UInt64(facet & 63) != 0 {
        var at = start + head
        while at < end {
          var word: UInt64 = 0
          if at + 8 <= bytes.count {
            word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
          } else {
            for byte in 0..<value { word |= UInt64(bytes[at + byte]) << UInt64(8 * byte) }
          }
          if places & 1 << (word & 63) != 0 {
            body(UInt8(truncatingIfNeeded: word & 63), facet, word >> 8 & 0xFF_FFFF_FFFF)
          }
          at += value
        }
      }
      start = end
    }
  }
}
