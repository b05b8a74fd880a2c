/// How many articles have each of the values of some facets.
///
/// The values are hashes already, so that each has its place in a table by its own bits.
struct FacetCounts {
  /// The facet in the bits above those of the hash; 0 for a place that is free.
  private var keys: [UInt64]
  private var counts: [Int32]
  private var used = 0

  init() {
    keys = Array(repeating: 0, count: 1 << 12)
    counts = Array(repeating: 0, count: 1 << 12)
  }

  static func key(_ facet: UInt8, _ hash: UInt64) -> UInt64 { UInt64(facet) << 40 | hash }

  mutating func add(_ key: UInt64, _ count: Int32 = 1) {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: key ^ key >> 40) & mask
    while keys[place] != key {
      if keys[place] == 0 {
        // No more than half full, so that a free place is near.
        guard used * 2 < keys.count else {
          grow()
          return add(key, count)
        }
        keys[place] = key
        used += 1
        break
      }
      place = (place + 1) & mask
    }
    counts[place] += count
  }

  private mutating func grow() {
    let (oldKeys, oldCounts) = (keys, counts)
    keys = Array(repeating: 0, count: oldKeys.count * 4)
    counts = Array(repeating: 0, count: keys.count)
    used = 0
    for (key, count) in zip(oldKeys, oldCounts) where key != 0 { add(key, count) }
  }

  /// The most frequent values of a facet, and how many values it has.
  func top(_ limit: Int, of facet: UInt8) -> (top: [(hash: UInt64, count: Int)], distinct: Int) {
    // A few of very many: sorting all would cost more than counting did.
    var top: [(hash: UInt64, count: Int)] = []
    var distinct = 0
    for (key, count) in zip(keys, counts) where key != 0 && key >> 40 == UInt64(facet) {
      distinct += 1
      let value = (hash: key & 0xFF_FFFF_FFFF, count: Int(count))
      if top.count == limit {
        guard let last = top.last, Self.precedes(value, last) else { continue }
        top.removeLast()
      }
      let place = top.lastIndex { Self.precedes($0, value) }.map { $0 + 1 } ?? 0
      top.insert(value, at: place)
    }
    return (top, distinct)
  }

  private static func precedes(
    _ a: (hash: UInt64, count: Int), _ b: (hash: UInt64, count: Int)
  ) -> Bool {
    a.count != b.count ? a.count > b.count : a.hash < b.hash
  }
}
