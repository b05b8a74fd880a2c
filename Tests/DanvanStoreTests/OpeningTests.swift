import DanvanModel
import DanvanSQLite
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DanvanStore

@Suite struct OpeningTests {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func open(_ tokenizer: SpaceTokenizer = SpaceTokenizer()) throws -> Store {
    try Store(directory: folder.path + "/state/", tokenizer: tokenizer)
  }

  private var database: URL { folder.url.appendingPathComponent("state/danvan.db") }

  private func code(_ body: () throws -> Void) -> ErrorCode? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DanvanError)?.code
    }
  }

  @Test func theReleaseNamesTheNewestMigration() {
    #expect(Migration.newest == Release.schema)
    #expect(Migration.all.map(\.number) == Array(1...Migration.newest))
  }

  /// Whatever number stands in a database of another program's, nothing is written into it.
  @Test(arguments: [0, -3, 3]) func anotherProgramsDatabaseIsLeftAsItIs(number: Int) throws {
    try FileManager.default.createDirectory(
      at: database.deletingLastPathComponent(), withIntermediateDirectories: true)
    let other = try Database(path: database.path, mode: .readWrite)
    try other.execute(sql: "CREATE TABLE a (b); PRAGMA user_version = \(number)")
    try other.close()
    let before = try Data(contentsOf: database)
    #expect(code { _ = try open() } == .dataLoss)
    #expect(try Data(contentsOf: database) == before)
  }

  @Test func theDirectoryIsMadeForTheOwnerAlone() throws {
    let store = try open()
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/state")[
      .posixPermissions]
    #expect(mode as? Int == 0o700)
    try store.close()
  }

  @Test func aSecondCloseIsRefused() throws {
    let store = try open()
    try store.close()
    #expect(code { try store.close() } == .failedPrecondition)
  }

  @Test func whatWasStoredIsThereAfterReopening() throws {
    let first = try open()
    let id = first.id
    _ = try first.add([
      first.record("dân vận", published: "2020-01-02"), first.record("hai"),
    ])
    try first.close()
    let second = try open()
    #expect(second.id == id)
    #expect(second.terms(ofPlain: Array("dn".utf8)) == [Array("dân".utf8)])
    let page = try second.read { try $0.search(.everything, order: .newest, limit: 9) }
    #expect(page.ids.map(\.value) == [1, 2])
    #expect(try second.add([second.record("dân vận")]).first?.outcome == .duplicate)
    #expect(try second.check() == [])
  }

  /// Whoever is forked off has every descriptor until its exec; what was closed must not be held by that.
  @Test func theLockIsGivenUpWhereverElseItsDescriptorIs() throws {
    let first = try open()
    let lock = folder.path + "/state/lock"
    let copies = (3..<4_096).filter { number in
      let link = try? FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/fd/\(number)")
      return link == lock
    }.map { dup(Int32($0)) }
    #expect(copies.count == 1)
    try first.close()
    try open().close()
    for copy in copies { close(copy) }
  }

  @Test func aSecondProcessIsRefused() throws {
    let first = try open()
    #expect(code { _ = try open() } == .aborted)
    try first.close()
  }

  @Test func commitsGoToTheDisk() throws {
    let store = try open()
    let modes = try store.pool.writeWithoutTransaction { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA synchronous"),
        try String.fetchOne(db, sql: "PRAGMA journal_mode")
      )
    }
    #expect(modes.0 == 2)
    #expect(modes.1 == "wal")
    let reader = try store.pool.read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA query_only"),
        try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint")
      )
    }
    #expect(reader.1 == 0)
  }

  @Test func aNewerSchemaIsRefusedAndLeftAsItIs() throws {
    let store = try open()
    _ = try store.add([store.record("một")])
    try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 999") }
    try store.close()
    let before = try Data(contentsOf: database)
    #expect(code { _ = try open() } == .unimplemented)
    #expect(try Data(contentsOf: database) == before)
  }

  @Test func aFileThatIsNoDatabaseIsRefused() throws {
    let state = folder.url.appendingPathComponent("state")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: false)
    let junk = Data(repeating: 0x41, count: 5_000)
    try junk.write(to: database)
    let error = #expect(throws: DanvanError.self) { try open() }
    #expect(error?.code == .dataLoss)
    #expect(error?.message.hasPrefix("\(database.path) is damaged; `dvctl restore") == true)
    #expect(try Data(contentsOf: database) == junk)
  }

  @Test func aDirectoryInPlaceOfTheFileIsRefused() throws {
    try FileManager.default.createDirectory(at: database, withIntermediateDirectories: true)
    let error = #expect(throws: DanvanError.self) { try open() }
    #expect(error?.code == .failedPrecondition)
    #expect(error?.message == "\(database.path) is not a file")
  }

  @Test func aFileInPlaceOfTheDirectoryIsRefused() throws {
    try Data().write(to: folder.url.appendingPathComponent("state"))
    #expect(code { _ = try open() } == .failedPrecondition)
  }

  @Test func anotherTokenizerRebuildsTheIndex() throws {
    let first = try open()
    let text = "dân vận"
    _ = try first.add([first.record(text, facts: Samples.facts(in: text))])
    try first.close()
    let second = try open(SpaceTokenizer(version: "spaces-2", prefix: Array("x".utf8)))
    func count(_ query: StoreQuery) throws -> Int {
      try second.read { try $0.search(query, order: .newest, limit: 9).total }
    }
    #expect(try count(Samples.word("dân")) == 0)
    #expect(try count(Samples.word("xdân")) == 1)
    #expect(try count(Samples.word("thử", in: .person)) == 0)
    #expect(try count(Samples.word("xvăn xthử", in: .person)) == 1)
    #expect(try second.check() == [])
    #expect(try second.status().tokenizer == "spaces-2")
  }

  @Test func aDamagedTextIsNamedAndTheOthersAreServed() throws {
    let store = try open()
    let texts = ["một hai ba", "bốn năm sáu"]
    _ = try store.add(texts.map { try store.record($0) })
    try store.pool.writeWithoutTransaction { db in
      try db.execute(sql: "UPDATE article SET sha256 = zeroblob(32) WHERE id = 2")
    }
    #expect(try store.read { try $0.article(ArticleID(1), parts: .text) }?.text == texts[0])
    #expect {
      try store.read { try $0.article(ArticleID(2), parts: .text) }
    } throws: { error in
      let error = error as? DanvanError
      return error?.code == .dataLoss && error?.message.contains("article 2") == true
    }
    #expect(try store.check() == ["article 2: its record fails its checksum"])
  }

  @Test func aFullDiskStoresNothingAndHeals() throws {
    let store = try open()
    _ = try store.add([store.record("đầu tiên")])
    let pages = try store.pool.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      return pages
    }
    let long = (0..<40).map { number in (0..<400).map { "chữ\(number * 400 + $0)" } }
    let records = try long.map { try store.record($0.joined(separator: " ")) }
    #expect(code { _ = try store.add(records) } == .resourceExhausted)
    #expect(try store.status().articles == 1)
    try store.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 10_000)")
    }
    #expect(try store.add(records).map(\.outcome) == Array(repeating: .added, count: 40))
    #expect(try store.read { try $0.headSequence() } == 41)
    // The terms of the batch that failed were learnt by the one that did not.
    #expect(
      store.terms(startingWith: [Array("chữ7".utf8)], plainStart: nil, limit: 9_999).total > 9)
    #expect(try store.check() == [])
  }

  @Test func afterAFailedSyncNothingIsAcknowledged() throws {
    let store = try open()
    store.failure.withLock { $0 = DanvanError(.unavailable, "the disk failed") }
    #expect(code { _ = try store.add([store.record("một")]) } == .unavailable)
    #expect(try store.status().writeFailure != nil)
    #expect(
      StoreFailure.isLasting(DatabaseError(resultCode: .ioerrFsync)))
    #expect(StoreFailure.isLasting(DatabaseError(resultCode: .lockProtocol)))
    #expect(!StoreFailure.isLasting(DatabaseError(resultCode: .full)))
    #expect(
      StoreFailure.error(DatabaseError(resultCode: .ioerrFsync)).code == .internalError)
  }
}
