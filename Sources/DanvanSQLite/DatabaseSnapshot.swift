/// The database as it was at one moment, for as long as this value lives.
///
/// Thread-safe; has a connection of its own. What is committed meanwhile stays in the log beside the
/// database until the snapshot is let go.
public final class DatabaseSnapshot: Sendable {
  private let connection: SerialConnection

  init(_ reader: sending Database) throws {
    // Ends with the connection.
    try SQLStatement(reader, "BEGIN DEFERRED").run()
    // A transaction sees what was committed before its first look.
    _ = try Int.fetchOne(reader, sql: "SELECT count(*) FROM sqlite_schema")
    connection = SerialConnection(reader)
  }

  /// Not to be called from within `body`.
  public func read<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
    try connection.run(body)
  }
}
