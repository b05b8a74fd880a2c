import DanvanModel
import DanvanStore
import Testing

@testable import DanvanService

@Suite struct SearchTests {
  private func marked(_ hit: SearchHit?) -> [String] {
    guard let hit else { return [] }
    let bytes = Array(hit.snippet.utf8)
    return hit.highlights.compactMap { String(validating: bytes[$0], as: UTF8.self) }
  }

  private func hit(_ query: String, in text: String) throws -> SearchHit? {
    let test = try TestDesk()
    try test.ingest(text)
    return try test.desk.search(SearchRequest(query: query)).hits.first
  }

  @Test func highlightsAreTheStoredBytes() throws {
    let text = "Tít bài\nCông tác da\u{302}n va\u{323}\u{302}n khéo và dân  vận giỏi."
    let found = marked(try hit("\"dan van\"", in: text))
    #expect(
      found.map { Array($0.utf8) } == [
        Array("da\u{302}n va\u{323}\u{302}n".utf8), Array("dân  vận".utf8),
      ])
    #expect(marked(try hit("hoi dong nhan dan", in: "Kỳ họp HĐND tỉnh")) == ["HĐND"])
    #expect(marked(try hit("tphcm", in: "Tại TP. HCM hôm qua")) == ["TP. HCM"])
  }

  @Test func aLongTextIsCutAroundTheBestPlace() throws {
    let filler = String(repeating: "chuyện khác không liên quan ", count: 60)
    let text = "Tít\n" + filler + "có dân ở đây " + filler + "có dân vận khéo ở đây\n" + filler
    let found = try #require(try hit("dân khéo", in: text))
    #expect(found.snippet.utf8.count < 400)
    #expect(found.snippet.hasPrefix("… ") && found.snippet.hasSuffix(" …"))
    #expect(!found.snippet.contains("\n"))
    #expect(marked(found) == ["dân", "khéo"])
  }

  /// One kind is not found by a word of another's name.
  @Test func aWorkingSessionIsNoSession() throws {
    let test = try TestDesk { article in
      var facts = Facts()
      facts.ruleSet = "test"
      let kind: Event.Kind = article.text.hasPrefix("Kỳ") ? .session : .workingSession
      facts.events = [
        Event(
          kind, TextRange(0, 3), name: "x", status: .held, when: nil, place: nil, chairs: [],
          attendees: [], evidence: Evidence(rule: "r", confidence: 1))
      ]
      return facts
    }
    try test.ingest("Kỳ họp thứ ba", "Làm việc với sở")
    #expect(try test.ids("kind:session") == [1])
    #expect(try test.ids("kind:working_session") == [2])
    #expect(try test.ids("loại:làm_việc") == [2])
    #expect(try test.ids("kind:event").sorted() == [1, 2])
    let page = try test.desk.search(SearchRequest(query: "kind:working_session"))
    #expect(page.hits.map { $0.facts?.events.map(\.kind) } == [[.workingSession]])
  }

  @Test(arguments: ["person:x", "", "kind:event"])
  func withoutAHitInTheTextItsBeginningIsShown(query: String) throws {
    let test = try TestDesk { _ in
      var facts = Facts()
      let evidence = Evidence(rule: "r", confidence: 1)
      facts.mentions = [
        Mention(.person, TextRange(0, 1), text: "x", name: "x y", evidence: evidence)
      ]
      facts.events = [
        Event(.meeting, TextRange(0, 1), name: "b", status: .held, evidence: evidence)
      ]
      return facts
    }
    try test.ingest("Một tít bài\nvà câu đầu tiên của bài")
    let found = try #require(try test.desk.search(SearchRequest(query: query)).hits.first)
    #expect(found.highlights == [])
    #expect(found.snippet.contains("câu đầu tiên"))
  }

  @Test func snippetsNeverBreakAScalar() throws {
    // No space for the cut to fall on, in scalars of two, three and four bytes.
    for piece in ["đ", "ậ", "\u{20000}", "e\u{302}\u{323}"] {
      let text =
        "a " + String(repeating: piece, count: 700) + " dân " + String(repeating: piece, count: 700)
      let found = try #require(try hit("dân", in: text))
      #expect(marked(found) == ["dân"])
      #expect(!found.snippet.isEmpty)
    }
  }

  @Test func pagesAndTotals() throws {
    let test = try TestDesk()
    for day in 1...9 { try test.ingest("dân vận \(day)", published: "2021-03-0\(day)") }
    var request = SearchRequest(query: "dan van", limit: 4)
    var days: [String] = []
    repeat {
      let page = try test.desk.search(request)
      #expect(page.total == 9)
      days += page.hits.compactMap { $0.article.published?.description }
      request.after = page.next
    } while !request.after.isEmpty
    #expect(days == (1...9).reversed().map { "2021-03-0\($0)" })
    let other = SearchRequest(
      query: "vận",
      after: try test.desk.search(
        SearchRequest(query: "dan", limit: 1)
      ).next)
    for wrong in [
      other, SearchRequest(query: "dan", after: "s1.x"), SearchRequest(query: "", limit: 1_001),
    ] {
      #expect {
        try test.desk.search(wrong)
      } throws: { ($0 as? DanvanError)?.code == .invalidArgument }
    }
  }

  @Test func periodsAreHalfOpen() throws {
    let test = try TestDesk()
    for day in ["2020-12-31", "2021-01-01", "2021-03-31", "2021-04-01"] {
      try test.ingest("bài ngày \(day)", published: day)
    }
    try test.ingest("bài không ngày")
    #expect(try test.ids("during:2021-Q1") == [3, 2])
    #expect(try test.ids("trong:quý-I-2021") == [3, 2])
    #expect(try test.ids("after:2021-01-01 before:2021-04-01") == [3, 2])
    #expect(try test.ids("on:2020-12-31") == [1])
    #expect(try test.ids("before:2021") == [1])
    #expect(try test.ids("bài -after:1900") == [5])
    #expect(try test.ids("bài after:2021-04") == [4])
  }

  @Test func namesByFieldWithAndWithoutMarks() throws {
    let test = try TestDesk { article in
      var facts = Facts()
      let evidence = Evidence(rule: "r", confidence: 1)
      guard article.text.contains("Thử") else { return facts }
      facts.source = "Tuổi trẻ Thủ đô"
      facts.mentions = [
        Mention(
          .title, TextRange(0, 1), text: "Bí thư Thành ủy", holder: "Lê Văn Thử", evidence: evidence
        ),
        Mention(.person, TextRange(0, 1), text: "ông Thử", name: "Lê Văn Thử", evidence: evidence),
        Mention(.organization, TextRange(0, 1), text: "UBND huyện Mẫu", evidence: evidence),
        Mention(.location, TextRange(0, 1), text: "Đà Mẫu", evidence: evidence),
      ]
      facts.directives = [
        Directive(
          TextRange(0, 1), action: "làm", issuer: "Lê Văn Thử", verb: nil, evidence: evidence)
      ]
      return facts
    }
    try test.ingest("Ông Thử nói", "Lê Văn Thư ở Đà Mẫu")
    for query in [
      "person:\"Lê Văn Thử\"", "person:\"le van thu\"", "người:thử", "title:\"bí thư\"",
      "chuc_vu:\"thanh uy\"", "org:\"UBND huyện\"", "org:\"Ủy ban nhân dân huyện Mẫu\"",
      "place:\"da mau\"", "nguồn:\"tuoi tre\"", "kind:directive", "loại:chỉ_đạo",
      "person:thử -kind:event", "nói AND place:(đà OR huế)",
    ] {
      #expect(try test.ids(query) == [1], "\(query)")
    }
    for query in ["person:\"Lê Văn Thư\"", "kind:event", "place:huế", "org:tỉnh"] {
      #expect(try test.ids(query) == [], "\(query)")
    }
  }

  @Test func whatWasDoneBesidesIsSaid() throws {
    let test = try TestDesk()
    try test.ingest("Da Nang", "kỳ họp HĐND")
    func notes(_ query: String) throws -> [String] {
      try test.desk.search(SearchRequest(query: query)).notes
    }
    #expect(try notes("da nang") == [])
    #expect(
      try notes("đà nẵng") == ["nothing has these marks; articles written without marks were found"]
    )
    #expect(try notes("hội đồng nhân dân") == ["Hội đồng nhân dân was also searched as HĐND"])
    #expect {
      try test.ids("...")
    } throws: { ($0 as? DanvanError)?.code == .invalidArgument }
  }

  @Test func aPrefixOfTooManyWordsIsCutAndSaysSo() throws {
    let test = try TestDesk()
    try test.ingest((0..<600).map { "ab\($0)x" }.joined(separator: " "), "ab599x")
    let page = try test.desk.search(SearchRequest(query: "ab*"))
    #expect(page.hits.map(\.article.id.value) == [1])
    #expect(page.notes == ["'ab*' begins 600 words; the first 500 were searched"])
    let many = (1...30).map { "ab\($0)*" }.joined(separator: " OR ")
    #expect(try test.ids(many) == [1])
  }

  /// One that stands for very many words leaves some to the others.
  @Test func everyPrefixOfAQueryIsSearched() throws {
    let test = try TestDesk()
    try test.ingest((0..<600).map { "ab\($0)x" }.joined(separator: " "), "cd1x", "cd1x ef1x")
    _ = try test.desk.save("ef*", as: "e")
    #expect(try test.ids("ab* OR cd*") == [3, 2, 1])
    #expect(try test.ids("ab* OR saved:e") == [3, 1])
    #expect(try test.ids("cd* (ab* OR ef*)") == [3])
    let notes = try test.desk.search(SearchRequest(query: "ab* OR cd*")).notes
    #expect(notes == ["'ab*' begins 600 words; the first 250 were searched"])
  }

  @Test func aPassedDeadlineIsAnError() throws {
    let test = try TestDesk()
    try test.ingest("một")
    #expect {
      try test.desk.search(SearchRequest(query: "một", deadline: .now - .seconds(1)))
    } throws: { ($0 as? DanvanError)?.code == .deadlineExceeded }
  }

  @Test func relevanceCountsTheHeadlineMore() throws {
    let test = try TestDesk()
    try test.ingest(
      "Chuyện khác\n\nNội dung về dân vận và nhiều chuyện",
      "Dân vận khéo\n\nNội dung khác, nhiều chuyện nữa")
    let request = SearchRequest(query: "dân vận", order: .relevance)
    #expect(try test.desk.search(request).hits.map(\.article.id.value) == [2, 1])
  }
}
