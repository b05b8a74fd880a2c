import DanvanModel
import DanvanSQLite
import TestSupport
import Testing

@testable import DanvanStore

/// The register says the same as the facts, whichever way it came about.
@Suite struct RegisterTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func open() throws -> Store {
    try Store(directory: folder.path + "/state", tokenizer: SpaceTokenizer())
  }

  /// Every row in words, for names and posts keep numbers of their own.
  private func content(_ store: Store) throws -> [String] {
    try store.read { snapshot in
      try String.fetchAll(
        snapshot.db,
        sql: """
          SELECT 'part ' || ifnull(canonical, '-') || ' ' || role || ' ' || day || ' ' || article
            || ' ' || number || ' ' || detail FROM part LEFT JOIN name ON name.id = part.name
          UNION ALL
          SELECT 'position ' || name.canonical || ' ' || post.canonical || ' ' || day || ' '
            || article || ' ' || number || ' ' || firm
          FROM position JOIN name ON name.id = person JOIN post ON post.id = position.post
          ORDER BY 1
          """)
    }
  }

  private func facts(_ text: String, person: String) -> Facts {
    var facts = Samples.facts(in: text)
    facts.positions = [
      Position(
        TextRange(0, 3), person: person, role: "Trưởng ban", body: "Ban Thử",
        evidence: Evidence(rule: "test.rule", confidence: 0.5))
    ]
    return facts
  }

  @Test func aStoreOfBeforeGetsItWhenOpened() throws {
    let store = try open()
    _ = try store.add([
      store.record("abc def", facts: facts("abc def", person: "Lê Văn Thử")),
      store.record(
        "ghi jkl", published: "2021-05-06", facts: facts("ghi jkl", person: "LÊ VĂN THỬ")),
    ])
    let written = try content(store)
    #expect(written.count > 20)
    try store.change {
      try $0.execute(sql: "DELETE FROM part; DELETE FROM meta WHERE key = 'register'")
    }
    try store.close()
    let again = try open()
    #expect(try content(again) == written)
    try again.close()
  }

  @Test func nothingIsLeftOfARemovedArticle() throws {
    let store = try open()
    let receipts = try store.add([
      store.record("abc def", facts: facts("abc def", person: "Lê Văn Thử"))
    ])
    _ = try store.remove(receipts.map(\.id))
    #expect(try content(store) == [])
    try store.close()
  }

  @Test func theSpellingShownDoesNotHangOnTheOrder() {
    #expect(RegisterWriter.isBetter("Lê Văn Thử", than: "LÊ VĂN THỬ"))
    #expect(!RegisterWriter.isBetter("LÊ VĂN THỬ", than: "Lê Văn Thử"))
    #expect(!RegisterWriter.isBetter("Lê Văn Thử", than: "Lê Văn Thử"))
    #expect(
      RegisterWriter.isBetter("Hoà Bình", than: "Hòa Bình")
        != RegisterWriter.isBetter("Hòa Bình", than: "Hoà Bình"))
  }
}
