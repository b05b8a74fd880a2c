/// What is to happen at which time, soonest first: a binary heap. Entries are not taken out early;
/// whoever takes one out when its time has come looks whether it still matters.
struct DeadlineQueue {
  enum Subject {
    case call(connection: UInt64, stream: UInt32)
    case frame(connection: UInt64)
    case accept
    case drain
  }

  private var heap: [(time: ContinuousClock.Instant, subject: Subject)] = []

  var count: Int { heap.count }
  var first: ContinuousClock.Instant? { heap.first?.time }

  mutating func add(_ time: ContinuousClock.Instant, _ subject: Subject) {
    heap.append((time, subject))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].time < heap[parent].time else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out the soonest whose time is not after `now`.
  mutating func take(until now: ContinuousClock.Instant) -> Subject? {
    guard let first = heap.first, first.time <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return first.subject
  }

  /// Forgets what does not matter any more.
  mutating func keep(where matters: (Subject) -> Bool) {
    let kept = heap.filter { matters($0.subject) }
    heap = []
    for entry in kept { add(entry.time, entry.subject) }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let child = right < heap.count && heap[right].time < heap[left].time ? right : left
      guard heap[child].time < heap[parent].time else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
