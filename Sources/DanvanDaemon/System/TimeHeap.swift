/// Times with numbers, the earliest at hand.
struct TimeHeap {
  private var nodes: [(time: ContinuousClock.Instant, number: UInt64)] = []

  var count: Int { nodes.count }
  var earliest: ContinuousClock.Instant? { nodes.first?.time }

  mutating func insert(_ time: ContinuousClock.Instant, _ number: UInt64) {
    nodes.append((time, number))
    var child = nodes.count - 1
    while child > 0, nodes[child].time < nodes[(child - 1) / 2].time {
      nodes.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The heap must not be empty.
  mutating func removeEarliest() -> UInt64 {
    nodes.swapAt(0, nodes.count - 1)
    let removed = nodes.removeLast()
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < nodes.count }
      guard let least = children.min(by: { nodes[$0].time < nodes[$1].time }),
        nodes[least].time < nodes[parent].time
      else { return removed.number }
      nodes.swapAt(parent, least)
      parent = least
    }
  }

  mutating func keep(_ isWanted: (UInt64) -> Bool) {
    let wanted = nodes.filter { isWanted($0.number) }
    nodes = []
    for node in wanted { insert(node.time, node.number) }
  }
}
