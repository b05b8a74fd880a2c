internal import DanvanModel
internal import DanvanService
internal import DanvanStore
internal import Synchronization

/// Keeps the line that `systemctl status danvand` shows: how many articles there are, and what is not as it
/// should be.
final class StatusNotice: Sendable {
  /// How often it is looked for something new.
  private static let interval: Duration = .seconds(5)

  private let manager: ServiceManager
  private let desk: Desk
  private let reloads: ReloadReport
  private let thread: Alarms
  /// Nil before it is ready, and after the end.
  private let told = Mutex<String?>(nil)

  /// Throws `resourceExhausted`.
  init(_ manager: ServiceManager, desk: Desk, reloads: ReloadReport) throws {
    self.manager = manager
    self.desk = desk
    self.reloads = reloads
    thread = try Alarms()
  }

  /// Tells that the daemon serves, and goes on telling of news.
  func ready() {
    guard manager.isThere else { return }
    let line = self.line
    told.withLock { $0 = line }
    manager.ready(status: line)
    again()
  }

  /// Tells where something is new.
  func refresh() {
    told.withLock { told in
      guard let former = told else { return }
      let line = self.line
      guard line != former else { return }
      told = line
      manager.status(line)
    }
  }

  /// Tells nothing more.
  func end() { told.withLock { $0 = nil } }

  private func again() {
    thread.after(Self.interval) { [weak self] in
      self?.refresh()
      self?.again()
    }
  }

  /// One line, for the manager's protocol has one a value.
  private var line: String {
    var parts: [String] = []
    if let status = try? desk.status() { parts.append("\(status.articles) articles") }
    if let rebuild = try? desk.rebuildStatus(.facts), rebuild.ended == nil {
      parts.append("rebuilding facts, \(rebuild.done) of \(rebuild.total)")
    }
    if let failure = desk.writeFailure { parts.append("cannot write: \(failure.message)") }
    if let failure = reloads.failure { parts.append("not reloaded: \(failure)") }
    return parts.joined(separator: "; ").replacing("\n", with: " ")
  }
}
