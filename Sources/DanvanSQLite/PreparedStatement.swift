internal import CSQLite

/// A compiled statement, which lives as long as somebody holds it.
final class PreparedStatement {
  let handle: OpaquePointer
  private let transaction: TransactionState
  /// Why a value could not be bound. The statement must not run without it, as if it were NULL.
  var bindFailure = SQLITE_OK

  init(_ handle: OpaquePointer, _ transaction: TransactionState) {
    self.handle = handle
    self.transaction = transaction
  }

  deinit { sqlite3_finalize(handle) }

  var sql: String? { sqlite3_sql(handle).map { String(cString: $0) } }

  func note(_ code: Int32) {
    if code != SQLITE_OK { bindFailure = code }
  }

  /// Throws where the statement must not go on.
  func check() throws {
    if bindFailure != SQLITE_OK {
      throw DatabaseError(bindFailure, of: nil, sql: sql)
    }
    if transaction.isLost {
      throw DatabaseError(
        resultCode: .abort, message: "the transaction has been undone", sql: sql)
    }
  }

  /// The failure of the last step.
  func failure(_ code: Int32) -> DatabaseError {
    let connection = sqlite3_db_handle(handle)
    if transaction.isOpen, sqlite3_get_autocommit(connection) != 0 { transaction.isLost = true }
    return DatabaseError(code, of: connection, sql: sql)
  }
}

/// Has SQLite copy what it is given.
let transientMemory = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
