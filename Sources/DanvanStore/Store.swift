public import DanvanModel
internal import DanvanSQLite
internal import DanvanZlib
internal import Glibc
internal import Synchronization

/// One store on disk: articles, facts, full-text index and event log in one SQLite database.
///
/// Thread-safe. One connection does all commits and all checkpoints; readers have connections of
/// their own that can only read. A function that writes returns when its commit is on disk.
public final class Store: Sendable {
  public let id: StoreID
  let directory: StateDirectory
  let pool: DatabasePool
  let tokenizer: any SearchTokenizer
  let collector: TermCollector
  let days = Mutex(ArticleDays())
  let vocabulary = Mutex(Vocabulary())
  let interned = Mutex(InternTable())
  let failure = Mutex<DanvanError?>(nil)
  let committed = Mutex<Int64>(0)
  let writer = WriterClock()
  let saved = Mutex<[String: SavedSearch]>([:])
  let dictionaries: TextDictionaries
  let matchSets = MatchSets()
  let facetMemory = FacetMemory()
  let counted = Mutex<StoreCounts?>(nil)
  let tallies = RememberedTallies()
  let isTraining = Mutex(false)
  let rules = Mutex<[Int64: Evidence]>([:])
  let ruleSets = Mutex<[Int64: String]>([:])
  private let queue = CommitQueue()
  private let isClosed = Mutex(false)

  /// Opens the store in `directory`, making both where they are not there. The store of an older danvan is
  /// copied and upgraded; `onUpgrade` is told before.
  ///
  /// Throws `aborted` when another process has it open, `unimplemented` when a newer danvan has written it
  /// (the file is left as it is), `resourceExhausted` when there is no room for an upgrade (so it is then),
  /// `failedPrecondition` when the directory cannot be used, `dataLoss` when the file is no database.
  public init(
    directory path: String, tokenizer: any SearchTokenizer,
    onUpgrade: (SchemaUpgrade) -> Void = { _ in }
  ) throws {
    let directory = try StateDirectory(path)
    self.directory = directory
    self.tokenizer = tokenizer
    collector = TermCollector()
    dictionaries = TextDictionaries()
    directory.removeBackups()
    do {
      let upgrade = try SchemaUpgrade.pending(in: directory)
      if let upgrade {
        onUpgrade(upgrade)
        try upgrade.backUp(in: directory)
      }
      pool = try Self.open(directory.database, tokenizer, collector, dictionaries)
      let isNew = try pool.writeWithoutTransaction { db in
        // In NORMAL, acknowledged commits can be lost when the power fails.
        try db.execute(sql: "PRAGMA synchronous = \(Self.synchronous)")
        do {
          try Migration.run(on: db)
        } catch {
          throw upgrade?.failure(error, in: directory) ?? error
        }
        return try Self.makeIdentity(on: db, indexVersion: Self.indexVersion(tokenizer))
      }
      if isNew { try directory.sync() }
      if let upgrade { directory.removeUpgradeBackups(butOf: upgrade.from) }
      id = try pool.read(Self.identity)
      try load()
      try rebuildIndexIfNeeded()
      try rebuildRegisterIfNeeded()
    } catch {
      throw StoreFailure.opening(error, of: directory.database)
    }
  }

  /// Stores articles in one transaction, with an event for each that is new or revises the article of
  /// its URL; one receipt each, in order. `time` is in nanoseconds since 1970.
  ///
  /// Throws `resourceExhausted` when the disk is full: nothing of the batch is stored then, and later
  /// calls may succeed. After a failed fsync throws `internalError`, and `unavailable` ever after.
  public func add(_ records: [ArticleRecord]) throws -> [Receipt] {
    guard !records.isEmpty else { return [] }
    guard case .added(let receipts) = try run(.add(records)) else { return [] }
    trainDictionaryIfDue()
    return receipts
  }

  /// The newest event of the last transaction of this process, which may be of another caller's job in
  /// it: a place between two commits. 0 before the first.
  public var committedHead: Int64 { committed.withLock { $0 } }

  /// Removes those of the articles that are there, each with an event, and returns their ids.
  public func remove(_ ids: [ArticleID]) throws -> [ArticleID] {
    guard !ids.isEmpty else { return [] }
    guard case .removed(let removed) = try run(.remove(ids)) else { return [] }
    return removed
  }

