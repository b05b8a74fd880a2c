public import DanvanModel
internal import DanvanSQLite
internal import Glibc
internal import Synchronization

extension Store {
  /// Counts articles and facts by a scan of an index where there were events since the last time.
  public func status() throws -> StoreStatus {
    try read { snapshot in
      let db = snapshot.db
      let head = try snapshot.headSequence()
      let counts = try counted.withLock { known in
        // Whatever changes either number has an event in the same transaction.
        if let known, known.head == head { return known }
        let counts = try StoreCounts(of: db, at: head)
        known = counts
        return counts
      }
      return StoreStatus(
        store: id, schema: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
        articles: counts.articles, facts: counts.facts, headSequence: head,
        compactedSequence: try snapshot.compactedSequence(),
        databaseBytes: Self.size(directory.database), walBytes: Self.size(directory.wal),
        tokenizer: tokenizer.version, writeFailure: writeFailure)
    }
  }

  /// How long the transaction under way has taken so far; nil where there is none, or where it waits
  /// for work that may well take minutes, such as a check of the index.
  public var commitAge: Duration? { writer.age }

  /// Set once the disk has failed to take a commit.
  public var writeFailure: DanvanError? { failure.withLock { $0 } }

  /// The same store's cursor for a sequence.
  public func cursor(_ sequence: Int64) -> DanvanModel.Cursor {
    DanvanModel.Cursor(store: id, sequence: sequence)
  }

  private static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}

/// How many articles and facts there were when an event was the newest.
struct StoreCounts: Sendable {
  let head: Int64
  let articles: Int64
  let facts: Int64

  /// Scans the index that holds both.
  init(of db: Database, at head: Int64) throws {
    let select = try SQLStatement(
      db, "SELECT count(*), total(fact_count) FROM article INDEXED BY article_day")
    defer { select.reset() }
    _ = try select.step()
    self.head = head
    articles = select.integer(0)
    facts = select.integer(1)
  }
}
