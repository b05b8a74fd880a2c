import DanvanSQLite
import Foundation
import TestSupport
import Testing

@Suite struct StatementTests {
  let folder: TemporaryDirectory
  let db: Database

  init() throws {
    folder = try TemporaryDirectory()
    db = try Database(path: folder.path + "/one.db", mode: .readWrite)
    try db.execute(
      sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b); CREATE TABLE u (a UNIQUE); -- two")
  }

  @Test func everyKindOfValueComesBack() throws {
    let blob: [UInt8] = [0, 1, 0, 255]
    try db.execute(
      sql: "INSERT INTO t (a, b) VALUES (?, ?), (?, ?), (?, ?), (?, ?)",
      arguments: [Int64.min, "chữ", Int.max, blob, 2.5, nil, true, ""])
    let select = try SQLStatement(db, "SELECT a, b FROM t ORDER BY id")
    #expect(try select.step())
    #expect(select.integer(0) == .min && select.text(1) == "chữ")
    #expect(try select.step())
    #expect(select.integer(0) == .max && select.blob(1) == blob)
    #expect(select.withBlob(1) { Array($0) } == blob)
    #expect(try select.step())
    #expect(select.double(0) == 2.5 && select.isNull(1) && select.text(1) == nil)
    #expect(try select.step())
    #expect(select.integer(0) == 1 && select.text(1)?.isEmpty == true && !select.isNull(1))
    #expect(try !select.step())
  }

  @Test func nulBytesAreLikeOthers() throws {
    let text = "trước\u{0}sau"
    try db.execute(sql: "INSERT INTO t (a) VALUES (?)", arguments: [text])
    #expect(try String.fetchOne(db, sql: "SELECT a FROM t") == text)
    let bytes = Int64(text.utf8.count)
    #expect(try Int64.fetchOne(db, sql: "SELECT length(CAST(a AS BLOB)) FROM t") == bytes)
  }

  @Test func emptyIsNotNull() throws {
    let insert = try SQLStatement(db, "INSERT INTO t (a, b) VALUES (?1, ?2)")
    insert.bind(1, text: [])
    insert.bind(2, blob: [])
    try insert.run()
    let types = try db.rows("SELECT typeof(a), typeof(b) FROM t") { [$0.text(0), $0.text(1)] }
    #expect(types == [["text", "blob"]])
    #expect(try [UInt8].fetchOne(db, sql: "SELECT b FROM t") == [])
  }

  @Test func bytesThatAreNoUTF8AreNoText() throws {
    let insert = try SQLStatement(db, "INSERT INTO t (a) VALUES (?1)")
    insert.bind(1, text: [0x61, 0xFF])
    try insert.run()
    #expect(code { _ = try String.fetchOne(db, sql: "SELECT a FROM t") } == .mismatch)
    #expect(try db.rows("SELECT a FROM t") { $0.text(0) } == [nil])
  }

  /// A blob of 40 MB is nothing to SQLite; one above its limit of a thousand million bytes is refused, and
  /// not taken for NULL.
  @Test func hugeValues() throws {
    let blob = [UInt8](repeating: 7, count: 40_000_000)
    try db.execute(sql: "INSERT INTO t (a) VALUES (?)", arguments: [blob])
    #expect(try [UInt8].fetchOne(db, sql: "SELECT a FROM t") == blob)
    let tooBig = "INSERT INTO t (a) VALUES (?1)"
    let insert = try SQLStatement(db, tooBig)
    insert.bind(1, blob: [UInt8](repeating: 7, count: 1_000_000_001))
    #expect(code { try insert.run() } == .toobig)
    #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM t") == 1)
    // The same statement with a value that fits.
    try db.execute(sql: tooBig, arguments: [1])
    let again = try SQLStatement(db, tooBig)
    again.bind(1, 2)
    try again.run()
    #expect(try Int.fetchAll(db, sql: "SELECT a FROM t WHERE id > 1") == [1, 2])
  }

