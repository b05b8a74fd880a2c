public import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

extension DaemonConnection {
  /// Stores documents; answers when they are on disk, with one result for each, in order.
  ///
  /// A request must stay below 4 MiB as a message: see `IngestBatch`.
  public func ingest(_ documents: [Danvan_V1_Document], timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_IngestResult]
  {
    try results(of: beginIngest(documents, timeout: timeout))
  }

  /// Documents that have been sent and of which nothing has been heard yet.
  public struct PendingIngest {
    let call: PendingCall
    public let count: Int
  }

  /// As `ingest`, but does not wait: others may be sent before the results are asked for. The daemon takes
  /// what is sent so in any order.
  public func beginIngest(_ documents: [Danvan_V1_Document], timeout: Duration? = nil)
    throws(DaemonError) -> PendingIngest
  {
    let request = Danvan_V1_IngestRequest.with { $0.documents = documents }
    return try Self.translated {
      PendingIngest(
        call: try client.begin(
          "danvan.v1.Corpus", "Ingest", try request.serializedBytes(), timeout: timeout),
        count: documents.count)
    }
  }

  /// Waits until the documents are on disk; one result for each, in order.
  public func results(of pending: PendingIngest) throws(DaemonError) -> [Danvan_V1_IngestResult] {
    let answer = try Self.translated {
      try Danvan_V1_IngestResponse(serializedBytes: try client.answer(to: pending.call))
    }
    guard answer.results.count == pending.count else {
      throw .malformed("\(answer.results.count) results for \(pending.count) documents")
    }
    return answer.results
  }

