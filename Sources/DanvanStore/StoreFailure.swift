internal import DanvanModel
internal import DanvanSQLite

/// What SQLite's errors mean to a caller of the store.
enum StoreFailure {
  /// A `DanvanError` for whatever was thrown beneath.
  static func error(_ error: any Error) -> DanvanError {
    if let error = error as? DanvanError { return error }
    guard let failure = error as? DatabaseError else {
      return DanvanError(.internalError, "the store failed", cause: "\(error)")
    }
    let cause = "SQLite \(failure.extendedResultCode.rawValue): \(failure.message ?? "no message")"
    switch failure.resultCode {
    case .full:
      return DanvanError(
        .resourceExhausted, "storage full: nothing of this request was stored", cause: cause)
    case .ioerr:
      return DanvanError(.internalError, "the disk failed", cause: cause)
    case .corrupt, .notadb:
      return DanvanError(.dataLoss, "the database file is damaged", cause: cause)
    case .interrupt:
      return DanvanError(.deadlineExceeded, "the deadline passed before there was an answer")
    case .busy, .locked, .nomem:
      return DanvanError(.unavailable, "the store is busy; try again", cause: cause)
    case .readonly, .cantopen, .perm, .auth:
      return DanvanError(.failedPrecondition, "the store cannot be written to", cause: cause)
    case .toobig:
      return DanvanError(.resourceExhausted, "a value is too large to store", cause: cause)
    default:
      return DanvanError(.internalError, "the store failed", cause: cause)
    }
  }

  /// The same for a store that is being opened: who reads it has no daemon to ask where the damage is.
  static func opening(_ error: any Error, of database: String) -> DanvanError {
    let told = Self.error(error)
    guard told.code == .dataLoss, error is DatabaseError else { return told }
    return DanvanError(
      .dataLoss,
      "\(database) is damaged; `dvctl restore --replace` puts a backup in its place",
      cause: told.cause)
  }

  /// Whether no commit of this process may be acknowledged any more: the system could not say if written
  /// pages are on disk (a later fsync that succeeds proves nothing), or did not give back a lock of the
  /// database, which every later transaction then waits for.
  static func isLasting(_ error: any Error) -> Bool {
    guard let failure = error as? DatabaseError else { return false }
    switch failure.extendedResultCode {
    case .ioerrFsync, .ioerrDirFsync, .lockProtocol: return true
    default: return false
    }
  }

  /// Whether the fault lies in one of the writes of a transaction, not in the disk beneath them all.
  static func isOfOneJob(_ error: any Error) -> Bool {
    switch self.error(error).code {
    case .resourceExhausted, .internalError, .unavailable, .failedPrecondition:
      // A value that SQLite refuses is one job's fault; a disk that is full or failing is not.
      guard let failure = error as? DatabaseError else { return error is DanvanError }
      return failure.resultCode == .toobig || failure.resultCode == .constraint
    default: return true
    }
  }
}
