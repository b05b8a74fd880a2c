internal import Synchronization

/// Those who want to be woken after a commit. They are told a number and read the rest themselves.
final class Watchers: Sendable {
  typealias Wake = @Sendable (Int64) -> Void
  private struct State {
    var wakes: [Int: Wake] = [:]
    var nextNumber = 0
    var head: Int64 = 0
  }
  private let state = Mutex(State())

  /// The newest sequence known to be committed.
  var head: Int64 { state.withLock { $0.head } }

  func noteHead(_ sequence: Int64) {
    state.withLock { $0.head = max($0.head, sequence) }
  }

  func wake(upTo sequence: Int64) {
    let (wakes, head) = state.withLock { state in
      state.head = max(state.head, sequence)
      return (Array(state.wakes.values), state.head)
    }
    for wake in wakes { wake(head) }
  }

  func add(_ wake: @escaping Wake) -> Subscription {
    let number = state.withLock { state in
      state.nextNumber += 1
      state.wakes[state.nextNumber] = wake
      return state.nextNumber
    }
    return Subscription { [weak self] in
      _ = self?.state.withLock { $0.wakes.removeValue(forKey: number) }
    }
  }
}

/// A standing wish to be woken; ends when cancelled or let go.
public final class Subscription: Sendable {
  private let end: @Sendable () -> Void

  init(end: @escaping @Sendable () -> Void) { self.end = end }
  deinit { end() }

  /// May be called more than once.
  public func cancel() { end() }
}
