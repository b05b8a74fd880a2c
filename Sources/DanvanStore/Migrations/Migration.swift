internal import DanvanModel
internal import GRDB

/// One numbered step of the schema. A step that has been released is never edited.
struct Migration: Sendable {
  let number: Int
  let sql: String
  /// What SQL cannot say, after it, in the same transaction.
  var step: (@Sendable (Database) throws -> Void)?

  static let all = [
    migration001, migration002, migration003, migration004, migration005, migration006,
    migration007, migration008, migration009, migration010,
  ]
  static var newest: Int { all.last?.number ?? 0 }

  /// Takes the schema to the newest number, each step in a transaction of its own.
  static func run(on db: Database) throws {
    let present = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    for migration in all where migration.number > present {
      try db.inTransaction(.immediate) {
        try db.execute(sql: migration.sql)
        try migration.step?(db)
        try db.execute(sql: "PRAGMA user_version = \(migration.number)")
        return .commit
      }
    }
  }

  /// Throws `failedPrecondition` for a schema that this program does not know, and `dataLoss` for a
  /// file that is no database. Opens the file for reading only, so that it stays as it is.
  static func refuseNewer(at path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let present = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    try queue.close()
    guard present <= newest else {
      throw DanvanError(
        .failedPrecondition,
        "the store has schema \(present), written by a newer danvan; this one knows up to \(newest)"
      )
    }
  }
}
