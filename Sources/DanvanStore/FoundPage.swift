internal import DanvanModel

/// The page of matches that follows a place in the order of a search: few of many are wanted, so that the best so
/// far are kept instead of sorting all.
struct FoundPage {
  private(set) var best: [SearchPosition] = []
  private let limit: Int
  private let after: SearchPosition?
  /// Whether there are matches behind the page.
  private var goesOn = false

  init(of limit: Int, after: SearchPosition?) {
    self.limit = limit
    self.after = after
  }

  /// Nil where nothing follows.
  var next: SearchPosition? { goesOn ? best.last : nil }

  /// What must be preceded to come onto the page; nil while there is room.
  var worst: SearchPosition? { best.count == limit ? best.last : nil }

  @inline(__always)
  mutating func add(_ position: SearchPosition) {
    if best.count == limit {
      guard let worst = best.last, position.precedes(worst) else {
        passOver()
        return
      }
    }
    insert(position)
  }

  /// Notes that there are matches which the worst precedes.
  mutating func passOver() { goesOn = true }

  private mutating func insert(_ position: SearchPosition) {
    if let after, !after.precedes(position) { return }
    if best.count == limit {
      best.removeLast()
      goesOn = true
    }
    var low = 0
    var high = best.count
    while low < high {
      let middle = (low + high) / 2
      if best[middle].precedes(position) { low = middle + 1 } else { high = middle }
    }
    best.insert(position, at: low)
  }
}
