internal import Glibc

/// A first-in-first-out queue of jobs and the threads that do them, started as they are needed.
final class WorkQueue: Sendable {
  typealias Job = @Sendable () -> Void

  private struct State {
    var jobs: [(job: Job, isCall: Bool)] = []
    var head = 0
    /// How many of those that wait came by `tryAdd`.
    var calls = 0
    var idle = 0
    var threads = 0
    var isStopping = false

    var waiting: Int { jobs.count - head }

    mutating func take() -> Job? {
      guard head < jobs.count else { return nil }
      defer {
        head += 1
        if head == jobs.count {
          jobs.removeAll(keepingCapacity: true)
          head = 0
        } else if head >= 1_024, head * 2 > jobs.count {
          jobs.removeFirst(head)
          head = 0
        }
      }
      if jobs[head].isCall { calls -= 1 }
      return jobs[head].job
    }
  }

  private let state = Monitor(State())
  private let width: Int
  private let bound: Int

  /// `width` threads at most; `tryAdd` refuses when `bound` of its jobs wait.
  init(width: Int, bound: Int) {
    self.width = max(width, 1)
    self.bound = bound
  }

  /// Adds a job unless too many wait.
  func tryAdd(_ job: @escaping Job) -> Bool { add(job, isCall: true) }

  /// Adds a job that must be done; their number is bounded by the open streams, and takes no call's
  /// place: a thousand watchers woken at once refuse nobody.
  func add(_ job: @escaping Job) { _ = add(job, isCall: false) }

  private func add(_ job: @escaping Job, isCall: Bool) -> Bool {
    let (isTaken, needsThread) = state.withLock { state in
      if isCall {
        guard state.calls < bound else { return (false, false) }
        state.calls += 1
      }
      state.jobs.append((job, isCall))
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
