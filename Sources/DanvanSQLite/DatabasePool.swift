internal import Dispatch
internal import Synchronization

/// A database file in WAL mode: one connection that writes, and some that only read beside it.
///
/// Thread-safe. Who would write waits for who writes; readers wait for nobody but each other, where all
/// connections are in use. A reader sees the database as it was when it began to read.
public final class DatabasePool: Sendable {
  private let path: String
  private let prepare: @Sendable (Database) throws -> Void
  private let writer: SerialConnection
  private let readers = Mutex(Readers())
  private let readerCount: Int
  private let permits: DispatchSemaphore

  private struct Readers: @unchecked Sendable {
    // Each in here is used by nobody.
    var idle: [Database] = []
    var isClosed = false
  }

  /// How long a reader waits for one who recovers the log of a process that died, or who is the last to
  /// close; milliseconds. Readers meet no other lock.
  private static let readerBusyTimeout: Int32 = 10_000

  /// Opens the file, making it where it is not there, and puts it into WAL mode. `prepare` is run on each
  /// connection before anything else.
  public init(
    path: String, readers count: Int, prepare: @escaping @Sendable (Database) throws -> Void
  ) throws {
    self.path = path
    self.prepare = prepare
    readerCount = max(1, count)
    permits = DispatchSemaphore(value: max(1, count))
    let database = try Database(path: path, mode: .readWrite)
    try prepare(database)
    guard try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" else {
      throw DatabaseError(resultCode: .cantopen, message: "no write-ahead log at \(path)")
    }
    // Makes the log, without which nobody who only reads can open the file.
    _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
    writer = SerialConnection(database)
  }

  /// Lends the writing connection.
  public func writeWithoutTransaction<Answer>(_ body: (Database) throws -> Answer) throws -> Answer
  {
    try writer.run(body)
  }

  /// Runs `body` on one snapshot. Not to be called from within `body`.
  public func read<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
    try readWithoutTransaction { db in try db.inTransaction(.deferred) { try body(db) } }
  }

  /// Lends a reading connection without a snapshot: each statement sees what is committed when it begins.
  public func readWithoutTransaction<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
    permits.wait()
    defer { permits.signal() }
    let reader = try takeReader()
    defer { giveBack(reader) }
    return try body(reader)
  }

  /// A snapshot of now that stays until it is let go.
  public func makeSnapshot() throws -> DatabaseSnapshot {
    try DatabaseSnapshot(try openReader())
  }

  /// Waits for readers, then closes all connections; later reads and writes throw `SQLITE_MISUSE`, and
  /// snapshots live on. The writer is the last to go, so that it can take the log with it.
  public func close() throws {
    let wasClosed = readers.withLock { readers in
      defer { readers.isClosed = true }
      return readers.isClosed
    }
    guard !wasClosed else { return }
    for _ in 0..<readerCount { permits.wait() }
    defer { for _ in 0..<readerCount { permits.signal() } }
    readers.withLock { $0.idle = [] }
    try writer.close()
  }

  private func takeReader() throws -> Database {
    let idle = try readers.withLock { readers in
      if readers.isClosed { throw DatabaseError.isClosed }
      return readers.idle.popLast().map { Lent(database: $0) }
    }
    return try idle?.database ?? openReader()
  }

  private func giveBack(_ reader: Database) {
    reader.endReads()
    // One whose transaction could not be ended is not used again.
    guard !reader.isInsideTransaction else { return }
    let lent = Lent(database: reader)
    readers.withLock { if !$0.isClosed { $0.idle.append(lent.database) } }
  }

  private func openReader() throws -> Database {
    let reader = try Database(path: path, mode: .readOnly, busyTimeout: Self.readerBusyTimeout)
    try prepare(reader)
    return reader
  }

  /// On its way between the list and the one thread that uses it.
  private struct Lent: @unchecked Sendable { let database: Database }
}
