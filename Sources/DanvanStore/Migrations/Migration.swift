internal import DanvanSQLite

/// One numbered step of the schema. A step that has been released is never edited.
struct Migration: Sendable {
  let number: Int
  let sql: String
  /// What SQL cannot say, after it, in the same transaction.
  var step: (@Sendable (Database) throws -> Void)?

  static let all = [
    migration001, migration002, migration003, migration004, migration005, migration006,
    migration007, migration008, migration009, migration010, migration011, migration012,
    migration013,
  ]
  static var newest: Int { all.last?.number ?? 0 }

  /// The number of the newest step that a database has; 0 for an empty one.
  static func present(in db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }

  /// Takes the schema to the newest number, all steps in one transaction.
  static func run(on db: Database) throws {
    let missing = all.drop { [present = try present(in: db)] in $0.number <= present }
    guard !missing.isEmpty else { return }
    try db.inTransaction(.immediate) {
      for migration in missing {
        try db.execute(sql: migration.sql)
        try migration.step?(db)
      }
      try db.execute(sql: "PRAGMA user_version = \(newest)")
    }
  }
}
