import DanvanModel
import DanvanStore
import TestSupport
import Testing

@testable import DanvanService

@Suite struct SavedTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing thrown"
    } catch {
      return (error as? DanvanError)?.message ?? "\(error)"
    }
  }

  @Test func aSavedSearchIsItsQueryInBrackets() throws {
    let test = try TestDesk()
    try test.ingest("dân vận khéo", "dân vận", "khác")
    _ = try test.desk.save("vận OR khác", as: "v")
    #expect(try test.ids("saved:v") == [3, 2, 1])
    #expect(try test.ids("saved:v -khác") == [2, 1])
    #expect(try test.ids("đã_lưu:v khéo") == [1])
    _ = try test.desk.save("saved:v dân", as: "w")
    #expect(try test.ids("-saved:w") == [3])
    let batch = try test.desk.events(from: .start, query: "saved:w", limit: 9)
    #expect(batch.events.map(\.event.article.value) == [1, 2])
    _ = try test.desk.save("khéo", as: "v")
    #expect(try test.ids("saved:w") == [1])
  }

  @Test func whatCannotBeSaved() throws {
    let test = try TestDesk()
    try test.ingest("một")
    _ = try test.desk.save("một", as: "a")
    _ = try test.desk.save("saved:a", as: "b")
    #expect(message { _ = try test.desk.save("saved:b", as: "a") }.contains("hold itself"))
    #expect(message { _ = try test.desk.save("saved:a", as: "a") }.contains("hold itself"))
    #expect(message { _ = try test.desk.save("(", as: "c") }.contains("column"))
    #expect(message { _ = try test.desk.save("x", as: "a b") }.contains("no name"))
    #expect(message { _ = try test.ids("một saved:ab") }.contains("column 11"))
    #expect(message { try test.desk.removeSaved("c") }.contains("no saved search 'c'"))
    // Each could be read when it was saved; together they turn in a circle all the same.
    try test.desk.removeSaved("a")
    #expect(message { _ = try test.ids("saved:b") }.contains("saved search 'b'"))
  }

  @Test func tagsFindTheirArticles() throws {
    let test = try TestDesk()
    try test.ingest("dân vận một", "dân vận hai", "khác")
    let first = try test.desk.tag(matching: "vận", adding: ["đọc", "mới"], removing: [])
    #expect(first.matched == 2 && first.changed == 2)
    let second = try test.desk.tag(matching: "hai", adding: ["đọc"], removing: ["mới"])
    #expect(second.matched == 1 && second.changed == 1)
    #expect(try test.ids("tag:đọc") == [2, 1])
    // A name in another spelling of Unicode is the same name.
    #expect(try test.ids("tag:đo\u{323}c") == [2, 1])
    #expect(try test.ids("tag:mới") == [1])
    #expect(try test.ids("-tag:mới") == [3, 2])
    #expect(try test.ids("tag:không-có") == [])
    #expect(try test.desk.tags().map(\.name) == ["đọc", "mới"])
    let hit = try test.desk.search(SearchRequest(query: "một")).hits.first
    #expect(hit?.tags == ["đọc", "mới"])
    _ = try test.desk.delete([ArticleID(1)])
    #expect(try test.desk.tag(matching: "", adding: [], removing: ["đọc"]).changed == 1)
    #expect(try test.desk.tags().isEmpty)
  }

  @Test func bothSurviveAReopening() throws {
    let test = try TestDesk()
    try test.ingest("một")
    _ = try test.desk.save("một", as: "đầu")
    _ = try test.desk.tag(matching: "", adding: ["x"], removing: [])
    try test.desk.close()
    let desk = try Desk(
      stateDirectory: test.folder.path, ruleSet: "test",
      abbreviations: Abbreviations([], tokenizer: SyllableTokenizer())
    ) { _ in Facts() }
    #expect(try desk.search(SearchRequest(query: "saved:đầu tag:x")).total == 1)
    #expect(desk.savedSearches().map(\.query) == ["một"])
  }

  @Test func savedSearchesSortAsDictionariesDo() throws {
    let test = try TestDesk()
    for name in ["đá", "dân", "an", "ân", "ăn", "xa"] { _ = try test.desk.save("x", as: name) }
    #expect(test.desk.savedSearches().map(\.name) == ["an", "ăn", "ân", "dân", "đá", "xa"])
  }
}
