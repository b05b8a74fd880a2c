import DanvanExtract
import DanvanModel
import Testing

/// On which day an event was held, where its own sentence does not say so.
struct EventDayTests {
  private static func days(_ text: String) throws -> [String?] {
    let article = Article(
      text: text, title: nil, url: nil, publisher: nil, published: PartialDate("2021-05-20"))
    return try VietnameseRules.extractor.get().facts(in: article).events.map(\.when)
  }

  /// The report's day is that of what it reports, but not of what was held "lately".
  @Test(arguments: [
    ("Bí thư Tỉnh ủy Lê Văn Thử chủ trì hội nghị giao ban công tác dân vận quý I.", "2021-05-20"),
    ("Mới đây, Tỉnh ủy Hà Giang tổ chức hội nghị giao ban công tác dân vận quý I.", nil),
    ("Thủ tướng cho rằng Hội nghị Trung ương 5 khóa XII vừa qua đã thông qua ba nghị quyết.", nil),
    ("Ngày 18/5 vừa qua, Tỉnh ủy Hà Giang tổ chức hội nghị giao ban quý I.", "2021-05-18"),
  ])
  func theReportsDay(_ sentence: String, _ day: String?) throws {
    #expect(try Self.days("Tin trong tỉnh\n\(sentence)\n") == [day])
  }
}
