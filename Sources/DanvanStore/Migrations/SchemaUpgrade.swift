internal import DanvanModel
internal import DanvanSQLite
internal import Glibc

/// What opening the store of an older danvan does first: a verified copy of it, then all steps of the
/// schema in one transaction.
public struct SchemaUpgrade: Sendable, Equatable {
  /// The newest migration in the store, and the newest of this program.
  public let from: Int
  public let to: Int
  /// Where the copy goes. It stays until the next upgrade has made its own.
  public let backup: String
  /// Bytes that the copy takes at most, and as many for what the upgrade writes.
  public let needed: Int64
  /// Bytes that are free there.
  public let free: Int64

  /// Nil where there is nothing to upgrade. Opens the file for reading only, so that it stays as it is.
  ///
  /// Throws `unimplemented` for a schema that this program does not know, and `dataLoss` for a file that
  /// is no database, or another program's.
  static func pending(in directory: StateDirectory) throws -> SchemaUpgrade? {
    guard directory.hasDatabase else { return nil }
    let (present, tables, bytes) = try reading(directory.database) { db in
      func number(_ pragma: String) throws -> Int64 {
        try Int64.fetchOne(db, sql: "PRAGMA \(pragma)") ?? 0
      }
      return (
        try Migration.present(in: db),
        try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"),
        try (number("page_count") - number("freelist_count")) * number("page_size")
      )
    }
    guard present <= Migration.newest else {
      throw DanvanError(
        .unimplemented,
        "the store has schema \(present), written by a newer danvan; this one knows up to \(Migration.newest)"
      )
    }
    // A store is made in one transaction: it has none of its tables, and no number, or both.
    guard present > 0 ? tables.contains("article") : present == 0 && tables.isEmpty else {
      throw DanvanError(.dataLoss, "\(directory.database) is a database of another program's")
    }
    // A new store whose making was broken off has nothing to keep.
    guard (1..<Migration.newest).contains(present) else { return nil }
    return SchemaUpgrade(
      from: present, to: Migration.newest, backup: directory.upgradeBackup(of: present),
      needed: 2 * bytes, free: try directory.freeBytes())
  }

  /// Copies the store as it is, without the pages of what was removed, and verifies the copy.
  ///
  /// Throws `resourceExhausted` where there is no room; the store is as it was then, and no copy is left.
  func backUp(in directory: StateDirectory) throws {
    guard free >= needed else { throw noRoom(in: directory, cause: nil) }
    let part = directory.backup(number: Store.now())
    defer { unlink(part) }
    do {
      try Self.reading(directory.database) { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [part])
        let kept = try Self.reading(part) { copy in
          guard try String.fetchAll(copy, sql: "PRAGMA quick_check") == ["ok"] else {
            throw DanvanError(.dataLoss, "the copy before the upgrade is damaged")
          }
          return try Self.contents(of: copy)
        }
        guard try kept == Self.contents(of: db) else {
          throw DanvanError(.dataLoss, "the copy before the upgrade is not what the store holds")
        }
      }
      try StateDirectory.makeDurable(part, as: backup)
    } catch let error as DatabaseError where error.resultCode == .full {
      throw noRoom(in: directory, cause: error.description)
    }
  }

  /// What to throw when the upgrade failed with `error`, which changed nothing: without room the copy, too,
  /// goes, for the store is as it was.
  func failure(_ error: any Error, in directory: StateDirectory) -> any Error {
    guard let failure = error as? DatabaseError, failure.resultCode == .full else {
      return error
    }
    unlink(backup)
    return noRoom(in: directory, cause: failure.description)
  }

  private func noRoom(in directory: StateDirectory, cause: String?) -> DanvanError {
    DanvanError(
      .resourceExhausted,
      "no room to upgrade the store from schema \(from) to \(to): \(directory.path) has \(free) bytes free, "
        + "and a copy of the store and the upgrade take up to \(needed); the store is as it was",
      cause: cause)
  }

  /// The schema's number, and how many rows each table has.
  private static func contents(of db: Database) throws -> [String: Int64] {
    var rows = ["": Int64(try Migration.present(in: db))]
    let tables = try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'
        """)
    for table in tables {
      rows[table] = try Int64.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\"")
    }
    return rows
  }

  private static func reading<Answer>(_ path: String, _ body: (Database) throws -> Answer) throws
    -> Answer
  {
    let database = try Database(path: path, mode: .readOnly)
    let answer = try body(database)
    try database.close()
    return answer
  }
}
