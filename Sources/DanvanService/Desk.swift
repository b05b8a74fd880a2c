public import DanvanExtract
public import DanvanModel
public import DanvanStore

/// The use cases of danvan over one state directory: ingest, read, search, watch.
///
/// Thread-safe; every function blocks until it has its answer. All of them throw `DanvanError`.
public final class Desk: Sendable {
  let store: Store

  /// Opens the store in `stateDirectory`, making it where there is none.
  ///
  /// Throws `aborted` when another process has it open, and `failedPrecondition` when a newer
  /// danvan has written it or the directory cannot be used.
  public init(stateDirectory: String, rules: RuleSet) throws {
    fatalError("not yet")
  }

  /// Reads, extracts and stores documents; returns when all of them are on disk, one result each.
  ///
  /// All articles are in one transaction. A document that cannot be read fails alone; a failure to
  /// store throws, and then nothing of the batch is kept.
  public func ingest(_ submissions: [Submission]) throws -> [Result<Receipt, DanvanError>] { [] }

  /// Throws `notFound`; `dataLoss` when the stored text fails its checksum.
  public func article(_ id: ArticleID, parts: ArticleParts) throws -> StoredArticle { fatalError() }

  /// Removes articles, each with an event; returns which of them there were.
  public func delete(_ ids: [ArticleID]) throws -> (deleted: [ArticleID], missing: [ArticleID]) {
    ([], [])
  }

  /// Reads and extracts without storing.
  public func analyze(_ submission: Submission) throws -> (article: Article, facts: Facts) {
    fatalError()
  }

  /// Throws `invalidArgument`, naming the column, for a query that cannot be read.
  public func search(_ request: SearchRequest) throws -> SearchPage { fatalError() }

  /// The events after `origin` whose articles match `query`, at most `limit` of them.
  ///
  /// Throws `failedPrecondition` for a cursor of another store, `outOfRange` for one whose events
  /// are no longer kept (the message holds the oldest cursor), `invalidArgument` for one ahead of
  /// the log or a malformed query.
  public func events(
    from origin: EventOrigin, query: String, limit: Int, withFacts: Bool,
    deadline: ContinuousClock.Instant? = nil
  ) throws -> EventBatch { fatalError() }

  /// Calls `wake` with the newest sequence after each commit, from the committing thread: it must
  /// be quick. The subscription ends with `cancel()` or when it is let go.
  public func onCommit(_ wake: @escaping @Sendable (Int64) -> Void) -> Subscription { fatalError() }

  public func status() throws -> StoreStatus { fatalError() }

  /// The version of the rule set in use.
  public var ruleSet: String { "" }

  /// Waits for running commits, checkpoints and closes. Calls after it throw `unavailable`.
  public func close() {}
}

/// A standing wish to be woken; ends when cancelled or let go.
public final class Subscription: Sendable {
  public func cancel() {}
}
