import DanvanModel
import DanvanSQLite
import Foundation
import TestSupport
import Testing

@testable import DanvanStore

@Suite struct CareTests {
  private let folder: TemporaryDirectory
  private let store: Store

  init() throws {
    folder = try TemporaryDirectory()
    store = try Store(directory: folder.path + "/state", tokenizer: SpaceTokenizer())
  }

  private func ids(_ query: StoreQuery) throws -> [Int64] {
    try store.read { try $0.search(query, order: .newest, limit: 100).ids.map(\.value) }
  }

  /// The files of the store once they hold all that was committed.
  private func bytesOnDisk() throws -> Data {
    try ["danvan.db", "danvan.db-wal"].reduce(into: Data()) { data, name in
      data += try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/state/\(name)"))
    }
  }

  private func copy(_ backup: StoreBackup) throws -> String {
    var bytes: [UInt8] = []
    while case let piece = try backup.next(1_000), !piece.isEmpty { bytes += piece }
    #expect(Int64(bytes.count) == backup.byteCount)
    let state = folder.path + "/copy"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: state + "/danvan.db"))
    return state
  }

  @Test func aBackupIsTheStoreAsOfOneMoment() throws {
    let texts = (1...40).map { "bài số \($0) về dân vận" }
    _ = try store.add(try texts.map { try store.record($0, facts: Samples.facts(in: $0)) })
    let backup = try store.backup()
    // What comes after it is not in it.
    _ = try store.add([try store.record("bài đến sau")])
    #expect(backup.articles == 40)
    #expect(backup.cursor.sequence == 40)
    let copy = try Store(directory: copy(backup), tokenizer: SpaceTokenizer())
    #expect(copy.id == store.id)
    for number in 1...40 {
      let article = try copy.read { try $0.article(ArticleID(Int64(number)), parts: .facts) }
      #expect(article?.text == texts[number - 1])
      #expect(article?.facts == Samples.facts(in: texts[number - 1]))
    }
    #expect(try copy.check() == [])
    #expect(try copy.status().headSequence == 40)
  }

  @Test func noCopyIsLeftBehind() throws {
    _ = try store.add([try store.record("một bài")])
    func copies() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state").filter {
        $0.hasPrefix("backup-")
      }
    }
    do {
      let backup = try store.backup()
      #expect(try copies().count == 1)
      _ = try backup.next(10)
    }
    #expect(try copies() == [])
    // One of a process that was killed goes when the store is opened.
    try store.close()
    for name in ["backup-1.db", "backup-2.db-journal", "backup-monday.db.gz", "backup-3.db.gz"] {
      try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/state/" + name))
    }
    _ = try Store(directory: folder.path + "/state", tokenizer: SpaceTokenizer())
    // Nobody else's.
    #expect(try copies().sorted() == ["backup-3.db.gz", "backup-monday.db.gz"])
  }

  @Test func compactTakesWhatWasRemovedOutOfTheFile() throws {
    let secret = "Nguyễn Bímật chỉcóởđây qqzz"
    let kept = "bài còn lại về dân vận"
    _ = try store.add([
      try store.record(secret, title: "tít ẩnsố", facts: Samples.facts(in: secret)),
      try store.record(kept, facts: Samples.facts(in: kept)),
    ])
    _ = try store.remove([ArticleID(1)])
    #expect(try bytesOnDisk().range(of: Data("qqzz".utf8)) != nil)
    let found = try store.compact()
    #expect(found.forgotten > 0)
    for word in ["qqzz", "ẩnsố", "chỉcóởđây"] {
      #expect(try bytesOnDisk().range(of: Data(word.utf8)) == nil, "\(word)")
    }
    #expect(try store.check() == [])
    #expect(store.hasTerm(Array("vận".utf8)))
    #expect(!store.hasTerm(Array("qqzz".utf8)))
    #expect(try ids(Samples.word("dân")) == [2])
  }

  /// An article that was made ready before its words were forgotten brings them anew.
  @Test func forgottenTermsComeBackWithAnArticleMadeReadyBefore() throws {
    _ = try store.add([try store.record("lạ quáchừng")])
    let ready = try store.record("cũng quáchừng thế")
    _ = try store.remove([ArticleID(1)])
    _ = try store.compact()
    #expect(!store.hasTerm(Array("quáchừng".utf8)))
    _ = try store.add([ready])
    #expect(store.hasTerm(Array("quáchừng".utf8)))
    #expect(store.hasTerm(Array("cũng".utf8)))
  }

  @Test func aDamagedIndexIsFoundAndRepaired() throws {
    let text = "dân vận khéo"
    _ = try store.add([try store.record(text, facts: Samples.facts(in: text))])
    let terms = store.termCount
    try store.change { db in
      try db.execute(sql: "INSERT INTO article_index (article_index) VALUES ('delete-all')")
    }
    #expect(try store.check() == ["the full-text index does not agree with the articles"])
    try store.repairIndex()
    #expect(try store.check() == [])
    #expect(store.hasTerm(Array("khéo".utf8)))
    // Each term once, whatever has become of the index.
    #expect(store.termCount == terms)
    #expect(try ids(Samples.word("vận")) == [1])
  }

  @Test func aDamagedOrderOfHeadlinesIsFoundAndRepaired() throws {
    for title in ["a", "b", "c"] {
      _ = try store.add([try store.record("bài \(title)", title: title)])
    }
    try store.change { db in
      try db.execute(sql: "DELETE FROM title_order WHERE article = 2")
      try db.execute(sql: "UPDATE title_order SET article = 9 WHERE article = 3")
    }
    #expect(
      try store.check() == [
        "article 9 is in the order of headlines, but not there",
        "article 2: its headline is not in the order of headlines",
        "article 3: its headline is not in the order of headlines",
      ])
    try store.repairIndex()
    #expect(try store.check() == [])
  }

  @Test func textsThatCannotBeReadAreNamed() throws {
    _ = try store.add([try store.record("bài một"), try store.record("bài hai")])
    try store.change { db in
      try db.execute(sql: "UPDATE article SET body = x'00' WHERE id = 2")
    }
    var faults: [StoreFault] = []
    try store.check { faults.append($0) }
    #expect(faults.map(\.article) == [nil, ArticleID(2)])
  }

  @Test func aDamagedArticleIsNamed() throws {
    _ = try store.add([try store.record("bài một"), try store.record("bài hai")])
    try store.change { db in
      try db.execute(sql: "UPDATE article SET sha256 = zeroblob(32) WHERE id = 2")
    }
    var faults: [StoreFault] = []
    var last = (0, 0)
    try store.check(progress: { last = ($0, $1) }, report: { faults.append($0) })
    #expect(faults.map(\.article) == [ArticleID(2)])
    #expect(last == (2, 2))
  }
}
