internal import CSQLite

/// What the statements of a connection must know of the transaction that they run in.
final class TransactionState {
  var isOpen = false
  /// SQLite has undone the transaction by itself, as it does when the disk is full. A statement that ran
  /// all the same would be committed alone.
  var isLost = false
}

extension Database {
  public enum TransactionKind: String, Sendable {
    case deferred = "BEGIN DEFERRED"
    case immediate = "BEGIN IMMEDIATE"
  }

  public var isInsideTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Runs `body` in a transaction, which is committed when it returns and undone when it throws. Within a
  /// transaction that is open already it gets a savepoint, and `kind` means nothing.
  ///
  /// Where SQLite undoes the transaction by itself, all further statements of `body` throw `SQLITE_ABORT`.
  public func inTransaction<Answer>(_ kind: TransactionKind, _ body: () throws -> Answer) throws
    -> Answer
  {
    guard !isInsideTransaction else { return try inSavepoint(body) }
    try run(kind.rawValue)
    transaction.isOpen = true
    defer {
      transaction.isOpen = false
      transaction.isLost = false
    }
    do {
      let answer = try body()
      try run("COMMIT")
      return answer
    } catch {
      transaction.isLost = false
      // The first failure is the one that says what happened.
      if isInsideTransaction { try? run("ROLLBACK") }
      throw error
    }
  }

  private func inSavepoint<Answer>(_ body: () throws -> Answer) throws -> Answer {
    try run("SAVEPOINT inner_transaction")
    do {
      let answer = try body()
      try run("RELEASE inner_transaction")
      return answer
    } catch {
      if isInsideTransaction, !transaction.isLost {
        try? run("ROLLBACK TO inner_transaction")
        try? run("RELEASE inner_transaction")
      }
      throw error
    }
  }

  private func run(_ sql: String) throws { try SQLStatement(self, sql).run() }
}
