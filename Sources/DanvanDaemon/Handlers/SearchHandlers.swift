internal import DanvanMessages
internal import DanvanRPC
internal import DanvanService

/// danvan.v1.Search: articles by a query.
struct SearchHandlers: Sendable {
  let desk: Desk
  let settings: Configuration.Search
  let log: Log

  func register(in router: inout Router) {
    router.unary(
      "danvan.v1.Search", "Query", on: .pooled, limit: .seconds(settings.timeoutSeconds), log: log,
      query)
  }

  @Sendable private func query(_ request: Danvan_V1_QueryRequest, _ call: Call) throws
    -> Danvan_V1_QueryResponse
  {
    let search = try SearchRequest(
      request, defaultLimit: settings.limit, deadline: call.deadline)
    return Danvan_V1_QueryResponse(try desk.search(search))
  }
}
