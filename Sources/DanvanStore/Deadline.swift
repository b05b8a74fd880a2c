internal import GRDB
internal import GRDBSQLite

/// Interrupts a connection's statements once a deadline has passed.
enum Deadline {
  /// SQLite asks after this many steps of its virtual machine, some tens of microseconds.
  private static let interval: Int32 = 2_000

  static func run<Answer>(
    _ deadline: ContinuousClock.Instant?, on db: Database, _ body: () throws -> Answer
  ) throws -> Answer {
    guard var deadline else { return try body() }
    if deadline <= .now { throw DatabaseError(resultCode: .SQLITE_INTERRUPT) }
    return try withUnsafeMutablePointer(to: &deadline) { instant in
      sqlite3_progress_handler(
        db.sqliteConnection, interval,
        { context in
          guard let context else { return 0 }
          let instant = context.assumingMemoryBound(to: ContinuousClock.Instant.self).pointee
          return instant <= .now ? 1 : 0
        }, instant)
      defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
      return try body()
    }
  }
}
