internal import DanvanExtract
internal import DanvanModel
internal import DanvanService
internal import Synchronization

/// Reads configuration, rules and overlay again at a SIGHUP. What cannot be read changes nothing: all
/// that was in use stays so, and the reason is kept for those who ask.
final class Reload: Sendable {
  private let arguments: Arguments
  private let environment: [String: String]
  private let desk: Desk
  private let log: Log
  private let report: ReloadReport
  private let inUse: Mutex<Configuration>
  private let shown: SettingsInUse
  private let notice: StatusNotice

  init(
    _ arguments: Arguments, environment: [String: String], inUse: Configuration, desk: Desk,
    log: Log, report: ReloadReport, shown: SettingsInUse, notice: StatusNotice
  ) {
    self.arguments = arguments
    self.environment = environment
    self.desk = desk
    self.log = log
    self.report = report
    self.inUse = Mutex(inUse)
    self.shown = shown
    self.notice = notice
  }

  func run() {
    defer { notice.refresh() }
    do {
      let settings = try Settings(arguments, environment: environment)
      let rules = try RuleSet(directory: settings.rules, overlay: settings.overlay)
      let isNew = rules.version != desk.ruleSet
      if isNew { try desk.use(rules) }
      rules.report(to: log)
      log.level = settings.configuration.log.level
      let waiting = inUse.withLock { inUse in
        ConfigurationKey.all.filter { !$0.isLive && !$0.isSame(inUse, settings.configuration) }
      }
      if !waiting.isEmpty {
        log.warning(
          "takes effect at the next start", ["keys": waiting.map(\.name).joined(separator: ",")])
      }
      shown.reload(settings.shown)
      report.failure = nil
      log.notice(
        "reloaded",
        ["rules": rules.version, "changed": isNew, "file": settings.file ?? "none"])
    } catch {
      let message = (error as? DanvanError)?.message ?? "\(error)"
      report.failure = message
      log.error(
        "reload failed; what was in use stays in use",
        ["error": message, "rules": desk.ruleSet])
    }
  }
}

/// Why the last reload changed nothing; nil where it did.
final class ReloadReport: Sendable {
  private let state = Mutex<String?>(nil)

  var failure: String? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

extension RuleSet {
  /// Writes a warning for each line of the overlay that had no effect.
  func report(to log: Log) {
    for note in notes { log.warning("overlay", ["note": note]) }
  }
}
