internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore

/// What of the event log a caller wants to see, and from where.
struct EventView: Sendable {
  let desk: Desk
  let query: String
  let origin: EventOrigin
  let subscription: String?
  let limit: Int
  let withFacts: Bool
  let withText: Bool
  let acceptsZlib: Bool

  /// Throws for a malformed origin, NOT_FOUND for a subscription that is not there, and
  /// INVALID_ARGUMENT for one that is given another query or place.
  init(_ desk: Desk, _ request: Danvan_V1_WatchRequest, limit: Int, _ call: Call) throws {
    self.desk = desk
    self.limit = limit
    withFacts = request.withFacts
    withText = request.withText
    acceptsZlib = call.acceptsZlib
    guard !request.subscription.isEmpty else {
      query = request.query
      origin = try EventOrigin(parsing: request.from)
      subscription = nil
      return
    }
    guard request.query.isEmpty else {
      throw DanvanError.invalid("a subscription has a query of its own; leave the query out")
    }
    let found = try desk.subscription(request.subscription)
    query = found.subscription.query
    // One that resumes on another connection may know better than the daemon what it has handled.
    origin = request.from.isEmpty ? .after(found.cursor) : try EventOrigin(parsing: request.from)
    subscription = request.subscription
  }

  func events(from origin: EventOrigin, limit: Int? = nil, wholeCommits: Bool = false) throws
    -> EventBatch
  {
    var parts: ArticleParts = []
    if withFacts { parts.formUnion([.text, .facts]) }
    if withText { parts.insert(.text) }
    return try desk.events(
      from: origin, query: query, limit: limit ?? self.limit, parts: parts,
      wholeCommits: wholeCommits)
  }

  func message(_ event: WatchedEvent) -> Danvan_V1_WatchEvent {
    Danvan_V1_WatchEvent(event, withText: withText, acceptsZlib: acceptsZlib)
  }
}
