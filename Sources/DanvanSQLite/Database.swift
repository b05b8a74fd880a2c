internal import CSQLite

/// One connection to a database file.
///
/// Belongs to one thread at a time, as the functions that lend it see to: it must not leave the function it
/// was given to.
public final class Database {
  public enum Mode: Sendable {
    /// Makes the file where it is not there.
    case readWrite
    /// Can neither write nor make a file.
    case readOnly
  }

  public let isReadOnly: Bool
  let transaction = TransactionState()
  private(set) var handle: OpaquePointer?
  private var cache: [String: PreparedStatement] = [:]
  /// A program has some dozens of statements; one that writes others without end keeps no more than these.
  private static let cacheLimit = 256

  /// Opens a file; what is in it is not looked at before the first statement.
  ///
  /// A statement that meets another connection's lock fails with `SQLITE_BUSY` after `busyTimeout`
  /// milliseconds; at 0, at once.
  public init(path: String, mode: Mode, busyTimeout: Int32 = 0) throws {
    isReadOnly = mode == .readOnly
    let access =
      switch mode {
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readOnly: SQLITE_OPEN_READONLY
      }
    let code = sqlite3_open_v2(
      path, &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK else {
      defer { sqlite3_close_v2(handle) }
      throw DatabaseError(code, of: handle)
    }
    danvan_refuse_double_quoted_strings(handle)
    sqlite3_busy_timeout(handle, busyTimeout)
  }

  deinit {
    cache = [:]
    // Waits for statements that somebody still holds.
    sqlite3_close_v2(handle)
  }

  /// Closes the connection, which is of no use any more. Throws, and leaves it open, where somebody still
  /// holds a statement.
  public func close() throws {
    guard handle != nil else { return }
    cache = [:]
    let code = sqlite3_close(handle)
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle) }
    handle = nil
  }

  /// Runs one statement or several, and throws rows away. The arguments are those of the one statement
  /// that has parameters; throws `SQLITE_RANGE` where they are more or fewer.
  public func execute(sql: String, arguments: [(any SQLValue)?] = []) throws {
    guard let handle else { throw DatabaseError.isClosed }
    try sql.withCString { start in
      var next: UnsafePointer<CChar>? = start
      while let start = next, start.pointee != 0 {
        var compiled: OpaquePointer?
        let code = sqlite3_prepare_v2(handle, start, -1, &compiled, &next)
        guard code == SQLITE_OK else {
          throw DatabaseError(code, of: handle, sql: String(cString: start))
        }
        // A comment at the end is no statement.
        guard let compiled else { continue }
        let statement = SQLStatement(PreparedStatement(compiled, transaction))
        try statement.bindAll(arguments)
        try statement.run()
      }
    }
  }

  /// What `read` makes of each row.
  public func rows<Value>(
    _ sql: String, arguments: [(any SQLValue)?] = [], _ read: (SQLStatement) throws -> Value
  ) throws -> [Value] {
    let statement = try SQLStatement(self, sql)
    defer { statement.reset() }
    try statement.bindAll(arguments)
    var values: [Value] = []
    while try statement.step() { values.append(try read(statement)) }
    return values
  }

  /// The statement of the cache, compiled where it is not there yet.
  func cachedStatement(_ sql: String) throws -> PreparedStatement {
    if let known = cache[sql] { return known }
    guard let handle else { throw DatabaseError.isClosed }
    var compiled: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle, sql: sql) }
    guard let compiled else {
      throw DatabaseError(resultCode: .misuse, message: "no statement", sql: sql)
    }
    let statement = PreparedStatement(compiled, transaction)
    if cache.count >= Self.cacheLimit { cache = [:] }
    cache[sql] = statement
    return statement
  }

  /// Ends what a function left half-way: a statement that was not read to its end holds the snapshot that it
  /// reads from.
  func endReads() {
    guard sqlite3_txn_state(handle, nil) != SQLITE_TXN_NONE else { return }
    for statement in cache.values where sqlite3_stmt_busy(statement.handle) != 0 {
      sqlite3_reset(statement.handle)
    }
  }

  /// Rows that the last statement inserted, changed or removed.
  public var changesCount: Int { Int(sqlite3_changes64(handle)) }

  public var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  public enum Checkpoint: Int32, Sendable {
    case passive = 0
    case full = 1
    case restart = 2
    case truncate = 3
  }

  /// Takes what stands in the write-ahead log into the database file. All but `passive` throw `SQLITE_BUSY`
  /// where a reader still needs the log.
  public func checkpoint(_ kind: Checkpoint) throws {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, kind.rawValue, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle) }
  }
}
