internal import CSQLite

extension Database {
  /// SQLite asks after this many steps of its virtual machine, some tens of microseconds.
  private static let interval: Int32 = 2_000

  /// Runs `body`, whose statements fail with `SQLITE_INTERRUPT` once `deadline` has passed; with nil, as
  /// long as they take.
  public func interrupting<Answer>(
    at deadline: ContinuousClock.Instant?, _ body: () throws -> Answer
  ) throws -> Answer {
    guard var deadline else { return try body() }
    if deadline <= .now { throw DatabaseError(resultCode: .interrupt) }
    return try withUnsafeMutablePointer(to: &deadline) { instant in
      sqlite3_progress_handler(
        handle, Self.interval,
        { context in
          guard let context else { return 0 }
          let instant = context.assumingMemoryBound(to: ContinuousClock.Instant.self).pointee
          return instant <= .now ? 1 : 0
        }, instant)
      defer { sqlite3_progress_handler(handle, 0, nil, nil) }
      return try body()
    }
  }
}