  /// Runs `body` on one snapshot. Throws `deadlineExceeded` when SQLite is still busy with it at
  /// `deadline`.
  public func read<Answer>(
    deadline: ContinuousClock.Instant? = nil, _ body: (Snapshot) throws -> Answer
  ) throws -> Answer {
    do {
      let generation = matchSets.generation
      return try pool.read { db in
        try db.interrupting(at: deadline) {
          try body(Snapshot(db: db, store: self, generation: generation))
        }
      }
    } catch {
      noteLasting(error)
      throw StoreFailure.error(error)
    }
  }

  /// The index terms whose plain form is `plain`.
  public func terms(ofPlain plain: [UInt8]) -> [[UInt8]] {
    vocabulary.withLock { $0.forms(ofPlain: plain) }
  }

  /// Whether the index holds the term; those without a letter are not known here.
  public func hasTerm(_ term: [UInt8]) -> Bool {
    vocabulary.withLock {
      $0.contains(term, plain: term.withUnsafeBufferPointer(tokenizer.plainForm))
    }
  }

  /// The index terms whose plain form is one letter away from `plain`: one more, one less or another.
  public func terms(oneLetterFrom plain: [UInt8]) -> [[UInt8]] {
    vocabulary.withLock { $0.terms(oneLetterFrom: plain) }
  }

  /// How many terms the index knows: while it stays the same, so does what a word stands for.
  public var termCount: Int { vocabulary.withLock { $0.count } }

  /// The index terms that begin with one of `starts`, or whose plain form begins with `plainStart`:
  /// the `limit` first seen of them, and how many there are.
  public func terms(startingWith starts: [[UInt8]], plainStart: [UInt8]?, limit: Int)
    -> (terms: [[UInt8]], total: Int)
  {
    vocabulary.withLock { $0.terms(startingWith: starts, plainStart: plainStart, limit: limit) }
  }

  /// Takes the WAL into the database file and closes. Reads and writes after it throw, and so does
  /// a second close, with `failedPrecondition`.
  public func close() throws {
    let wasClosed = isClosed.withLock { closed in
      defer { closed = true }
      return closed
    }
    if wasClosed { throw DanvanError(.failedPrecondition, "the store is closed already") }
    do {
      try pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
      try pool.close()
      directory.unlock()
    } catch {
      throw StoreFailure.error(error)
    }
  }

  /// Runs statements in a transaction of the committing connection; on disk on return.
  func change(_ statements: @escaping @Sendable (Database) throws -> Void) throws {
    _ = try run(.change(statements))
  }

  /// After a change of articles that were there: what is kept in memory of them no longer holds.
  func forgetMatches() {
    matchSets.clear()
    // Behind it: who keeps something looks first whether the sets were cleared.
    facetMemory.clear()
  }

  func run(_ work: CommitQueue.Job.Work) throws -> CommitQueue.Job.Outcome {
    let job = CommitQueue.Job(work)
    switch queue.run(job, commit: commit) {
    case .failed(let error): throw error
    case let outcome?: return outcome
    case nil: throw DanvanError(.internalError, "the store gave no answer")
    }
  }

  /// A debug build can be told not to sync every commit, to show that `make torture-powerloss` notices.
  private static var synchronous: String {
    #if DEBUG
      if getenv("DANVAN_FAULT").map({ String(cString: $0) }) == "relaxed" { return "NORMAL" }
    #endif
    return "FULL"
  }

  private static func open(
    _ path: String, _ tokenizer: any SearchTokenizer, _ collector: TermCollector,
    _ dictionaries: TextDictionaries
  ) throws -> DatabasePool {
    try DatabasePool(path: path, readers: 4) { db in
      let writes = !db.isReadOnly
      try IndexTokenizer.register(tokenizer, collector: writes ? collector : nil, on: db)
      try addInflate(with: dictionaries, to: db)
      try Seal.addFunction(to: db)
      if writes {
        try db.execute(
          sql: """
            PRAGMA page_size = 8192;
            PRAGMA cache_size = -16000;
            PRAGMA wal_autocheckpoint = 2000;
            PRAGMA journal_size_limit = 67108864;
            """)
      } else {
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -4000;")
      }
    }
  }

  /// `danvan_inflate(body, text_count)`: the text of an article row, for FTS5's own checks.
  private static func addInflate(with dictionaries: TextDictionaries, to db: Database) throws {
    try db.addFunction("danvan_inflate", argumentCount: 2) { arguments in
      guard let body = arguments.blob(0),
        let count = arguments.integer(1).flatMap(Int.init(exactly:))
      else { return nil }
      return String(validating: try dictionaries.inflate(body, length: count), as: UTF8.self)
    }
  }
}
