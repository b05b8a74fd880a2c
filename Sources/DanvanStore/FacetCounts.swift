/// How many articles have each of the values of some facets.
///
/// The values are hashes already, so that each has its place in a table by its own bits.
struct FacetCounts {
  /// The facet in the bits above those of the hash; 0 for a place that is free.
  private var values: [(key: UInt64, count: Int)]
  private var used = 0

  /// More than there are.
  private static let facets = 256

  /// Makes room for about so many values.
  init(expecting count: Int) {
    var room = 1 << 12
    while room < count, room < 1 << 18 { room *= 2 }
    values = Array(repeating: (0, 0), count: room)
  }

  @inline(__always)
  static func key(_ facet: UInt8, _ hash: UInt64) -> UInt64 { UInt64(facet) << 40 | hash }

  @inline(__always)
  mutating func add(_ key: UInt64, _ count: Int = 1) {
    let mask = values.count - 1
    var place = Int(truncatingIfNeeded: key ^ key >> 40) & mask
    while values[place].key != key {
      if values[place].key == 0 {
        insert(key, count)
        return
      }
      place = (place + 1) & mask
    }
    values[place].count += count
  }

  private mutating func insert(_ key: UInt64, _ count: Int) {
    // No more than half full, so that a free place is near.
    if used * 2 >= values.count { grow() }
    let mask = values.count - 1
    var place = Int(truncatingIfNeeded: key ^ key >> 40) & mask
    while values[place].key != 0 { place = (place + 1) & mask }
    values[place] = (key, count)
    used += 1
  }

  private mutating func grow() {
    let old = values
    values = Array(repeating: (0, 0), count: old.count * 4)
    used = 0
    for (key, count) in old where key != 0 { insert(key, count) }
  }

  typealias Top = (top: [(hash: UInt64, count: Int)], distinct: Int)

  /// Of each facet, by its number, the most frequent values, and how many it has.
  func top(_ limit: Int) -> [Top] {
    // A few of very many: sorting all would cost more than counting did.
    var found = [Top](repeating: (top: [], distinct: 0), count: Self.facets)
    for (key, count) in values where key != 0 {
      let facet = Int(key >> 40)
      found[facet].distinct += 1
      let value = (hash: key & 0xFF_FFFF_FFFF, count: count)
      if found[facet].top.count == limit {
        guard let last = found[facet].top.last, Self.precedes(value, last) else { continue }
        found[facet].top.removeLast()
      }
      let place = found[facet].top.lastIndex { Self.precedes($0, value) }.map { $0 + 1 } ?? 0
      found[facet].top.insert(value, at: place)
    }
    return found
  }

  private static func precedes(
    _ a: (hash: UInt64, count: Int), _ b: (hash: UInt64, count: Int)
  ) -> Bool {
    a.count != b.count ? a.count > b.count : a.hash < b.hash
  }
}
