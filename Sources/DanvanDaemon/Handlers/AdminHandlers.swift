internal import DanvanExtract
internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import Glibc
internal import SwiftProtobuf
internal import Synchronization

/// danvan.v1.Admin: how the daemon stands.
struct AdminHandlers: Sendable {
  let desk: Desk
  let bounds: LogBounds
  let stateDirectory: String
  let sockets: [String]
  /// `OwnProcess.monotonicNow` at the start.
  let started: UInt64
  let figures: ServerFigures
  let reloads: ReloadReport
  let drops: DropReports
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Admin", "Status", on: .pooled, log: log, status)
    registerConnections(in: &router)
  }

  @Sendable private func status(_ request: Danvan_V1_StatusRequest, _ call: Call) throws
    -> Danvan_V1_StatusResponse
  {
    let store = try desk.status()
    let server = figures.counters
    let subscriptions = try desk.subscriptions()
    let rebuild = try desk.rebuildStatus(.facts)
    let reread = try Danvan_V1_RebuildState.ofRereading(desk, faults: 0)
    return .with {
      $0.version = Release.version
      $0.protocol = UInt32(Release.protocol)
      $0.schema = UInt32(clamping: store.schema)
      $0.store = store.store.description
      $0.ruleSet = desk.ruleSet
      $0.uptimeNano = Int64(clamping: OwnProcess.monotonicNow - started)
      $0.pid = UInt32(clamping: getpid())
      $0.articles = UInt64(clamping: store.articles)
      $0.facts = UInt64(clamping: store.facts)
      $0.headSequence = store.headSequence
      $0.databaseBytes = UInt64(clamping: store.databaseBytes)
      $0.walBytes = UInt64(clamping: store.walBytes)
      $0.connections = UInt32(clamping: server?.connections ?? 0)
      $0.watchers = UInt32(clamping: server?.streams ?? 0)
      $0.residentBytes = OwnProcess.residentBytes
      $0.stateDirectory = stateDirectory
      $0.socket = sockets.joined(separator: " ")
      $0.tokenizer = store.tokenizer
      $0.oldestCursor = bounds.oldest.description
      $0.subscriptions = subscriptions.map(Danvan_V1_Subscription.init)
      if let failure = store.writeFailure { $0.writeFailure = failure.message }
      if let rebuild { $0.rebuild = Danvan_V1_RebuildState(rebuild) }
      if let reread { $0.reread = reread }
      if let failure = reloads.failure { $0.reloadFailure = failure }
      $0.ruleNotes = desk.rules?.notes ?? []
      $0.dropFolders = drops.all.map { Danvan_V1_DropFolder($0) }
      $0.lastErrors = log.recentErrors.all.map(Danvan_V1_LoggedError.init)
      $0.errorCount = log.recentErrors.count
    }
  }
}

extension Danvan_V1_LoggedError {
  init(_ entry: RecentErrors.Entry) {
    self.init()
    time = entry.time.description
    message = entry.message
    method = entry.method
    if let number = Int32(entry.code) { code = number }
    reason = entry.reason
    times = entry.times
  }
}

/// The figures of the server that the handlers belong to, which is made after them.
final class ServerFigures: Sendable {
  /// The server has the handlers, which ask here: it must not be kept by them.
  private struct Made { weak var server: Server? }
  private let made = Mutex(Made())

  func show(_ server: Server) { made.withLock { $0.server = server } }
  var server: Server? { made.withLock { $0.server } }
  var counters: Server.Counters? { server?.counters }
}
