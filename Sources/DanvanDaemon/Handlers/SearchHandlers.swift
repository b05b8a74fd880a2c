internal import DanvanMessages
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Search: articles by a query.
struct SearchHandlers: Sendable {
  let desk: Desk
  let settings: Configuration.Search
  let log: Log

  func register(in router: inout Router) {
    router.unary(
      "danvan.v1.Search", "Query", on: .pooled, limit: .seconds(settings.timeoutSeconds), log: log,
      query)
    router.unary("danvan.v1.Search", "Save", on: .pooled, log: log, save)
    router.unary("danvan.v1.Search", "SavedSearches", on: .pooled, log: log, savedSearches)
    router.unary("danvan.v1.Search", "RemoveSaved", on: .pooled, log: log, removeSaved)
    router.unary(
      "danvan.v1.Search", "Tag", on: .pooled, limit: .seconds(settings.timeoutSeconds), log: log,
      tag)
    router.unary("danvan.v1.Search", "Tags", on: .pooled, log: log, tags)
  }

  @Sendable private func query(_ request: Danvan_V1_QueryRequest, _ call: Call) throws
    -> Danvan_V1_QueryResponse
  {
    let search = try SearchRequest(
      request, defaultLimit: settings.limit, deadline: call.deadline)
    return Danvan_V1_QueryResponse(try desk.search(search))
  }

  @Sendable private func save(_ request: Danvan_V1_SaveRequest, _ call: Call) throws
    -> Danvan_V1_SavedSearch
  {
    try Rights.demandChange(call, log)
    let search = try desk.save(request.query, as: request.name)
    log.info(
      "saved a search",
      [
        "name": search.name, "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return Danvan_V1_SavedSearch(search)
  }

  @Sendable private func savedSearches(_: Danvan_V1_SavedSearchesRequest, _: Call) throws
    -> Danvan_V1_SavedSearchesResponse
  {
    .with { $0.searches = desk.savedSearches().map { Danvan_V1_SavedSearch($0) } }
  }

  @Sendable private func removeSaved(_ request: Danvan_V1_RemoveSavedRequest, _ call: Call) throws
    -> Danvan_V1_RemoveSavedResponse
  {
    try Rights.demandChange(call, log)
    try desk.removeSaved(request.name)
    log.info(
      "saved search removed",
      [
        "name": request.name, "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return Danvan_V1_RemoveSavedResponse()
  }

  @Sendable private func tag(_ request: Danvan_V1_TagRequest, _ call: Call) throws
    -> Danvan_V1_TagResponse
  {
    try Rights.demandChange(call, log)
    let (matched, changed) = try desk.tag(
      matching: request.query, adding: request.add, removing: request.remove,
      deadline: call.deadline)
    log.info(
      "tagged",
      [
        "added": request.add.joined(separator: ","),
        "removed": request.remove.joined(separator: ","),
        "changed": changed, "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return .with {
      $0.matched = UInt64(clamping: matched)
      $0.changed = UInt64(clamping: changed)
    }
  }

  @Sendable private func tags(_: Danvan_V1_TagsRequest, _: Call) throws -> Danvan_V1_TagsResponse {
    let tags = try desk.tags()
    return .with {
      $0.tags = tags.map { tag in
        .with {
          $0.value = tag.name
          $0.articles = UInt64(clamping: tag.articles)
        }
      }
    }
  }
}
