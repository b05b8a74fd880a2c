import DanvanModel
import DanvanStore
import TestSupport
import Testing

@testable import DanvanService

/// `lang:` wherever queries are used.
@Suite struct LanguageSearchTests {
  /// The first word of a text is its language.
  private static func facts(_ article: Article) -> Facts {
    var facts = Facts()
    facts.ruleSet = "test"
    facts.language = article.text.split(separator: " ").first.flatMap {
      Language(rawValue: String($0))
    }
    return facts
  }

  @Test func isSearchedLikeAnyField() throws {
    let test = try TestDesk(extract: Self.facts)
    try test.ingest("vi một hai", "en một", "und ba", "không một", "vi ba")
    #expect(try test.ids("lang:vi") == [5, 1])
    #expect(try test.ids("một lang:vi") == [1])
    #expect(try test.ids("lang:en OR lang:khác") == [3, 2])
    // One that no rule set has looked at is in no language.
    #expect(try test.ids("-lang:vi") == [4, 3, 2])
    #expect(try test.ids("-lang:vi -lang:en -lang:und") == [4])
    let hit = try test.desk.search(SearchRequest(query: "lang:en")).hits.first
    #expect(hit?.article.language == .english)
    #expect(try test.desk.article(ArticleID(4), parts: .facts).header.language == nil)

    _ = try test.desk.save("lang:vi", as: "việt")
    #expect(try test.ids("saved:việt ba") == [5])
    let watched = try test.desk.events(from: .start, query: "lang:vi một", limit: 9)
    #expect(watched.events.map(\.event.article.value) == [1])
    #expect(try test.desk.tag(matching: "lang:und", adding: ["x"], removing: []).matched == 1)

    var request = SearchRequest(query: "một OR ba")
    request.facets = [.language]
    let facet = try test.desk.search(request).facets.first
    #expect(facet?.values.map(\.value) == ["vi", "en", "und"])
    #expect(facet?.values.map(\.articles) == [2, 1, 1])
  }

  @Test func followsTheText() throws {
    let test = try TestDesk(extract: Self.facts)
    func page(_ text: String) throws {
      let page = Submission(
        content: Array(text.utf8), mediaType: .plainText, url: "https://tin.example/1")
      _ = try test.desk.ingest([page]).map { try $0.get() }
    }
    try page("en một")
    #expect(try test.ids("lang:en") == [1])
    try page("vi một")
    #expect(try test.ids("lang:en") == [])
    #expect(try test.ids("lang:vi") == [1])
    _ = try test.desk.delete([ArticleID(1)])
    #expect(try test.ids("lang:vi") == [])
  }

  @Test func isThereAfterARestart() throws {
    let test = try TestDesk(extract: Self.facts)
    try test.ingest("vi một", "en một", "không")
    try test.desk.close()
    let again = try Desk(
      stateDirectory: test.folder.path, ruleSet: "test",
      abbreviations: Abbreviations([], tokenizer: SyllableTokenizer()), extract: Self.facts)
    let found = try again.search(SearchRequest(query: "lang:vi OR lang:en")).hits
    #expect(found.map(\.article.id.value) == [2, 1])
    try again.close()
  }
}
