internal import Glibc

/// A queue of jobs and the threads that do them, started as they are needed. The connections whose jobs wait take
/// turns, a job a turn; the jobs of one are begun in the order in which they came.
final class WorkQueue: Sendable {
  typealias Job = @Sendable () -> Void

  private struct State {
    var lines: [UInt64: Line] = [:]
    /// The connections with waiting jobs, each once, in the order of their turns.
    var turns = Fifo<UInt64>()
    var waiting = 0
    /// How many of those that wait came by `tryAdd`.
    var calls = 0
    var idle = 0
    var threads = 0
    var isStopping = false

    /// Whether so many wait that a call of the connection is refused. Who has less than his part of the
    /// places is not: the crowd before him is not his.
    func isFull(for connection: UInt64, _ bound: Int) -> Bool {
      calls >= bound && lines[connection]?.calls ?? 0 >= max(1, bound / max(1, lines.count))
    }

    mutating func add(_ job: @escaping Job, isCall: Bool, of connection: UInt64) {
      if lines[connection] == nil { turns.add(connection) }
      lines[connection, default: Line()].add(job, isCall)
      waiting += 1
      if isCall { calls += 1 }
    }

    mutating func take() -> Job? {
      guard let connection = turns.take(), let (job, isCall) = lines[connection]?.take() else {
        return nil
      }
      waiting -= 1
      if isCall { calls -= 1 }
      if lines[connection]?.jobs.isEmpty == false {
        turns.add(connection)
      } else {
        lines[connection] = nil
      }
      return job
    }
  }

  /// What waits of one connection.
  private struct Line {
    var jobs = Fifo<(job: Job, isCall: Bool)>()
    var calls = 0

    mutating func add(_ job: @escaping Job, _ isCall: Bool) {
      jobs.add((job, isCall))
      if isCall { calls += 1 }
    }

    mutating func take() -> (job: Job, isCall: Bool)? {
      guard let next = jobs.take() else { return nil }
      if next.isCall { calls -= 1 }
      return next
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

  /// Adds a job of a connection unless too many wait.
  func tryAdd(of connection: UInt64, _ job: @escaping Job) -> Bool {
    add(job, isCall: true, of: connection)
  }

  /// Adds a job that must be done; their number is bounded by the open streams, and takes no call's
  /// place: a thousand watchers woken at once refuse nobody. What is of no connection has turns as one that
  /// is numbered 0.
  func add(of connection: UInt64 = 0, _ job: @escaping Job) {
    _ = add(job, isCall: false, of: connection)
  }

  private func add(_ job: @escaping Job, isCall: Bool, of connection: UInt64) -> Bool {
    let (isTaken, needsThread) = state.withLock { state in
      if isCall, state.isFull(for: connection, bound) { return (false, false) }
      state.add(job, isCall: isCall, of: connection)
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
