public import DanvanExtract
internal import DanvanIngest
public import DanvanModel
public import DanvanStore
internal import Synchronization

/// The use cases of danvan over one state directory: ingest, read, search, watch.
///
/// Thread-safe; every function blocks until it has its answer. All of them throw `DanvanError`.
public final class Desk: Sendable {
  let store: Store
  let reader = Reader()
  let extractor: Extractor
  let abbreviations: Abbreviations
  let watchers = Watchers()
  let recentBatches = RecentBatches()

  /// The version of the rule set in use.
  public let ruleSet: String

  /// Opens the store in `stateDirectory`, making it where there is none.
  ///
  /// Throws `aborted` when another process has it open, and `failedPrecondition` when a newer
  /// danvan has written it or the directory cannot be used.
  public init(stateDirectory: String, rules: RuleSet) throws {
    extractor = try Extractor(rules)
    ruleSet = rules.version
    let tokenizer = SyllableTokenizer()
    abbreviations = Abbreviations(rules, tokenizer: tokenizer)
    store = try Store(directory: stateDirectory, tokenizer: tokenizer)
    watchers.noteHead(try store.read { try $0.headSequence() })
  }

  /// Throws `notFound`; `dataLoss` when the stored text fails its checksum.
  public func article(_ id: ArticleID, parts: ArticleParts) throws -> StoredArticle {
    guard let article = try store.read({ try $0.article(id, parts: parts) }) else {
      throw DanvanError(.notFound, "there is no article \(id)")
    }
    return article
  }

  /// Removes articles, each with an event; returns which of them there were.
  public func delete(_ ids: [ArticleID]) throws -> (deleted: [ArticleID], missing: [ArticleID]) {
    let deleted = try store.remove(ids)
    if !deleted.isEmpty { watchers.wake(upTo: try store.read { try $0.headSequence() }) }
    let gone = Set(deleted)
    return (deleted, ids.filter { !gone.contains($0) })
  }

  /// Reads and extracts without storing.
  public func analyze(_ submission: Submission) throws -> (article: Article, facts: Facts) {
    let article = try reader.read(submission)
    return (article, extractor.facts(in: article))
  }

  public func status() throws -> StoreStatus { try store.status() }

  /// Set once the disk has failed to take a commit: nothing can be stored any more until the store
  /// is opened again.
  public var writeFailure: DanvanError? { store.writeFailure }

  public var storeID: StoreID { store.id }

  /// Calls `wake` with the newest sequence after each commit, from the committing thread: it must
  /// be quick. The subscription ends with `cancel()` or when it is let go.
  public func onCommit(_ wake: @escaping @Sendable (Int64) -> Void) -> Subscription {
    watchers.add(wake)
  }

  /// Waits for running commits, checkpoints and closes. Calls after it throw.
  public func close() throws { try store.close() }
}
