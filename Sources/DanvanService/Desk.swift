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
  let reader: Reader
  let extract: @Sendable (Article) -> Facts
  let abbreviations: Abbreviations
  let watchers = Watchers()
  let recentBatches = RecentBatches()
  let recentTerms = RecentTerms()
  let watchPlans = WatchPlans()

  /// How much of the event log is kept.
  public let retention: EventRetention

  /// The version of the rule set in use.
  public let ruleSet: String

  /// Opens the store in `stateDirectory`, making it where there is none.
  ///
  /// Throws `aborted` when another process has it open, and `failedPrecondition` when a newer
  /// danvan has written it or the directory cannot be used.
  public convenience init(
    stateDirectory: String, rules: RuleSet, retention: EventRetention = EventRetention()
  ) throws {
    let extractor = try Extractor(rules)
    try self.init(
      stateDirectory: stateDirectory, ruleSet: rules.version, retention: retention,
      abbreviations: Abbreviations(rules, tokenizer: SyllableTokenizer()),
      reader: Reader(cues: PageCues(rules)),
      extract: { extractor.facts(in: $0) })
  }

  init(
    stateDirectory: String, ruleSet: String, retention: EventRetention = EventRetention(),
    abbreviations: Abbreviations,
    reader: Reader = Reader(),
    extract: @escaping @Sendable (Article) -> Facts
  ) throws {
    self.ruleSet = ruleSet
    self.retention = retention
    self.abbreviations = abbreviations
    self.extract = extract
    self.reader = reader
    store = try Store(directory: stateDirectory, tokenizer: SyllableTokenizer())
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
    return (article, extract(article))
  }

  public func status() throws -> StoreStatus { try store.status() }

  /// Looks at everything that is stored; a sentence for each fault found.
  public func check() throws -> [String] { try store.check() }

  /// Set once the disk has failed to take a commit: nothing can be stored any more until the store
  /// is opened again.
  public var writeFailure: DanvanError? { store.writeFailure }

  public var storeID: StoreID { store.id }

  /// Calls `wake` with the newest sequence after each commit, from the committing thread: it must
  /// be quick. The subscription ends with `cancel()` or when it is let go.
  public func onCommit(_ wake: @escaping @Sendable (Int64) -> Void) -> Subscription {
    watchers.add(wake)
  }

  /// Wakes those who wait for a commit, though there was none: something else is to be told.
  public func wakeWatchers() { watchers.wake(upTo: watchers.head) }

  /// Waits for running commits, checkpoints and closes. Calls after it throw.
  public func close() throws { try store.close() }
}