  @Test func aStatementIsCleanAfterAnError() throws {
    let insert = try SQLStatement(db, "INSERT INTO u (a) VALUES (?1)")
    insert.bind(1, "một")
    try insert.run()
    insert.bind(1, "một")
    do {
      try insert.run()
      Issue.record("the same value was taken twice")
    } catch let error as DatabaseError {
      #expect(error.resultCode == .constraint)
      #expect(error.extendedResultCode.rawValue == 2067)
      #expect(error.message == "UNIQUE constraint failed: u.a")
      #expect(error.sql == "INSERT INTO u (a) VALUES (?1)")
      #expect(error.description.contains("2067") && error.description.contains("INSERT INTO u"))
    }
    // Nothing is bound any more.
    try insert.run()
    #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM u WHERE a IS NULL") == 1)
  }

  @Test func aStatementLeftHalfWayIsTakenUpFromItsBeginning() throws {
    try db.execute(sql: "INSERT INTO t (a) VALUES (1), (2)")
    let first = try SQLStatement(db, "SELECT a FROM t ORDER BY a")
    #expect(try first.step())
    let second = try SQLStatement(db, "SELECT a FROM t ORDER BY a")
    #expect(try second.step())
    #expect(second.integer(0) == 1)
  }

  @Test func argumentsAreCounted() throws {
    for arguments: [(any SQLValue)?] in [[], [1, 2]] {
      #expect(
        code { try db.execute(sql: "INSERT INTO t (a) VALUES (?)", arguments: arguments) }
          == .range)
    }
    #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM t") == 0)
    let insert = try SQLStatement(db, "INSERT INTO t (a) VALUES (?1)")
    insert.bind(2, 1)
    #expect(code { try insert.run() } == .range)
  }

  @Test func whatIsWrongIsSaid() throws {
    #expect(code { _ = try SQLStatement(db, "SELEC 1") } == .error)
    #expect(code { _ = try SQLStatement(db, "-- nothing") } == .misuse)
    #expect(code { try db.execute(sql: "SELECT \"no such column\" FROM t") } == .error)
    #expect(code { _ = try Int32.fetchOne(db, sql: "SELECT 5000000000") } == .mismatch)
    #expect(code { _ = try Int.fetchOne(db, sql: "SELECT 'năm'") } == .mismatch)
    #expect(code { _ = try Int.fetchAll(db, sql: "SELECT NULL") } == .mismatch)
    #expect(try Int.fetchOne(db, sql: "SELECT NULL") == nil)
    #expect(try Int.fetchOne(db, sql: "SELECT 1 WHERE 0") == nil)
    let path = folder.path + "/no/such.db"
    #expect(code { _ = try Database(path: path, mode: .readWrite) } == .cantopen)
  }

  @Test func aConnectionIsClosedWhenNobodyHoldsItsStatements() throws {
    var select: SQLStatement? = try SQLStatement(db, "SELECT 1")
    #expect(try select?.step() == true)
    #expect(code { try db.close() } == .busy)
    select = nil
    try db.close()
    try db.close()
    #expect(code { try db.execute(sql: "SELECT 1") } == .misuse)
    #expect(code { _ = try Int.fetchOne(db, sql: "SELECT 1") } == .misuse)
  }

  /// More statements than the cache holds, one of them in use all the while.
  @Test func theCacheIsBounded() throws {
    try db.execute(sql: "INSERT INTO t (a) VALUES (1), (2), (3)")
    let held = try SQLStatement(db, "SELECT a FROM t ORDER BY a")
    #expect(try held.step())
    for number in 0..<2_000 {
      #expect(try Int.fetchOne(db, sql: "SELECT \(number)") == number)
    }
    #expect(try held.step())
    #expect(held.integer(0) == 2)
  }

  @Test func aFunctionReadsItsArgumentsAndMayFail() throws {
    struct Refused: Error {}
    try db.addFunction("spell", argumentCount: 2) { arguments in
      guard let count = arguments.integer(1) else { throw Refused() }
      guard let blob = arguments.blob(0) else { return nil }
      return "\(blob)\u{0}\(count)"
    }
    #expect(try String.fetchOne(db, sql: "SELECT spell(x'0102', 3)") == "[1, 2]\u{0}3")
    #expect(try String.fetchOne(db, sql: "SELECT spell('text', 3)") == nil)
    #expect(code { try db.execute(sql: "SELECT spell(x'01', 'three')") } == .error)
  }
}
