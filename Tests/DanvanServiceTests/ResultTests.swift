import DanvanModel
import DanvanStore
import Testing

@testable import DanvanService

/// What a search gives besides the articles: facets, facts, suggestions, an explanation.
@Suite struct ResultTests {
  private static let evidence = Evidence(rule: "r", confidence: 1)

  /// Each person is named `ông <word>` for a word with a capital; `giao` makes a directive.
  private func desk() throws -> TestDesk {
    try TestDesk { article in
      var facts = Facts()
      for word in article.text.split(separator: " ") where word.first?.isUppercase == true {
        facts.mentions.append(
          Mention(
            .person, TextRange(0, 1), text: "ông \(word)", name: "Lê \(word)",
            evidence: Self.evidence))
      }
      let sentences = article.text.split(separator: ".")
      for sentence in sentences where sentence.contains("giao") {
        facts.directives.append(
          Directive(
            TextRange(0, 4), action: String(sentence), issuer: "Lê Thử", verb: "giao",
            evidence: Self.evidence))
      }
      return facts
    }
  }

  private func counts(
    _ test: TestDesk, _ query: String, _ facet: SearchFacet, limit: Int = 10
  ) throws -> [String] {
    var request = SearchRequest(query: query, limit: 1)
    request.facets = [facet]
    request.facetLimit = limit
    let facets = try test.desk.search(request).facets
    return facets[0].values.map { "\($0.value) \($0.articles)" } + ["of \(facets[0].distinct)"]
  }

  @Test func facetsCountAllThatMatches() throws {
    let test = try desk()
    for number in 1...130 {
      try test.ingest(
        "bài \(number) Thử\(number % 2 == 0 ? " Mẫu" : "") Thử",
        published: "202\(number % 3)-0\(number % 2 + 1)-01")
    }
    #expect(try counts(test, "bài", .person) == ["Lê Thử 130", "Lê Mẫu 65", "of 2"])
    #expect(try counts(test, "bài", .person, limit: 1) == ["Lê Thử 130", "of 2"])
    #expect(
      try counts(test, "\"bài 2\" OR \"bài 3\"", .person) == ["Lê Thử 2", "Lê Mẫu 1", "of 2"])
    #expect(try counts(test, "", .year) == ["2020 43", "2021 44", "2022 43", "of 3"])
    #expect(try counts(test, "", .month, limit: 2) == ["2022-01 22", "2022-02 21", "of 6"])
    #expect(try counts(test, "không", .person) == ["of 0"])
    _ = try test.desk.delete([ArticleID(2), ArticleID(128)])
    #expect(try counts(test, "", .person) == ["Lê Thử 128", "Lê Mẫu 63", "of 2"])
    _ = try test.desk.tag(matching: "Mẫu", adding: ["m"], removing: [])
    #expect(try counts(test, "", .tag) == ["m 63", "of 1"])
  }

  @Test func topicsAreAFieldAndAFacet() throws {
    let test = try TestDesk { article in
      var facts = Facts()
      for name in ["môi trường", "cải cách hành chính"] where article.text.contains(name.prefix(3))
      {
        facts.topics.append(
          Topic(TextRange(0, 1), name: name, count: 1, evidence: Self.evidence))
      }
      return facts
    }
    try test.ingest("môi", "cải và môi", "khác, cải cách hành chính không phải là việc ở đây")
    #expect(try counts(test, "", .topic) == ["cải cách hành chính 2", "môi trường 2", "of 2"])
    #expect(try Set(test.ids("topic:\"môi trường\"")) == [1, 2])
    #expect(try test.ids("chu_de:\"cai cach hanh chinh\" -topic:moi") == [3])
    _ = try test.desk.delete([ArticleID(1)])
    #expect(try test.ids("topic:\"môi trường\"") == [2])
  }

  @Test func oneNameInTwoSpellingsIsOneValue() throws {
    let test = try desk()
    try test.ingest("ở Hoà đây", "ở Hòa kia")
    #expect(try counts(test, "", .person) == ["Lê Hòa 2", "of 1"])
  }

  @Test func onlyCountsAreGivenWhereOnlyCountsAreWanted() throws {
    let test = try desk()
    try test.ingest("một", "hai")
    var request = SearchRequest(query: "")
    request.countsOnly = true
    let page = try test.desk.search(request)
    #expect(page.hits.isEmpty && page.total == 2 && page.next.isEmpty)
  }

  @Test func aKindShowsItsFacts() throws {
    let test = try desk()
    try test.ingest("giao việc một. giao việc hai. không Thử gì")
    func actions(_ query: String) throws -> [String]? {
      try test.desk.search(SearchRequest(query: query)).hits.first?.facts?.directives.map(\.action)
    }
    #expect(try actions("việc") == nil)
    #expect(try actions("kind:directive") == ["giao việc một", " giao việc hai"])
    #expect(try actions("kind:directive hai") == [" giao việc hai"])
    #expect(try actions("loại:chỉ_đạo gì") == ["giao việc một", " giao việc hai"])
    let facts = try test.desk.search(SearchRequest(query: "kind:directive")).hits.first?.facts
    #expect(facts?.mentions.isEmpty == true)
    #expect(facts?.directives.first?.range == TextRange(0, 4))
  }

  @Test(arguments: [
    ("daan vaanj", "dân vận"), ("da6n va65n", "dân vận"), ("dân vấn", "dân vận"),
    ("\"dân vấn\"", "\"dân vận\""), ("ddoongf", "đồng"), ("d9o62ng", "đồng"), ("khee", "khe"),
    ("dânn", "dân"), ("ddoongf daan", "đồng dân"),
  ])
  func whatMayHaveBeenMeantIsOffered(query: String, meant: String) throws {
    let test = try TestDesk()
    try test.ingest("công tác dân vận đồng bào khe")
    let page = try test.desk.search(SearchRequest(query: query))
    #expect(page.total == 0 && page.hits.isEmpty)
    #expect(page.suggestions.contains(meant), "\(page.suggestions)")
  }

  @Test(arguments: ["dân", "không -dân", "xyzw"])
  func nothingIsOfferedWithoutReason(query: String) throws {
    let test = try TestDesk()
    try test.ingest("công tác dân vận")
    #expect(try test.desk.search(SearchRequest(query: query)).suggestions == [])
  }

  @Test func explainsWhatEachTermWasReadAs() throws {
    let test = try TestDesk()
    try test.ingest("công tác dân vận", "dẫn đường")
    var request = SearchRequest(query: "dan person:\"Lê Hoà\"", explains: true)
    let explanation = try #require(try test.desk.search(request).explanation)
    #expect(explanation.terms.map(\.column) == [1, 12])
    #expect(Set(explanation.terms[0].places[0].forms) == ["dan", "dân", "dẫn"])
    #expect(explanation.terms[1].field == .person)
    #expect(explanation.terms[1].places.map(\.syllable) == ["lê", "hòa"])
    #expect(explanation.steps.count == 2)
    request.explains = false
    #expect(try test.desk.search(request).explanation == nil)
  }

  @Test func nearnessIsCountedInSyllables() throws {
    let test = try TestDesk()
    try test.ingest("dân một hai ba vận", "dân một hai ba bốn năm vận", "vận dân")
    #expect(try test.ids("dân NEAR/3 vận") == [3, 1])
    #expect(try test.ids("dan NEAR van") == [3, 2, 1])
    #expect(try test.ids("\"một hai\" NEAR/1 vận") == [1])
    #expect(try test.ids("-(dân NEAR/3 vận)") == [2])
  }
}
