internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Subscriptions: places in the event log that the daemon keeps by name.
struct SubscriptionsHandlers: Sendable {
  let desk: Desk
  let bounds: LogBounds
  let log: Log

  func register(in router: inout Router) {
    let service = "danvan.v1.Subscriptions"
    router.unary(service, "Create", on: .pooled, log: log, telling(create))
    router.unary(service, "List", on: .pooled, log: log, list)
    router.unary(service, "Ack", on: .pooled, log: log, telling(acknowledge))
    router.unary(service, "Seek", on: .pooled, log: log, telling(seek))
    router.unary(service, "Delete", on: .pooled, log: log, delete)
  }

  /// The handler with refusals that say what was wrong with a cursor.
  private func telling<Request>(
    _ handler: @escaping @Sendable (Request, Call) throws -> Danvan_V1_Subscription
  ) -> @Sendable (Request, Call) throws -> Danvan_V1_Subscription {
    { request, call in
      do {
        return try handler(request, call)
      } catch {
        throw bounds.status(of: error, call, log)
      }
    }
  }

  @Sendable private func create(_ request: Danvan_V1_CreateSubscriptionRequest, _ call: Call) throws
    -> Danvan_V1_Subscription
  {
    try Rights.demandChange(call, log)
    let made = try desk.subscribe(
      request.name, query: request.query, from: try EventOrigin(parsing: request.from))
    note("subscription made", request.name, call)
    return Danvan_V1_Subscription(made)
  }

  @Sendable private func list(_ request: Danvan_V1_ListSubscriptionsRequest, _ call: Call) throws
    -> Danvan_V1_ListSubscriptionsResponse
  {
    let all = try desk.subscriptions()
    return .with { $0.subscriptions = all.map(Danvan_V1_Subscription.init) }
  }

  @Sendable private func acknowledge(_ request: Danvan_V1_AckRequest, _ call: Call) throws
    -> Danvan_V1_Subscription
  {
    try Rights.demandChange(call, log)
    let moved = try desk.acknowledge(request.name, through: try Cursor(parsing: request.cursor))
    // Once for every event, with a careful client: too often for the log of every day.
    log.debug(
      "subscription acknowledged",
      [
        "name": request.name, "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return Danvan_V1_Subscription(moved)
  }

  @Sendable private func seek(_ request: Danvan_V1_SeekRequest, _ call: Call) throws
    -> Danvan_V1_Subscription
  {
    try Rights.demandChange(call, log)
    let moved = try desk.seek(request.name, to: try EventOrigin(parsing: request.to))
    note("subscription moved", request.name, call)
    return Danvan_V1_Subscription(moved)
  }

  @Sendable private func delete(_ request: Danvan_V1_DeleteSubscriptionRequest, _ call: Call) throws
    -> Danvan_V1_DeleteSubscriptionResponse
  {
    try Rights.demandChange(call, log)
    try desk.unsubscribe(request.name)
    note("subscription deleted", request.name, call)
    return Danvan_V1_DeleteSubscriptionResponse()
  }

  private func note(_ what: String, _ name: String, _ call: Call) {
    log.info(
      what,
      ["name": name, "method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid])
  }
}

extension Danvan_V1_Subscription {
  init(_ state: SubscriptionState) {
    self.init()
    name = state.subscription.name
    query = state.subscription.query
    cursor = state.cursor.description
    created = Timestamp(nanoseconds: state.subscription.created).description
    if let time = state.subscription.acknowledged {
      acknowledged = Timestamp(nanoseconds: time).description
    }
    lag = UInt64(clamping: state.lag)
    atRisk = state.isAtRisk
    cutOff = state.isCutOff
  }
}
