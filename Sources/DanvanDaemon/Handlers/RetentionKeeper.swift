internal import DanvanModel
internal import DanvanService
internal import DanvanStore
internal import Synchronization

/// Removes old events in the background, and warns of subscriptions that this will cut off.
final class RetentionKeeper: Sendable {
  private let desk: Desk
  private let bounds: LogBounds
  private let thread: Alarms
  private let interval: Duration
  private let log: Log
  private let atRisk = Mutex<Set<String>>([])
  /// Whether the last time removed nothing, for a warning's sake; that happens once in a row.
  private let wasPutOff = Atomic(false)

  init(desk: Desk, bounds: LogBounds, thread: Alarms, interval: Duration, log: Log) {
    self.desk = desk
    self.bounds = bounds
    self.thread = thread
    self.interval = interval
    self.log = log
  }

  /// Whether retention will soon remove events that the subscription has not acknowledged.
  func isAtRisk(_ subscription: String) -> Bool { atRisk.withLock { $0.contains(subscription) } }

  /// Begins, and goes on as long as the thread lives; does nothing where all events are kept.
  func start() {
    guard !desk.retention.keepsAll else { return }
    thread.after(.zero) { [weak self] in self?.run() }
  }

  private func run() {
    do {
      // Who has just been warned gets until the next time.
      let isDue = try !warn() || wasPutOff.exchange(true, ordering: .relaxed)
      if isDue {
        bounds.compacted(through: try desk.compactEvents())
        wasPutOff.store(false, ordering: .relaxed)
      }
    } catch {
      log.error("old events could not be removed", ["error": "\(error)"])
    }
    thread.after(interval) { [weak self] in self?.run() }
  }

  /// Whether somebody had to be warned.
  private func warn() throws -> Bool {
    let endangered = try desk.subscriptions().filter { $0.isAtRisk && !$0.isCutOff }
    let names = Set(endangered.map(\.subscription.name))
    let known = atRisk.withLock { known in
      defer { known = names }
      return known
    }
    for state in endangered where !known.contains(state.subscription.name) {
      log.warning(
        "a subscription is about to lose events",
        ["name": state.subscription.name, "cursor": state.cursor, "lag": state.lag])
    }
    if names.isSubset(of: known) { return false }
    desk.wakeWatchers()
    return true
  }
}
