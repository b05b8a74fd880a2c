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
  private let inUse: Mutex<Engine>
  let watchers = Watchers()
  let recentBatches = RecentBatches()
  let recentTerms = RecentTerms()
  let watchPlans = WatchPlans()
  let foreground = Foreground()
  let rebuilding: Rebuilding
  let work: WorkMeter

  /// How much of the event log is kept.
  public let retention: EventRetention

  /// Opens the store in `stateDirectory`, making it where there is none.
  ///
  /// `onUpgrade` is told before the store of an older danvan is copied and upgraded.
  ///
  /// Throws `aborted` when another process has it open, `unimplemented` when a newer danvan has written it,
  /// `resourceExhausted` when there is no room for an upgrade, and `failedPrecondition` when the directory
  /// cannot be used.
  public convenience init(
    stateDirectory: String, rules: RuleSet, retention: EventRetention = EventRetention(),
    onUpgrade: (SchemaUpgrade) -> Void = { _ in }
  ) throws {
    let work = WorkMeter()
    try self.init(
      stateDirectory: stateDirectory, engine: try Engine(rules, meter: work),
      retention: retention, work: work, onUpgrade: onUpgrade)
  }

  init(
    stateDirectory: String, engine: Engine, retention: EventRetention = EventRetention(),
    work: WorkMeter = WorkMeter(), onUpgrade: (SchemaUpgrade) -> Void = { _ in }
  ) throws {
    inUse = Mutex(engine)
    rebuilding = Rebuilding()
    self.work = work
    self.retention = retention
    store = try Store(
      directory: stateDirectory, tokenizer: SyllableTokenizer(), onUpgrade: onUpgrade)
    watchers.noteHead(try store.read { try $0.headSequence() })
  }

  /// The rule set in use and what is made of it. One call takes it once, so that all it does is of
  /// one set.
  var engine: Engine { inUse.withLock { $0 } }

  /// The version of the rule set in use.
  public var ruleSet: String { engine.version }

  /// The rule set itself; nil only where a test invents the facts.
  public var rules: RuleSet? { engine.rules }

  /// Takes another rule set into use for all calls that begin from now on, and has the facts rebuilt
  /// with it. Throws, with the set before it still in use, where a phase finds it wanting.
  public func use(_ rules: RuleSet) throws {
    let engine = try Engine(rules, meter: work)
    inUse.withLock { $0 = engine }
    recentBatches.forget()
    rebuilding.ask()
  }

  /// Throws `notFound`; `dataLoss` when the stored text fails its checksum.
  public func article(_ id: ArticleID, parts: ArticleParts) throws -> StoredArticle {
    guard let article = try store.read({ try $0.article(id, parts: parts) }) else {
      throw DanvanError(.notFound, "there is no article \(id)")
    }
    return article
  }

  /// What an article came from, where it was seen and which are its copies; nil for one of before such
  /// was kept. Throws `dataLoss`.
  public func origin(_ id: ArticleID) throws -> ArticleOrigin? {
    try store.read { try $0.origin(of: id) }
  }

  /// Removes articles, each with an event; returns which of them there were.
  public func delete(_ ids: [ArticleID]) throws -> (deleted: [ArticleID], missing: [ArticleID]) {
    let deleted = try store.remove(ids)
    if !deleted.isEmpty { watchers.wake(upTo: try store.read { try $0.headSequence() }) }
    let gone = Set(deleted)
    return (deleted, ids.filter { !gone.contains($0) })
  }

  /// Reads and extracts without storing. What `check` throws, called now and then, ends the work.
  public func analyze(_ submission: Submission, check: () throws -> Void = {}) throws
    -> (article: Article, facts: Facts)
  {
    let visit = foreground.enter()
    defer { visit.end() }
    let engine = self.engine
    let article = try engine.reader.read(submission)
    return (article, try engine.facts(in: article, check: check))
  }

  /// How long the transaction under way has taken so far; nil where none is, or where it waits for work
  /// that may take minutes.
  public var commitAge: Duration? { store.commitAge }

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

  /// Wakes those who wait after a commit that this event is of. Other callers' events may be of the same
  /// commit; watchers must not stop between them.
  func wakeWatchers(upTo sequence: Int64) {
    watchers.wake(upTo: max(sequence, store.committedHead))
  }

  /// Wakes those who wait for a commit, though there was none: something else is to be told.
  public func wakeWatchers() { watchers.wake(upTo: watchers.head) }

  /// Ends a rebuild, waits for running commits, checkpoints and closes. Calls after it throw.
  public func close() throws {
    rebuilding.stop()
    try store.close()
  }
}
