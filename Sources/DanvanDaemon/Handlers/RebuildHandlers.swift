internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Admin/Rebuild and Reread: have facts and texts made anew, and tell how far that is.
struct RebuildHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Admin", "Rebuild", on: .pooled, log: log, rebuild)
    router.unary("danvan.v1.Admin", "Reread", on: .pooled, log: log, reread)
  }

  @Sendable private func rebuild(_ request: Danvan_V1_RebuildRequest, _ call: Call) throws
    -> Danvan_V1_RebuildResponse
  {
    if !request.statusOnly {
      try Rights.demandChange(call, log)
      _ = try desk.askRebuild()
      log.info(
        "rebuild asked for",
        ["method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid])
    }
    let status = try desk.rebuildStatus(.facts)
    return .with { if let status { $0.rebuild = Danvan_V1_RebuildState(status) } }
  }

  @Sendable private func reread(_ request: Danvan_V1_RereadRequest, _ call: Call) throws
    -> Danvan_V1_RebuildResponse
  {
    if !request.statusOnly {
      try Rights.demandChange(call, log)
      var wanted = RereadSelection()
      wanted.ids = request.articleIds.map { ArticleID($0) }
      wanted.query = request.hasQuery ? request.query : nil
      wanted.everything = request.everything
      wanted.olderThanReader = Int(request.olderThanReader)
      _ = try desk.askReread(wanted)
      log.info(
        "re-reading asked for",
        ["method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid])
    }
    let state = try Danvan_V1_RebuildState.ofRereading(desk, faults: 1_000)
    return .with { if let state { $0.rebuild = state } }
  }
}

extension Danvan_V1_RebuildState {
  init(_ status: RebuildStatus) {
    self.init()
    ruleSet = status.ruleSet
    everything = status.everything
    total = UInt64(clamping: status.total)
    done = UInt64(clamping: status.done)
    changed = UInt64(clamping: status.changed)
    failed = UInt64(clamping: status.failed)
    updated = UInt64(clamping: status.updated)
    started = Timestamp(nanoseconds: status.started).description
    if let ended = status.ended { self.ended = Timestamp(nanoseconds: ended).description }
  }
}

extension Danvan_V1_RebuildState {
  /// The re-reading under way, or the last one, with the first of its faults.
  static func ofRereading(_ desk: Desk, faults limit: Int) throws -> Self? {
    guard let status = try desk.rebuildStatus(.readings) else { return nil }
    var state = Self(status)
    state.faults = try desk.rereadFaults(limit: limit).map { fault in
      .with {
        $0.articleID = fault.article.value
        $0.reason = fault.reason
      }
    }
    return state
  }
}

extension Log {
  func write(_ news: RebuildNews) {
    func fields(_ status: RebuildStatus) -> Log.Fields {
      [
        "rules": status.ruleSet, "articles": status.total, "done": status.done,
        "changed": status.changed, "updated": status.updated, "failed": status.failed,
      ]
    }
    switch news {
    case .began(let status):
      notice(
        status.kind == .facts ? "rebuilding facts" : "reading documents anew", fields(status))
    case .ended(let status):
      notice(
        status.kind == .facts ? "facts are rebuilt" : "documents are read anew", fields(status))
    case .failed(let error):
      self.error(
        "the rebuild stopped", ["error": error.message, "cause": error.cause ?? "none"])
    }
  }
}
