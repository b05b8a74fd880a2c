internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Care: copies of the store, checks, tidying up.
struct CareHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    router.serverStream("danvan.v1.Care", "Backup", log: log, backup)
    router.serverStream("danvan.v1.Care", "Check", log: log, check)
    router.serverStream("danvan.v1.Care", "Compact", log: log, compact)
  }

  @Sendable private func backup(
    _ request: Danvan_V1_BackupRequest, _ call: Call, _ handle: StreamHandle
  ) throws -> any StreamSource {
    try Rights.demandChange(call, log)
    note("backup", call)
    return try BackupSource(desk, handle) { status(of: $0, call, log) }
  }

  @Sendable private func check(
    _ request: Danvan_V1_CheckRequest, _ call: Call, _ handle: StreamHandle
  ) throws -> any StreamSource {
    try Rights.demandChange(call, log)
    note(request.repairIndex ? "index is made anew, then checked" : "check", call)
    return try LongWork(handle) {
      status(of: $0, call, log)
    } work: { [desk] send in
      var (articles, faults) = (0, 0)
      if request.repairIndex {
        do {
          try desk.repairIndex()
        } catch {
          // What keeps it from being repaired is what the check finds.
          faults += 1
          let reason = "the index could not be made anew: \(status(of: error, call, log).message)"
          try send(Danvan_V1_CheckItem.with { $0.fault.reason = reason })
        }
      }
      try desk.check { done, total in
        articles = done
        try send(
          Danvan_V1_CheckItem.with {
            $0.progress.done = UInt64(clamping: done)
            $0.progress.total = UInt64(clamping: total)
          })
      } report: { fault in
        faults += 1
        log.error(
          "the store has a fault", ["article": fault.article?.value ?? 0, "reason": fault.reason])
        try send(
          Danvan_V1_CheckItem.with {
            $0.fault.articleID = fault.article?.value ?? 0
            $0.fault.reason = fault.reason
          })
      }
      try send(
        Danvan_V1_CheckItem.with {
          $0.end.articles = UInt64(clamping: articles)
          $0.end.faults = UInt64(clamping: faults)
        })
    }
  }

  @Sendable private func compact(
    _ request: Danvan_V1_CompactRequest, _ call: Call, _ handle: StreamHandle
  ) throws -> any StreamSource {
    try Rights.demandChange(call, log)
    note("compact", call)
    return try LongWork(handle) {
      status(of: $0, call, log)
    } work: { [desk] send in
      let found = try desk.compact()
      try send(
        Danvan_V1_CompactResponse.with {
          $0.before = UInt64(clamping: found.before)
          $0.after = UInt64(clamping: found.after)
          $0.forgotten = UInt64(clamping: found.forgotten)
        })
    }
  }

  private func note(_ what: String, _ call: Call) {
    log.info(what, ["method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid])
  }
}
