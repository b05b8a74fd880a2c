/// Which sequences of syllables are known as words, each with a grade of how surely it is one.
///
/// A trie over token keys in one flat hash table: a step costs one probe, and tens of thousands of
/// words some megabytes. Built once, then read only.
public struct WordList: Sendable {
  private struct Edge {
    var hash: UInt64 = 0
    /// 0 marks a free place.
    var child: UInt32 = 0
    /// 0: no word ends here.
    var grade: UInt8 = 0
  }
  private var edges = [Edge](repeating: Edge(), count: 16)
  private var count: UInt32 = 0

  static let longest = 5

  public init() {}

  /// Adds a word of two to five syllables. Returns false for another length, a grade of 0, and a
  /// word that is there already.
  public mutating func add(_ syllables: [UInt64], grade: UInt8) -> Bool {
    guard (2...Self.longest).contains(syllables.count), grade > 0 else { return false }
    var node: UInt32 = 0
    var place = 0
    for key in syllables {
      let hash = Self.hash(node, key)
      place = find(hash)
      if edges[place].child == 0 {
        place = insert(hash)
      }
      node = edges[place].child
    }
    guard edges[place].grade == 0 else { return false }
    edges[place].grade = grade
    return true
  }

  /// Calls `found` with the length and grade of each word that begins at `start` and ends before
  /// `end` (token numbers), shortest first.
  @inline(__always)
  func forEachWord(
    in tokens: Tokens, at start: Int, before end: Int, _ found: (Int, UInt8) -> Void
  ) {
    var node: UInt32 = 0
    var place = start
    let end = min(end, start + Self.longest)
    while place < end {
      let edge = edges[find(Self.hash(node, tokens[place].key))]
      guard edge.child != 0 else { return }
      node = edge.child
      place += 1
      if edge.grade > 0 { found(place - start, edge.grade) }
    }
  }

  @inline(__always)
  private static func hash(_ node: UInt32, _ key: UInt64) -> UInt64 {
    Hashing.mix(key ^ (UInt64(node) &* 0x9E37_79B9_7F4A_7C15))
  }

  /// The place of the edge with that hash, else the free place where it would stand.
  @inline(__always)
  private func find(_ hash: UInt64) -> Int {
    let mask = edges.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while edges[place].child != 0 && edges[place].hash != hash { place = (place + 1) & mask }
    return place
  }

  private mutating func insert(_ hash: UInt64) -> Int {
    if Int(count) * 3 >= edges.count * 2 {
      let old = edges
      edges = [Edge](repeating: Edge(), count: old.count * 2)
      for edge in old where edge.child != 0 { edges[find(edge.hash)] = edge }
    }
    count += 1
    let place = find(hash)
    edges[place] = Edge(hash: hash, child: count, grade: 0)
    return place
  }
}
