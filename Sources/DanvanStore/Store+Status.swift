public import DanvanModel
internal import GRDB
internal import Glibc
internal import Synchronization

extension Store {
  /// Counts the articles, which takes a scan of an index: for people, not for every call.
  public func status() throws -> StoreStatus {
    try read { snapshot in
      let db = snapshot.db
      return StoreStatus(
        store: id, schema: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
        articles: try Int64.fetchOne(db, sql: "SELECT count(*) FROM article") ?? 0,
        facts: try Int64.fetchOne(db, sql: "SELECT sum(fact_count) FROM article") ?? 0,
        headSequence: try snapshot.headSequence(),
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
