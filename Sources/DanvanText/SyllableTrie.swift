/// A trie over token keys in one flat hash table: a step costs one probe, an edge twelve bytes.
///
/// Nodes are numbered in the order they were added, from 0, the root. It only grows.
public struct SyllableTrie: Sendable {
  /// Two halves of a hash, so that nothing is lost to alignment.
  @usableFromInline
  struct Edge: Sendable {
    @usableFromInline var low: UInt32 = 0
    @usableFromInline var high: UInt32 = 0
    /// 0 marks a free place: the root is nobody's child.
    @usableFromInline var child: UInt32 = 0

    @usableFromInline init() {}

    @usableFromInline var hash: UInt64 { UInt64(high) << 32 | UInt64(low) }
  }

  public static let root: UInt32 = 0
  @usableFromInline var edges = [Edge](repeating: Edge(), count: 16)
  /// Nodes without the root.
  @usableFromInline var edgeCount = 0

  public init() {}

  public var nodeCount: Int { edgeCount + 1 }

  /// The node that `key` leads to from `node`, or nil.
  @inlinable @inline(__always)
  public func step(from node: UInt32, by key: UInt64) -> UInt32? {
    let child = edges[place(of: Self.hash(node, key))].child
    return child == 0 ? nil : child
  }

  /// The node at the end of the path `keys`, added where it was not there.
  public mutating func add(_ keys: some Sequence<UInt64>) -> UInt32 {
    keys.reduce(Self.root) { node, key in
      step(from: node, by: key) ?? insert(Self.hash(node, key))
    }
  }

  @inlinable @inline(__always)
  static func hash(_ node: UInt32, _ key: UInt64) -> UInt64 {
    Hashing.mix(key ^ (UInt64(node) &* 0x9E37_79B9_7F4A_7C15))
  }

  /// The place of the edge with that hash, else the free place where it would stand.
  @inlinable @inline(__always)
  func place(of hash: UInt64) -> Int {
    let mask = edges.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while edges[place].child != 0 && edges[place].hash != hash { place = (place + 1) & mask }
    return place
  }

  private mutating func insert(_ hash: UInt64) -> UInt32 {
    if edgeCount * 4 >= edges.count * 3 {
      let old = edges
      edges = [Edge](repeating: Edge(), count: old.count * 2)
      for edge in old where edge.child != 0 { edges[place(of: edge.hash)] = edge }
    }
    edgeCount += 1
    let place = place(of: hash)
    edges[place].low = UInt32(truncatingIfNeeded: hash)
    edges[place].high = UInt32(truncatingIfNeeded: hash >> 32)
    edges[place].child = UInt32(edgeCount)
    return UInt32(edgeCount)
  }
}
