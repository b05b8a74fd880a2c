import DanvanExtract
import DanvanModel
import Testing

/// What is told of an event outside the sentence that names it: its day, who presided, who took part.
struct EventDetailTests {
  private static func events(_ text: String) throws -> [Event] {
    let article = Article(
      text: text, title: nil, url: nil, publisher: nil, published: PartialDate("2021-05-20"))
    return try VietnameseRules.extractor.get().facts(in: article).events
  }

  /// The report's day is that of what it reports, but not of what was held "lately".
  @Test(arguments: [
    ("Bí thư Tỉnh ủy Lê Văn Thử chủ trì hội nghị giao ban công tác dân vận quý I.", "2021-05-20"),
    ("Mới đây, Tỉnh ủy Hà Giang tổ chức hội nghị giao ban công tác dân vận quý I.", nil),
    ("Thủ tướng cho rằng Hội nghị Trung ương 5 khóa XII vừa qua đã thông qua ba nghị quyết.", nil),
    ("Ngày 18/5 vừa qua, Tỉnh ủy Hà Giang tổ chức hội nghị giao ban quý I.", "2021-05-18"),
  ])
  func theReportsDay(_ sentence: String, _ day: String?) throws {
    #expect(try Self.events("Tin trong tỉnh\n\(sentence)\n").map(\.when) == [day])
  }

  /// The sentence behind it says who presided, or begins with who else took part.
  @Test(arguments: [
    (
      "Sáng 12/3, Ban Thường vụ Tỉnh ủy họp nghe và cho ý kiến về công tác nhân sự. "
        + "Đồng chí Lê Văn Thử, Bí thư Tỉnh ủy chủ trì.", ["Lê Văn Thử"], []
    ),
    (
      "Sáng 12/3, Bí thư Huyện ủy Lê Văn Thử chủ trì hội nghị giao ban công tác dân vận. "
        + "Cùng dự có đồng chí Trần Văn Mẫu, Chủ tịch UBND huyện.", ["Lê Văn Thử"], ["Trần Văn Mẫu"]
    ),
    (
      "Sáng 12/3, Bí thư Huyện ủy Lê Văn Thử chủ trì hội nghị giao ban công tác dân vận. "
        + "Chủ tịch UBND huyện Trần Văn Mẫu bị kỷ luật năm ngoái.", ["Lê Văn Thử"], []
    ),
  ])
  func theNextSentence(_ text: String, _ chairs: [String], _ attendees: [String]) throws {
    let events = try Self.events("Tin trong tỉnh\n\(text)\n")
    #expect(events.map(\.chairs) == [chairs])
    #expect(events.map(\.attendees) == [attendees])
  }
}
