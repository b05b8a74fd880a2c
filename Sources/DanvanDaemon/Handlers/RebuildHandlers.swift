internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Admin/Rebuild: has facts made anew, and tells how far that is.
struct RebuildHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Admin", "Rebuild", on: .pooled, log: log, rebuild)
  }

  @Sendable private func rebuild(_ request: Danvan_V1_RebuildRequest, _ call: Call) throws
    -> Danvan_V1_RebuildResponse
  {
    if !request.statusOnly {
      try Rights.demandChange(call, log)
      _ = try desk.askRebuild()
      log.info("rebuild asked for", ["peer_uid": call.peer.uid, "peer_pid": call.peer.pid])
    }
    let status = try desk.rebuildStatus()
    return .with { if let status { $0.rebuild = Danvan_V1_RebuildState(status) } }
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
    started = Timestamp(nanoseconds: status.started).description
    if let ended = status.ended { self.ended = Timestamp(nanoseconds: ended).description }
  }
}

extension Log {
  func write(_ news: RebuildNews) {
    func fields(_ status: RebuildStatus) -> Log.Fields {
      [
        "rules": status.ruleSet, "articles": status.total, "done": status.done,
        "changed": status.changed, "failed": status.failed,
      ]
    }
    switch news {
    case .began(let status): notice("rebuilding facts", fields(status))
    case .ended(let status): notice("facts are rebuilt", fields(status))
    case .failed(let error):
      self.error(
        "the rebuild of facts stopped", ["error": error.message, "cause": error.cause ?? "none"])
    }
  }
}
