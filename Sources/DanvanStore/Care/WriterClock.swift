internal import Synchronization

/// Knows since when the committing connection has been at one piece of work, so that a watchdog can
/// tell one that hangs from one that is busy.
final class WriterClock: Sendable {
  private struct State {
    var began: ContinuousClock.Instant?
    /// How many pieces of work hold the connection that may take minutes.
    var longWorks = 0
  }
  private let state = Mutex(State())

  /// How long the transaction under way has taken; nil between two, and during long work.
  var age: Duration? {
    state.withLock { state in
      state.longWorks > 0 ? nil : state.began.map { .now - $0 }
    }
  }

  /// Runs one transaction. Not nested, and only by whom the queue of commits has chosen.
  func time<Answer>(_ transaction: () throws -> Answer) rethrows -> Answer {
    state.withLock { $0.began = .now }
    defer { state.withLock { $0.began = nil } }
    return try transaction()
  }

  /// Runs work that keeps transactions waiting for minutes; what they waited does not count.
  func takingLong<Answer>(_ work: () throws -> Answer) rethrows -> Answer {
    state.withLock { $0.longWorks += 1 }
    defer {
      state.withLock { state in
        state.longWorks -= 1
        if state.began != nil { state.began = .now }
      }
    }
    return try work()
  }
}
