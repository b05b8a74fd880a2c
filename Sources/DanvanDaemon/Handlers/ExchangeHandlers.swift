internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Exchange: a corpus goes out as of one moment, and comes in again.
struct ExchangeHandlers: Sendable {
  let desk: Desk
  let alarms: Alarms
  let log: Log

  func register(in router: inout Router) {
    router.serverStream("danvan.v1.Exchange", "Export", log: log, export)
    router.unary("danvan.v1.Exchange", "Import", on: .pooled, log: log, take)
  }

  @Sendable private func export(
    _ request: Danvan_V1_ExportRequest, _ call: Call, _ handle: StreamHandle
  ) throws -> any StreamSource {
    let options = ExportOptions(
      withFacts: request.withFacts, withOriginals: request.withOriginals,
      newestOnly: request.newestOnly)
    let export = try desk.export(request.query, options)
    log.info(
      "export",
      [
        "articles": export.texts.articles, "cursor": export.texts.cursor,
        "method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
      ])
    return ExportSource(
      export, request, handle: handle, alarms: alarms
    ) { status(of: $0, call, log) }
  }

  @Sendable private func take(_ request: Danvan_V1_ImportRequest, _ call: Call) throws
    -> Danvan_V1_ImportResponse
  {
    try Rights.demandChange(call, log)
    let items = try request.items.enumerated().map { number, item throws(DanvanError) in
      do throws(DanvanError) {
        return try ImportItem(item)
      } catch {
        throw error.of(item: number + 1)
      }
    }
    let outcomes = try desk.take(
      items, regroups: request.regroup, keepsNumbers: request.sameIds,
      check: { try call.demandWanted() })
    let receipts = outcomes.compactMap(\.receipt)
    log.info(
      "imported",
      [
        "added": receipts.count { $0.outcome == .added },
        "known": receipts.count { $0.outcome == .duplicate },
        "updated": receipts.count { $0.outcome == .updated }, "method": call.name,
        "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return .with { $0.results = outcomes.map { Danvan_V1_ImportResult($0) } }
  }
}

extension Danvan_V1_ImportResult {
  fileprivate init(_ outcome: DanvanService.ImportOutcome) {
    self.init()
    switch outcome {
    case .savedSearch: self.outcome = .savedSearch
    case .savedSearchKnown: self.outcome = .savedSearchKnown
    case .savedSearchKept: self.outcome = .savedSearchKept
    case .ruling: self.outcome = .ruling
    case .rulingKnown: self.outcome = .rulingKnown
    case .passedOver: self.outcome = .passedOver
    case .text(let receipt):
      articleID = receipt.id.value
      self.outcome =
        switch receipt.outcome {
        case .added: .added
        case .duplicate: .known
        case .updated: .updated
        }
    }
  }
}
