import DanvanSQLite
import TestSupport
import Testing

@Suite struct TransactionTests {
  private struct Refused: Error {}
  let folder: TemporaryDirectory
  let db: Database

  init() throws {
    folder = try TemporaryDirectory()
    db = try Database(path: folder.path + "/one.db", mode: .readWrite)
    try db.execute(sql: "CREATE TABLE t (a)")
  }

  private func add(_ value: Int) throws {
    try db.execute(sql: "INSERT INTO t VALUES (?)", arguments: [value])
  }
  private var values: [Int] {
    get throws { try Int.fetchAll(db, sql: "SELECT a FROM t ORDER BY a") }
  }

  @Test func isCommittedOrUndone() throws {
    let answer = try db.inTransaction(.immediate) {
      try add(1)
      #expect(db.isInsideTransaction)
      return 5
    }
    #expect(answer == 5)
    #expect(throws: Refused.self) {
      try db.inTransaction(.immediate) {
        try add(2)
        throw Refused()
      }
    }
    #expect(!db.isInsideTransaction)
    #expect(try values == [1])
  }

  @Test func anInnerOneIsUndoneAlone() throws {
    try db.inTransaction(.immediate) {
      try add(1)
      try? db.inTransaction(.immediate) {
        try add(2)
        try db.inTransaction(.immediate) { try add(3) }
        throw Refused()
      }
      try db.inTransaction(.deferred) { try add(4) }
    }
    #expect(try values == [1, 4])
  }

  @Test func anOuterOneTakesTheInnerWithIt() throws {
    #expect(throws: Refused.self) {
      try db.inTransaction(.immediate) {
        try db.inTransaction(.immediate) { try add(1) }
        throw Refused()
      }
    }
    #expect(try values == [])
  }

  /// A reading statement in the midst of its rows does not keep a transaction from its end.
  @Test func isUndoneBesideAStatementHalfWay() throws {
    try add(1)
    try add(2)
    #expect(throws: Refused.self) {
      try db.inTransaction(.immediate) {
        let select = try SQLStatement(db, "SELECT a FROM t")
        _ = try select.step()
        try add(3)
        throw Refused()
      }
    }
    #expect(try values == [1, 2])
    try add(4)
    #expect(try values == [1, 2, 4])
  }

  /// When the disk is full SQLite undoes a transaction by itself. What would go on all the same, and be
  /// committed statement by statement, is refused.
  @Test func oneThatSQLiteHasUndoneDoesNotGoOn() throws {
    let pages = try #require(try Int.fetchOne(db, sql: "PRAGMA page_count"))
    try db.execute(sql: "PRAGMA max_page_count = \(pages)")
    var codes: [ResultCode?] = []
    #expect(throws: DatabaseError.self) {
      try db.inTransaction(.immediate) {
        for sql in ["INSERT INTO t VALUES (zeroblob(1000000))", "INSERT INTO t VALUES (7)"] {
          do {
            try db.execute(sql: sql)
            codes.append(nil)
          } catch {
            codes.append((error as? DatabaseError)?.resultCode)
          }
        }
      }
    }
    #expect(codes == [.full, .abort])
    #expect(!db.isInsideTransaction)
    try db.execute(sql: "PRAGMA max_page_count = 1000")
    #expect(try values == [])
    try add(8)
    #expect(try values == [8])
  }
}
