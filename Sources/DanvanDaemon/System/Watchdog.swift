internal import Glibc
internal import Synchronization

/// Tells the service manager again and again that the daemon gets on: that its server answers and that
/// its writer neither hangs nor has lost the disk. When it falls silent, the manager starts the daemon
/// anew (WatchdogSec= of systemd.service(5)).
final class Watchdog: Sendable {
  /// What is looked at each time; all of it must be quick.
  struct Signs: Sendable {
    /// Calls back from the server's thread.
    let pulse: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// How long the transaction under way has taken.
    let commitAge: @Sendable () -> Duration?
    /// Whether the disk has failed to take a commit, after which only a new start helps.
    let hasLostDisk: @Sendable () -> Bool
  }

  private let manager: ServiceManager
  private let limit: Duration
  private let signs: Signs
  private let beats = Atomic<UInt64>(0)

  /// Nil where the manager wants no such reports of this process.
  init?(_ manager: ServiceManager, environment: [String: String], _ signs: Signs) {
    guard let limit = Self.limit(environment, pid: getpid()) else { return nil }
    self.manager = manager
    self.limit = limit
    self.signs = signs
  }

  /// Reports thrice within the time that the manager allows, for as long as the process lives. Throws
  /// `resourceExhausted`.
  func start() throws {
    try BackgroundThread.start { [self] in
      var seen: UInt64?
      while true {
        if let message = report(since: &seen) { manager.send(message) }
        let pause = timespec(limit / 3)
        _ = withUnsafePointer(to: pause) { nanosleep($0, nil) }
      }
    }
  }

  /// What to say now; nil where something does not get on. `seen` are the server's beats at the last
  /// look, nil before the first.
  func report(since seen: inout UInt64?) -> String? {
    let count = beats.load(ordering: .relaxed)
    let answers = count != seen
    seen = count
    signs.pulse { [self] in beats.add(1, ordering: .relaxed) }
    let commits = signs.commitAge().map { $0 < limit } ?? true
    return answers && commits && !signs.hasLostDisk() ? "WATCHDOG=1" : nil
  }

  /// The time that the manager allows, from its variables; nil where they are not meant for `pid`.
  static func limit(_ environment: [String: String], pid: Int32) -> Duration? {
    guard let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init), microseconds > 0
    else { return nil }
    if let owner = environment["WATCHDOG_PID"], owner != String(pid) { return nil }
    return .microseconds(microseconds)
  }
}

extension timespec {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
  }
}
