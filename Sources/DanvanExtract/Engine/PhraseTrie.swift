/// A trie over syllable keys, kept in one flat hash table so that a step costs one probe.
///
/// Keys are the 64-bit canonical keys of `DanvanText`; node 0 is the root. Built once, then read only.
struct PhraseTrie: Sendable {
  private struct Edge {
    var hash: UInt64 = 0
    /// 0 marks a free place: the root is nobody's child.
    var child: Int32 = 0
  }

  static let root: Int32 = 0
  private var edges = [Edge](repeating: Edge(), count: 16)
  private var edgeCount = 0
  private var values: [[Int32]] = [[]]

  /// Adds `value` at the end of the path `keys`; several values may share one path.
  mutating func insert(_ keys: some Sequence<UInt64>, _ value: Int32) {
    var node = Self.root
    for key in keys {
      let hash = Self.hash(node, key)
      var next = find(hash)
      if next == 0 {
        next = Int32(values.count)
        values.append([])
        add(Edge(hash: hash, child: next))
      }
      node = next
    }
    values[Int(node)].append(value)
  }

  /// The node that `key` leads to from `node`, or nil.
  func step(from node: Int32, by key: UInt64) -> Int32? {
    let child = find(Self.hash(node, key))
    return child == 0 ? nil : child
  }

  /// The values whose path ends at `node`, in order of insertion.
  func values(at node: Int32) -> [Int32] { values[Int(node)] }

  private static func hash(_ node: Int32, _ key: UInt64) -> UInt64 {
    var h = key ^ (UInt64(UInt32(bitPattern: node)) &* 0x9E37_79B9_7F4A_7C15)
    h = (h ^ (h >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return h ^ (h >> 32)
  }

  private func find(_ hash: UInt64) -> Int32 {
    let mask = edges.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while edges[place].child != 0 {
      if edges[place].hash == hash { return edges[place].child }
      place = (place + 1) & mask
    }
    return 0
  }

  private mutating func add(_ edge: Edge) {
    if edgeCount * 2 >= edges.count {
      let old = edges
      edges = [Edge](repeating: Edge(), count: old.count * 2)
      for edge in old where edge.child != 0 { put(edge) }
    }
    put(edge)
    edgeCount += 1
  }

  private mutating func put(_ edge: Edge) {
    let mask = edges.count - 1
    var place = Int(truncatingIfNeeded: edge.hash) & mask
    while edges[place].child != 0 { place = (place + 1) & mask }
    edges[place] = edge
  }
}
