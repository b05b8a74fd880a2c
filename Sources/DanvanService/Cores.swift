internal import Dispatch
internal import Synchronization

/// Work on the items of a batch, on all cores.
enum Cores {
  /// As `map`, in order; `transform` is called from several threads at once.
  static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], _ transform: @Sendable (Item) -> Value
  ) -> [Value] {
    guard items.count > 1 else { return items.map(transform) }
    // Small pieces, for items differ much in what they cost.
    let size = max(1, min(16, items.count / 8))
    let pieces = stride(from: 0, to: items.count, by: size).map {
      items[$0..<min($0 + size, items.count)]
    }
    let done = Mutex<[Int: [Value]]>([:])
    DispatchQueue.concurrentPerform(iterations: pieces.count) { index in
      let values = pieces[index].map(transform)
      done.withLock { $0[index] = values }
    }
    return done.withLock { done in pieces.indices.flatMap { done[$0] ?? [] } }
  }
}
