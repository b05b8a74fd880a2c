import DanvanText

/// A trie over syllable keys with numbers at its nodes.
///
/// Keys are the 64-bit canonical keys of `DanvanText`.
struct PhraseTrie: Sendable {
  /// One number, and the place of the next at the same node; -1 for none.
  fileprivate struct Link: Sendable {
    let value: Int32
    var next: Int32 = -1
  }

  static let root = SyllableTrie.root
  private var trie = SyllableTrie()
  /// For each node the place of its first number; -1 for none.
  private var first: [Int32] = [-1]
  private var links: [Link] = []

  /// Adds `value` at the end of the path `keys`; several values may share one path.
  mutating func insert(_ keys: some Sequence<UInt64>, _ value: Int32) {
    let node = Int(trie.add(keys))
    while first.count < trie.nodeCount { first.append(-1) }
    let place = Int32(links.count)
    links.append(Link(value: value))
    guard first[node] >= 0 else {
      first[node] = place
      return
    }
    var last = Int(first[node])
    while links[last].next >= 0 { last = Int(links[last].next) }
    links[last].next = place
  }

  /// The node that `key` leads to from `node`, or nil.
  func step(from node: UInt32, by key: UInt64) -> UInt32? { trie.step(from: node, by: key) }

  /// The values whose path ends at `node`, in order of insertion.
  func values(at node: UInt32) -> Values { Values(links: links, place: first[Int(node)]) }

  /// Whether a value has this path.
  func holds(_ keys: some Sequence<UInt64>) -> Bool {
    var node = Self.root
    for key in keys {
      guard let next = step(from: node, by: key) else { return false }
      node = next
    }
    return first[Int(node)] >= 0
  }

  /// The first value whose path ends at `node`.
  func firstValue(at node: UInt32) -> Int32? {
    let place = first[Int(node)]
    return place < 0 ? nil : links[Int(place)].value
  }

  struct Values: Sequence, IteratorProtocol {
    fileprivate let links: [Link]
    fileprivate var place: Int32

    mutating func next() -> Int32? {
      guard place >= 0 else { return nil }
      let link = links[Int(place)]
      place = link.next
      return link.value
    }
  }
}
