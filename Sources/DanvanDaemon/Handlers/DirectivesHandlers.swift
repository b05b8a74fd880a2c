internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Directives: what was ordered, and what people noted on it.
struct DirectivesHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    let service = "danvan.v1.Directives"
    router.unary(service, "List", on: .pooled, log: log, list)
    router.unary(service, "Get", on: .pooled, log: log, get)
    router.unary(service, "Mark", on: .pooled, log: log, mark)
  }

  @Sendable private func list(_ request: Danvan_V1_DirectivesRequest, _ call: Call) throws
    -> Danvan_V1_DirectivesResponse
  {
    if request.orphans {
      let orphans = try desk.orphanedMarks(deadline: call.deadline)
      return .with { $0.orphans = orphans.map(Danvan_V1_OrphanedMark.init) }
    }
    var search = DirectiveSearch()
    search.by = request.by
    search.to = request.to
    search.about = request.about
    search.period = request.period
    search.isOpenOnly = request.openOnly
    search.withIncumbents = request.withIncumbents
    search.limit = Int(request.limit)
    let (items, total) = try desk.directives(search, deadline: call.deadline)
    return .with {
      $0.directives = items.map(Danvan_V1_DirectiveItem.init)
      $0.total = UInt64(clamping: total)
    }
  }

  @Sendable private func get(_ request: Danvan_V1_DirectiveRequest, _ call: Call) throws
    -> Danvan_V1_DirectiveResponse
  {
    try answer(request.id, call)
  }

  @Sendable private func mark(_ request: Danvan_V1_MarkDirectiveRequest, _ call: Call) throws
    -> Danvan_V1_DirectiveResponse
  {
    try Rights.demandChange(call, log)
    try desk.markDirective(
      request.id, status: request.hasStatus ? request.status : nil,
      due: request.hasDue ? request.due : nil, owner: request.hasOwner ? request.owner : nil,
      note: request.hasNote ? request.note : nil)
    log.info(
      "marked a directive",
      [
        "directive": request.id, "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return try answer(request.id, call)
  }

  private func answer(_ id: String, _ call: Call) throws -> Danvan_V1_DirectiveResponse {
    let (item, history, followUps) = try desk.directive(id, deadline: call.deadline)
    return .with {
      $0.directive = Danvan_V1_DirectiveItem(item)
      $0.history = history.map(Danvan_V1_DirectiveChange.init)
      $0.followUps = followUps.map { found in
        .with {
          $0.score = found.score
          $0.reasons = found.reasons
          $0.source = Danvan_V1_Source(found.source)
        }
      }
    }
  }
}

extension Danvan_V1_OrphanedMark {
  fileprivate init(_ mark: OrphanedMark) {
    self.init()
    articleID = mark.article.value
    start = UInt32(clamping: mark.range.start)
    end = UInt32(clamping: mark.range.end)
    if let words = mark.words { self.words = words }
    inText = mark.isInText
    state = Danvan_V1_DirectiveState(mark.state)
  }
}

extension Danvan_V1_DirectiveChange {
  fileprivate init(_ mark: StoredMark) {
    self.init()
    time = Timestamp(nanoseconds: mark.time).description
    if let status = mark.status { self.status = status }
    if let due = mark.due { self.due = due }
    if let owner = mark.owner { self.owner = owner }
    if let note = mark.note { self.note = note }
  }
}
