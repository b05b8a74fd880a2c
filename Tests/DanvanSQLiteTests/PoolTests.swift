import DanvanSQLite
import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct PoolTests {
  let folder: TemporaryDirectory
  let pool: DatabasePool

  init() throws {
    folder = try TemporaryDirectory()
    pool = try DatabasePool(path: folder.path + "/one.db", readers: 2) { db in
      try db.execute(sql: "PRAGMA cache_size = -100")
    }
    try pool.writeWithoutTransaction { try $0.execute(sql: "CREATE TABLE t (a)") }
  }

  private func add(_ value: Int) throws {
    try pool.writeWithoutTransaction {
      try $0.execute(sql: "INSERT INTO t VALUES (?)", arguments: [value])
    }
  }
  private static func count(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM t") ?? -1
  }

  @Test func aReaderSeesOneMomentBesideAWriter() throws {
    try add(1)
    try pool.read { db in
      #expect(try Self.count(db) == 1)
      try add(2)
      #expect(try Self.count(db) == 1)
      // Another reader, who comes later, sees it.
      #expect(try pool.read(Self.count) == 2)
    }
    #expect(try pool.read(Self.count) == 2)
    try pool.readWithoutTransaction { db in
      #expect(try Self.count(db) == 2)
      try add(3)
      #expect(try Self.count(db) == 3)
    }
  }

  @Test func aReaderCannotWrite() throws {
    #expect(
      code { try pool.read { try $0.execute(sql: "INSERT INTO t VALUES (1)") } }
        == .readonly)
    #expect(try pool.read { $0.isReadOnly })
    #expect(try pool.writeWithoutTransaction { !$0.isReadOnly })
  }

  @Test func aSnapshotStaysUntilItIsLetGo() throws {
    try add(1)
    var snapshot: DatabaseSnapshot? = try pool.makeSnapshot()
    try add(2)
    #expect(try snapshot?.read(Self.count) == 1)
    // Its pages are still needed.
    #expect(code { try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } } == .busy)
    #expect(try snapshot?.read(Self.count) == 1)
    snapshot = nil
    try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    #expect(try pool.read(Self.count) == 2)
  }

  /// A statement that nobody read to its end would hold its snapshot, and the log with it.
  @Test func whatWasLeftHalfWayHoldsNothing() throws {
    try add(1)
    try add(2)
    try pool.read { db in _ = try SQLStatement(db, "SELECT a FROM t").step() }
    try add(3)
    try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    #expect(try pool.read(Self.count) == 3)
  }

  @Test func aReadThatThrowsLeavesItsConnectionUsable() throws {
    struct Refused: Error {}
    for _ in 0..<5 {
      #expect(throws: Refused.self) {
        try pool.read { db in
          _ = try Self.count(db)
          throw Refused()
        }
      }
    }
    #expect(try pool.read(Self.count) == 0)
  }

  @Test func aDeadlineInterrupts() throws {
    let endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    func run(until deadline: ContinuousClock.Instant?, _ sql: String) -> ResultCode? {
      code {
        try pool.read { db in
          try db.interrupting(at: deadline) { _ = try Int.fetchOne(db, sql: sql) }
        }
      }
    }
    #expect(run(until: .now + .milliseconds(50), endless) == .interrupt)
    #expect(run(until: .now - .seconds(1), "SELECT 1") == .interrupt)
    // The connection is as before.
    #expect(run(until: .now + .seconds(600), "SELECT 1") == nil)
    #expect(run(until: nil, "SELECT 1") == nil)
  }

  /// One lock at a time is waited for by nobody: the store says itself how long it is patient.
  @Test func aLockedDatabaseIsBusyAtOnce() throws {
    let other = try Database(path: folder.path + "/one.db", mode: .readWrite)
    try other.inTransaction(.immediate) {
      #expect(code { try add(1) } == .busy)
    }
    try add(1)
  }

  @Test func manyReadersBesideAWriterSeeWholeTransactions() throws {
    let faults = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 6) { worker in
      for _ in 0..<100 {
        do {
          if worker == 0 {
            try pool.writeWithoutTransaction { db in
              try db.inTransaction(.immediate) {
                try db.execute(sql: "INSERT INTO t VALUES (1)")
                try db.execute(sql: "INSERT INTO t VALUES (2)")
              }
            }
          } else {
            let count = try pool.read(Self.count)
            if count % 2 != 0 { faults.withLock { $0.append("\(count) rows") } }
          }
        } catch {
          faults.withLock { $0.append("\(error)") }
        }
      }
    }
    #expect(faults.withLock { $0 } == [])
    #expect(try pool.read(Self.count) == 200)
  }

  @Test func whenItIsClosedTheLogIsGone() throws {
    try add(1)
    #expect(try pool.read(Self.count) == 1)
    try pool.close()
    try pool.close()
    #expect(code { _ = try pool.read(Self.count) } == .misuse)
    #expect(code { try add(2) } == .misuse)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["one.db"])
    let again = try DatabasePool(path: folder.path + "/one.db", readers: 1) { _ in }
    #expect(try again.read(Self.count) == 1)
  }

  @Test func aFileThatIsNoDatabaseIsRefused() throws {
    let path = folder.path + "/junk.db"
    try Data(repeating: 0x41, count: 5_000).write(to: URL(fileURLWithPath: path))
    #expect(code { _ = try DatabasePool(path: path, readers: 1) { _ in } } == .notadb)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(repeating: 0x41, count: 5_000))
  }
}
