internal import Glibc

/// A value behind a lock, and a bell for the threads that wait for it to change.
final class Monitor<State>: @unchecked Sendable {
  // The mutex and the condition need fixed addresses; the state is only touched under the mutex.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  init(_ state: sending State) {
    self.state = state
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func withLock<R>(_ body: (inout State) throws -> R) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Waits until `body` returns something; it is asked again after every ring.
  func wait<R>(
    for body: (inout State) -> R?, beforeWaiting: (inout State) -> Void = { _ in },
    afterWaiting: (inout State) -> Void = { _ in }
  ) -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&state) { return result }
      beforeWaiting(&state)
      pthread_cond_wait(condition, mutex)
      afterWaiting(&state)
    }
  }

  func ring() { pthread_cond_signal(condition) }
  func ringAll() { pthread_cond_broadcast(condition) }
}
