internal import DanvanRPC
internal import Glibc
internal import Synchronization

/// Lets every watch tell its client how far it has come before the daemon ends its streams.
final class Farewell: Sendable {
  private struct State {
    var isSaid = false
    var watches: [ObjectIdentifier: StreamHandle] = [:]
  }
  private let state = Mutex(State())

  var isSaid: Bool { state.withLock { $0.isSaid } }

  func add(_ watch: AnyObject, _ handle: StreamHandle) {
    state.withLock { $0.watches[ObjectIdentifier(watch)] = handle }
  }

  /// The watch has said it, or is over.
  func remove(_ watch: AnyObject) {
    _ = state.withLock { $0.watches.removeValue(forKey: ObjectIdentifier(watch)) }
  }

  /// Asks all watches to say it; waits until they have, at most `limit`: one that has no credit
  /// cannot.
  func say(within limit: Duration) {
    let handles = state.withLock { state in
      state.isSaid = true
      return Array(state.watches.values)
    }
    for handle in handles { handle.wake() }
    let end = ContinuousClock.now + limit
    while !state.withLock({ $0.watches.isEmpty }), ContinuousClock.now < end { usleep(1_000) }
  }
}
