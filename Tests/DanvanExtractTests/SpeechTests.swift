import DanvanExtract
import DanvanModel
import Testing

/// What the examples of the rules do not show: kinds, verbs, addressees, deadlines, several issuers.
@Suite struct SpeechTests {
  private static func facts(_ text: String) throws -> Facts {
    let article = Article(text: text, title: nil, url: nil, publisher: nil, published: nil)
    return try VietnameseRules.extractor.get().facts(in: article)
  }

  @Test(arguments: [
    ("Ông Lê Văn Thử cho biết, dự án đã hoàn thành.", "indirect", "cho biết"),
    ("Ông Lê Văn Thử khẳng định: dự án đã hoàn thành.", "direct", "khẳng định"),
    ("Ông Lê Văn Thử nói: “Dự án đã hoàn thành”.", "direct", "nói"),
    ("“Dự án đã hoàn thành”, ông Lê Văn Thử nói thêm.", "direct", "nói thêm"),
    ("Theo ông Lê Văn Thử, dự án đã hoàn thành.", "indirect", "Theo"),
  ])
  func kindAndVerb(_ text: String, _ kind: String, _ cue: String) throws {
    let statements = try Self.facts(text).statements
    #expect(statements.map(\.kind.rawValue) == [kind])
    #expect(statements.map(\.cue) == [cue])
    #expect(statements.map { $0.content.lowercased() } == ["dự án đã hoàn thành"])
  }

  @Test(arguments: [
    (
      "Ông Lê Văn Thử yêu cầu các quận, huyện báo cáo kết quả trước ngày 30/9/2021.",
      "các quận, huyện", "trước ngày 30/9/2021"
    ),
    (
      "Bí thư Thành ủy Lê Văn Thử nhấn mạnh, thời gian tới, các sở, ngành cần phối hợp chặt chẽ hơn.",
      "các sở, ngành", "thời gian tới"
    ),
    (
      "Ông Lê Văn Thử giao cho Sở Xây dựng kiểm tra công trình vi phạm.", "Sở Xây dựng", nil
    ),
    ("Ông Lê Văn Thử lưu ý tiếp tục phát huy dân chủ.", nil, nil),
  ])
  func addresseeAndDeadline(_ text: String, _ addressee: String?, _ time: String?) throws {
    let directives = try Self.facts(text).directives
    #expect(directives.count == 1)
    #expect(directives.first?.addressee == addressee)
    #expect(directives.first?.time == time)
  }

  @Test func jointIssuersOrderOnceEach() throws {
    let directives = try Self.facts(
      "Sở Y tế và Sở Xây dựng yêu cầu các bệnh viện rà soát công tác phòng cháy."
    ).directives
    #expect(directives.map(\.issuer) == ["Sở Y tế", "Sở Xây dựng"])
    #expect(Set(directives.map(\.range)).count == 1)
  }

  @Test func verbsThatShareAnActionOrderOnceEach() throws {
    let directives = try Self.facts(
      "Ông Lê Văn Thử đề nghị và khuyến cáo các bệnh viện rà soát công tác phòng cháy."
    ).directives
    #expect(directives.map(\.verb) == ["đề nghị", "khuyến cáo"])
    #expect(Set(directives.map(\.range)).count == 1)
  }

  @Test func anOrderIsNoStatement() throws {
    let facts = try Self.facts(
      "Bí thư Thành ủy Lê Văn Thử nhấn mạnh các sở, ngành cần phối hợp chặt chẽ hơn.")
    #expect(facts.statements.isEmpty)
    #expect(facts.directives.map(\.action) == ["phối hợp chặt chẽ hơn"])
  }

  @Test func whatAnAddresseeIsToldToDoIsNotItsOwn() throws {
    let facts = try Self.facts(
      "Chủ tịch Lê Văn Thử đề nghị Sở Y tế chỉ đạo các bệnh viện báo cáo; đồng thời yêu cầu các quận hỗ trợ."
    )
    #expect(facts.directives.map(\.issuer) == ["Lê Văn Thử", "Lê Văn Thử"])
    #expect(
      facts.directives.map(\.action) == ["chỉ đạo các bệnh viện báo cáo", "hỗ trợ"])
  }

  @Test func pronounsMeanTheLastSpeakerOfTheirGender() throws {
    let statements = try Self.facts(
      """
      Ông Lê Văn Thử cho biết dự án đã hoàn thành. Bà Trần Thị Mẫu cho rằng dự án còn chậm. \
      Ông cũng khẳng định vốn đã được cấp đủ. Bà nhấn mạnh tiến độ là quan trọng nhất.
      """
    ).statements
    #expect(
      statements.map(\.speaker) == ["Lê Văn Thử", "Trần Thị Mẫu", "Lê Văn Thử", "Trần Thị Mẫu"])
  }

  @Test func captionsAndKeywordsSayNothing() throws {
    let facts = try Self.facts(
      """
      Đổi mới công tác dân vận

      Sáng 26-3, hội nghị giao ban công tác dân vận quý I đã diễn ra tại thành phố.

      Ảnh: Ông Lê Văn Thử phát biểu tại hội nghị

      Dân vận,Lê Văn Thử,Yêu cầu,Chỉ đạo,Đề nghị,Thành phố,Công tác
      """)
    #expect(facts.statements.isEmpty)
    #expect(facts.directives.isEmpty)
  }
}