  /// One article; NOT_FOUND when there is none of that number. Its text, if asked for, is plain.
  public func article(_ id: Int64, withText: Bool, withFacts: Bool, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_Article
  {
    let request = Danvan_V1_GetArticleRequest.with {
      $0.articleID = id
      $0.withText = withText
      $0.withFacts = withFacts
    }
    var article: Danvan_V1_Article = try call(
      "danvan.v1.Corpus", "Get", request, timeout: timeout)
    if article.hasText { article.text = try article.text.inflated(limit: inflateLimit) }
    return article
  }

  /// What changed from one revision of an article to another; 0: the newest, and the one before. NOT_FOUND.
  public func diff(_ id: Int64, from: UInt32, to: UInt32, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_DiffResponse
  {
    let request = Danvan_V1_DiffRequest.with {
      $0.articleID = id
      $0.from = from
      $0.to = to
    }
    return try call("danvan.v1.Corpus", "Diff", request, timeout: timeout)
  }

  /// The articles that tell of the same event as one. NOT_FOUND.
  public func story(_ id: Int64, comparedWith other: Int64? = nil, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_StoryResponse
  {
    let request = Danvan_V1_StoryRequest.with {
      $0.articleID = id
      if let other { $0.otherID = other }
    }
    return try call("danvan.v1.Search", "Story", request, timeout: timeout)
  }

  /// Removes articles; numbers that are not there are listed, not an error.
  public func delete(_ ids: [Int64], timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_DeleteResponse
  {
    try call(
      "danvan.v1.Corpus", "Delete", Danvan_V1_DeleteRequest.with { $0.articleIds = ids },
      timeout: timeout)
  }

  /// Reads a document and extracts its facts without storing it; with `withWords`, cuts it into
  /// words too.
  public func analyze(
    _ document: Danvan_V1_Document, withWords: Bool = false, timeout: Duration? = nil
  ) throws(DaemonError) -> Danvan_V1_AnalyzeResponse {
    let request = Danvan_V1_AnalyzeRequest.with {
      $0.document = document
      $0.withWords = withWords
    }
    return try call("danvan.v1.Facts", "Analyze", request, timeout: timeout)
  }

  /// Why the facts of an article or a document were found.
  public func explain(_ request: Danvan_V1_ExplainRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_ExplainResponse
  {
    try call("danvan.v1.Facts", "Explain", request, timeout: timeout)
  }

  /// The rule of that id, or with nil all rules of the daemon's rule set.
  public func rules(_ id: String? = nil, timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_Rule]
  {
    let answer: Danvan_V1_ExplainRuleResponse = try call(
      "danvan.v1.Facts", "Rules", Danvan_V1_ExplainRuleRequest.with { $0.rule = id ?? "" },
      timeout: timeout)
    return answer.rules
  }

  /// One page of a search.
  public func query(_ request: Danvan_V1_QueryRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_QueryResponse
  {
    try call("danvan.v1.Search", "Query", request, timeout: timeout)
  }

  /// Keeps a query under a name, in place of an earlier one.
  public func save(_ query: String, as name: String, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_SavedSearch
  {
    let request = Danvan_V1_SaveRequest.with {
      $0.name = name
      $0.query = query
    }
    return try call("danvan.v1.Search", "Save", request, timeout: timeout)
  }

  public func savedSearches(timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_SavedSearch]
  {
    let answer: Danvan_V1_SavedSearchesResponse = try call(
      "danvan.v1.Search", "SavedSearches", Danvan_V1_SavedSearchesRequest(), timeout: timeout)
    return answer.searches
  }

  /// Forgets a saved search; NOT_FOUND when there is none of that name.
  public func removeSaved(_ name: String, timeout: Duration? = nil) throws(DaemonError) {
    let _: Danvan_V1_RemoveSavedResponse = try call(
      "danvan.v1.Search", "RemoveSaved", Danvan_V1_RemoveSavedRequest.with { $0.name = name },
      timeout: timeout)
  }

  /// Puts tags on all articles that match and takes others off.
  public func tag(_ request: Danvan_V1_TagRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_TagResponse
  {
    try call("danvan.v1.Search", "Tag", request, timeout: timeout)
  }

  /// Every tag in use with the number of its articles.
  public func tags(timeout: Duration? = nil) throws(DaemonError) -> [Danvan_V1_FacetValue] {
    let answer: Danvan_V1_TagsResponse = try call(
      "danvan.v1.Search", "Tags", Danvan_V1_TagsRequest(), timeout: timeout)
    return answer.tags
  }

  /// Events after a cursor; waits for the first one as long as the request says.
  public func fetch(_ request: Danvan_V1_FetchRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_FetchResponse
  {
    try call("danvan.v1.Events", "Fetch", request, timeout: timeout)
  }

  /// Follows the event log.
  public func watch(_ request: Danvan_V1_WatchRequest) throws(DaemonError) -> EventStream {
    let bytes: [UInt8] = try Self.translated { try request.serializedBytes() }
    return EventStream(try stream("danvan.v1.Events", "Watch", bytes))
  }

  /// Keeps a new place in the event log under a name. ALREADY_EXISTS.
  public func createSubscription(
    _ name: String, query: String, from: String, timeout: Duration? = nil
  ) throws(DaemonError) -> Danvan_V1_Subscription {
    let request = Danvan_V1_CreateSubscriptionRequest.with {
      $0.name = name
      $0.query = query
      $0.from = from
    }
    return try call("danvan.v1.Subscriptions", "Create", request, timeout: timeout)
  }

  /// All subscriptions, by name.
  public func subscriptions(timeout: Duration? = nil) throws(DaemonError)
    -> [Danvan_V1_Subscription]
  {
    let answer: Danvan_V1_ListSubscriptionsResponse = try call(
      "danvan.v1.Subscriptions", "List", Danvan_V1_ListSubscriptionsRequest(), timeout: timeout)
    return answer.subscriptions
  }

  /// Everything up to the cursor has been dealt with; on disk when this returns. NOT_FOUND.
  public func acknowledge(_ name: String, cursor: String, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_Subscription
  {
    let request = Danvan_V1_AckRequest.with {
      $0.name = name
      $0.cursor = cursor
    }
    return try call("danvan.v1.Subscriptions", "Ack", request, timeout: timeout)
  }

  /// Moves a subscription forward or back. NOT_FOUND.
  public func seek(_ name: String, to place: String, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_Subscription
  {
    let request = Danvan_V1_SeekRequest.with {
      $0.name = name
      $0.to = place
    }
    return try call("danvan.v1.Subscriptions", "Seek", request, timeout: timeout)
  }

  /// Forgets a subscription. NOT_FOUND.
  public func deleteSubscription(_ name: String, timeout: Duration? = nil) throws(DaemonError) {
    let _: Danvan_V1_DeleteSubscriptionResponse = try call(
      "danvan.v1.Subscriptions", "Delete",
      Danvan_V1_DeleteSubscriptionRequest.with { $0.name = name }, timeout: timeout)
  }

  public func status(timeout: Duration? = nil) throws(DaemonError) -> Danvan_V1_StatusResponse {
    try call("danvan.v1.Admin", "Status", Danvan_V1_StatusRequest(), timeout: timeout)
  }

  /// Has the facts of all articles made anew, in the background; or only asks how far that is.
  public func rebuild(statusOnly: Bool, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_RebuildResponse
  {
    try call(
      "danvan.v1.Admin", "Rebuild", Danvan_V1_RebuildRequest.with { $0.statusOnly = statusOnly },
      timeout: timeout)
  }

  /// Whether the daemon says that it serves.
  public func isServing(timeout: Duration? = nil) throws(DaemonError) -> Bool {
    let answer: Grpc_Health_V1_HealthCheckResponse = try call(
      "grpc.health.v1.Health", "Check", Grpc_Health_V1_HealthCheckRequest(), timeout: timeout)
    return answer.status == .serving
  }
}
