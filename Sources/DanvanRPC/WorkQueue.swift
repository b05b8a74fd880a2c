internal import Glibc

/// A queue of jobs and the threads that do them, started as they are needed. The connections whose jobs wait take
/// turns, and so do calls and steps of streams: a call waits for one step at most, however many streams have
/// something to send.
final class WorkQueue: Sendable {
  typealias Job = Turns.Job

  enum Lane { case calls, steps }

  private struct State {
    var calls = Turns()
    var steps = Turns()
    var isStepNext = false
    var idle = 0
    var threads = 0
    var isStopping = false

    var waiting: Int { calls.count + steps.count }

    mutating func take() -> Job? {
      let first = isStepNext ? steps.take() : calls.take()
      isStepNext.toggle()
      return first ?? (isStepNext ? steps.take() : calls.take())
    }
  }

  private let state = Monitor(State())
  private let width: Int
  private let bound: Int

  /// `width` threads at most; `tryAdd` refuses when `bound` of its jobs wait, or a few more where many
  /// connections wait.
  init(width: Int, bound: Int) {
    self.width = max(width, 1)
    self.bound = bound
  }

  /// Adds a call of a connection unless too many wait.
  func tryAdd(of connection: UInt64, _ job: @escaping Job) -> Bool {
    add(job, .calls, isBounded: true, of: connection)
  }

  /// Adds a job that must be done; their number is bounded by the open streams, and takes no call's
  /// place: a thousand watchers woken at once refuse nobody. What is of no connection has turns as one that
  /// is numbered 0.
  func add(of connection: UInt64 = 0, _ lane: Lane = .calls, _ job: @escaping Job) {
    _ = add(job, lane, isBounded: false, of: connection)
  }

  private func add(
    _ job: @escaping Job, _ lane: Lane, isBounded: Bool, of connection: UInt64
  ) -> Bool {
    let (isTaken, needsThread) = state.withLock { state in
      if isBounded, state.calls.isFull(for: connection, bound) { return (false, false) }
      switch lane {
      case .calls: state.calls.add(job, isBounded: isBounded, of: connection)
      case .steps: state.steps.add(job, isBounded: isBounded, of: connection)
      }
      guard state.waiting > state.idle, state.threads < width else { return (true, false) }
      state.threads += 1
      return (true, true)
    }
    if needsThread { startThread() }
    if isTaken { state.ring() }
    return isTaken
  }

  /// Waits until all jobs are done and the threads have ended, but not longer than `limit`: a
  /// handler that hangs must not keep the process.
  func stop(within limit: Duration) {
    state.withLock { $0.isStopping = true }
    state.ringAll()
    let deadline = ContinuousClock.now + limit
    while state.withLock({ $0.threads }) > 0, .now < deadline { usleep(1_000) }
  }

  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<WorkQueue>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, context)
    if result == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<WorkQueue>.fromOpaque(context).release()
      state.withLock { $0.threads -= 1 }
    }
  }

  private func work() {
    while true {
      let job: Job? = state.wait { state in
        if let job = state.take() { return .some(.some(job)) }
        guard state.isStopping else { return nil }
        state.threads -= 1
        return .some(.none)
      } beforeWaiting: {
        $0.idle += 1
      } afterWaiting: {
        $0.idle -= 1
      }
      guard let job else { return }
      job()
    }
  }
}
