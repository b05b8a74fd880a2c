import DanvanMessages
import Glibc

/// Runs a command for each event. Several run at a time, but those of one article one after the
/// other and in order; one that fails is run again, after a pause.
struct ExecSink: EventSink {
  private enum State {
    case waiting
    case running(pid_t)
    case pausing(Stopwatch, Double)
    case done
    case failed
  }
  private struct Job {
    let event: Danvan_V1_WatchEvent
    var state = State.waiting
    var attempts = 0
    var backOff = BackOff()

    var isDone: Bool { if case .done = state { true } else { false } }
    var isRunning: Bool { if case .running = state { true } else { false } }
  }

  private let command: String
  private let width: Int
  private let retries: Int
  private var jobs: [Job] = []
  private var hasFailed = false
  private(set) var handled: String?

  init(command: String, width: Int, retries: Int) {
    self.command = command
    self.width = width
    self.retries = retries
  }

  /// A few more than run, so that a slow article does not keep the others waiting.
  var hasRoom: Bool { jobs.count < 4 * width }
  /// Once it is to end, what has not begun is left for the next time.
  var isIdle: Bool { isEnding ? !jobs.contains(where: \.isRunning) : jobs.isEmpty }
  private var isEnding: Bool { hasFailed || Interruption.received != nil }

  var pause: Double? {
    jobs.compactMap { job in
      if case .pausing(let since, let seconds) = job.state {
        max(0, seconds - since.seconds)
      } else {
        nil
      }
    }.min()
  }

  mutating func take(_ event: Danvan_V1_WatchEvent) {
    if event.isMark { PrintingSink.tell(event, isWatched: false) }
    // A mark has nothing to run, but its cursor counts once all before it is done.
    jobs.append(Job(event: event, state: event.isMark ? .done : .waiting))
  }

  /// Throws `Failure` when a command has failed for the last time.
  mutating func advance() throws {
    for index in jobs.indices { try look(after: index) }
    while let first = jobs.first, first.isDone {
      if !first.event.cursor.isEmpty { handled = first.event.cursor }
      jobs.removeFirst()
    }
    // Those that are left keep their places, so that no cursor goes past them.
    guard !isEnding else { return }
    // One that waits for its next attempt keeps its place: with one job at a time all are in order.
    var underWay = jobs.count { $0.attempts > 0 && !$0.isDone }
    var busy: Set<Int64> = []
    for index in jobs.indices where !jobs[index].isDone {
      let isFree = busy.insert(jobs[index].event.articleID).inserted
      guard isFree, isDue(jobs[index]) else { continue }
      if jobs[index].attempts == 0 {
        guard underWay < width else { continue }
        underWay += 1
      }
      try start(index)
    }
  }

  private func isDue(_ job: Job) -> Bool {
    switch job.state {
    case .waiting: true
    case .pausing(let since, let seconds): since.seconds >= seconds
    case .running, .done, .failed: false
    }
  }

  private mutating func start(_ index: Int) throws {
    jobs[index].attempts += 1
    let event = jobs[index].event
    let report = WatchReport(event: event)
    jobs[index].state = .running(
      try ChildProcess.start(
        command, input: report.json.compact + "\n",
        variables: report.variables + [("DANVAN_ATTEMPT", String(jobs[index].attempts))]))
  }

  private mutating func look(after index: Int) throws {
    guard case .running(let process) = jobs[index].state,
      let status = ChildProcess.status(of: process)
    else { return }
    if status == 0 {
      jobs[index].state = .done
      return
    }
    let event = jobs[index].event
    let what = Localized("the command failed with \(status) for \(event.cursor)")
    guard jobs[index].attempts <= retries else {
      jobs[index].state = .failed
      hasFailed = true
      throw Failure(
        .failed, "COMMAND",
        Localized("\(what), \(jobs[index].attempts) times; the cursor stays before it"))
    }
    let pause = jobs[index].backOff.next()
    Talk.say(Localized("\(what); again in \(Quantities.duration(pause))"))
    jobs[index].state = .pausing(Stopwatch(), pause)
  }
}
