internal import Synchronization

/// Whether a call's answer is still wanted, and who wants to know.
final class Cancellation: Sendable {
  private enum State {
    case active([@Sendable () -> Void])
    case cancelled
    case answered
  }

  private let state = Mutex(State.active([]))
  private let flag = Atomic(false)

  var isCancelled: Bool { flag.load(ordering: .acquiring) }

  func add(_ action: @escaping @Sendable () -> Void) {
    let runNow = state.withLock { state in
      switch state {
      case .active(var actions):
        actions.append(action)
        state = .active(actions)
        return false
      case .cancelled: return true
      case .answered: return false
      }
    }
    if runNow { action() }
  }

  /// Marks the call and returns what is to be run; empty the second time.
  func cancel() -> [@Sendable () -> Void] {
    state.withLock { state in
      guard case .active(let actions) = state else { return [] }
      state = .cancelled
      flag.store(true, ordering: .releasing)
      return actions
    }
  }

  /// Forgets the actions: the call has its answer.
  func finish() {
    state.withLock { state in if case .active = state { state = .answered } }
  }
}
