import DanvanExtract
import DanvanModel
import Testing

/// What is told of an event outside the sentence that names it: its day, who presided, who took
/// part.
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

  /// A body presides where no person is the subject; who only attends, orders or tells of it does
  /// not.
  @Test(arguments: [
    (
      "Chiều 16/4, Tỉnh ủy Bình Phước đã chủ trì cuộc họp về vụ việc liên quan đến bà Lê Thị Thử.",
      ["Tỉnh ủy Bình Phước"]
    ),
    (
      "Tại buổi làm việc với UBND quận 2 ngày 7/4, Bí thư Thành ủy Lê Văn Thử yêu cầu làm rõ.",
      ["Lê Văn Thử"]
    ),
    (
      "Tại buổi làm việc với UBND quận 2 ngày 7/4, Chủ tịch UBND quận 2 Lê Văn Thử nêu ý kiến.", []
    ),
    (
      "Tại buổi tiếp Đoàn đại biểu Quốc hội Lào chiều 7/4, Thủ tướng Lê Văn Thử cảm ơn Lào.",
      ["Lê Văn Thử"]
    ),
    (
      "Chiều 7/4, Bí thư Tỉnh ủy Lê Văn Thử ra về sau khi tham dự cuộc họp với Sở Y tế về dịch bệnh.",
      []
    ),
    (
      "Bí thư Thành ủy Lê Văn Thử kể, ngày 7/4 đoàn công tác của Chính phủ làm việc với Sở Y tế.",
      []
    ),
    (
      "Thanh tra Chính phủ đang tiến hành thanh tra toàn diện tại Công ty Cường Hưng.",
      ["Thanh tra Chính phủ"]
    ),
  ])
  func whoPresides(_ sentence: String, _ chairs: [String]) throws {
    #expect(try Self.events("Tin trong tỉnh\n\(sentence)\n").map(\.chairs) == [chairs])
  }

  /// Who only speaks or tells of it does not preside, nor he who presides over something else; by a
  /// passive or a list all who are named preside.
  @Test(arguments: [
    (
      "Chiều 7/4, Tỉnh ủy Hà Giang tổ chức hội nghị giao ban công tác dân vận. "
        + "Phát biểu tại hội nghị, Bí thư Tỉnh ủy Lê Văn Thử nhấn mạnh vai trò của dân vận.", []
    ),
    (
      "Chiều 7/4, UBND tỉnh Hà Giang tổ chức cuộc họp về phòng chống dịch bệnh. "
        + "Dự và phát biểu chỉ đạo có Phó Chủ tịch UBND tỉnh Lê Văn Thử.", []
    ),
    ("Giám đốc Lê Văn Thử cho biết chiều 7/4, Sở Y tế đã có cuộc họp về dịch bệnh.", []),
    ("Theo Giám đốc Lê Văn Thử, chiều 7/4 đã có cuộc họp khẩn về phòng chống dịch bệnh.", []),
    (
      "Chiều 7/4, Bí thư Tỉnh ủy Lê Văn Thử đã có cuộc hội kiến với Đại sứ Lào và dự tiệc chiêu đãi "
        + "do đồng chí Trần Văn Mẫu chủ trì.", []
    ),
    (
      "Chiều 7/4, lễ hội chọi trâu Đồ Sơn năm 2021 có ông Lê Văn Thử điều hành linh hoạt sân đấu.",
      []
    ),
    (
      "Chiều 7/4, Sở Y tế Hà Giang chủ trì, phối hợp các huyện tổ chức hội nghị sơ kết công tác.",
      []
    ),
    (
      "Chiều 7/4, Ban Pháp chế họp thẩm tra các báo cáo để trình kỳ họp thứ 4, HĐND tỉnh khóa XVII. "
        + "Đồng chí Lê Văn Thử, Trưởng Ban Pháp chế chủ trì.", ["Lê Văn Thử", ""]
    ),
    (
      "Chiều 7/4, hội nghị giao ban công tác dân vận do đồng chí Lê Văn Thử và đồng chí Trần Văn Mẫu "
        + "chủ trì.", ["Lê Văn Thử, Trần Văn Mẫu"]
    ),
    (
      "Chiều 7/4 diễn ra hội nghị giao ban công tác dân vận, dưới sự chủ trì của đồng chí Lê Văn "
        + "Thử, Bí thư Tỉnh ủy.", ["Lê Văn Thử"]
    ),
    (
      "Chiều 7/4, dưới sự chủ trì của Bí thư Tỉnh ủy Lê Văn Thử và Chủ tịch UBND tỉnh Trần Văn Mẫu, "
        + "Tỉnh ủy Hà Giang tổ chức hội nghị giao ban công tác dân vận.",
      ["Lê Văn Thử, Trần Văn Mẫu"]
    ),
    (
      "Chiều 7/4, Bí thư Tỉnh ủy Lê Văn Thử, Chủ tịch UBND tỉnh Trần Văn Mẫu đồng chủ trì hội nghị "
        + "giao ban công tác dân vận.", ["Lê Văn Thử, Trần Văn Mẫu"]
    ),
    (
      "Chiều 7/4, Tỉnh ủy Hà Giang tổ chức hội nghị giao ban công tác dân vận. Chủ trì hội nghị có "
        + "các đồng chí: Lê Văn Thử, Bí thư Tỉnh ủy; Trần Văn Mẫu, Chủ tịch UBND tỉnh.",
      ["Lê Văn Thử, Trần Văn Mẫu"]
    ),
    (
      "Chiều 7/4, Bí thư Tỉnh ủy Lê Văn Thử chủ trì hội nghị giao ban công tác dân vận. "
        + "Cùng chủ trì có đồng chí Trần Văn Mẫu, Chủ tịch UBND tỉnh.", ["Lê Văn Thử, Trần Văn Mẫu"]
    ),
    (
      "Tại cuộc họp báo chiều 7/4 dưới sự chủ trì của Phó Chủ tịch Lê Văn Thử, ông Trần Văn Mẫu cho "
        + "biết dịch bệnh đã lùi.", ["Lê Văn Thử"]
    ),
  ])
  func whoOnlySpeaks(_ sentence: String, _ chairs: [String]) throws {
    let found = try Self.events("Tin trong tỉnh\n\(sentence)\n").map {
      $0.chairs.joined(separator: ", ")
    }
    #expect(found == (chairs.isEmpty ? [""] : chairs))
  }

  /// The day of a paper, of what is said or of another event is not the event's; a month that ends
  /// its name is.
  @Test(arguments: [
    (
      "Đoàn công tác của Bộ Chính trị làm việc với Tỉnh ủy Bình Thuận về Kết luận số 24 ngày 5/6/2012.",
      "2021-05-20" as String?, Event.Status.held
    ),
    (
      "Phó Bí thư Thành ủy Lê Văn Thử đã trao quyết định phân công ông Trần Văn Mẫu từ ngày 1/7.",
      "2021-05-20", .held
    ),
    (
      "Tại cuộc họp khẩn với Sở Y tế giữa tháng 4, Bí thư Tỉnh ủy Lê Văn Thử yêu cầu làm rõ.",
      "2021-04", .held
    ),
    (
      "Ngày 16/3, Phó Chủ tịch Lê Văn Thử cho biết sắp tới thành phố sẽ tổ chức hội nghị sơ kết công tác dân vận.",
      nil, .planned
    ),
    (
      "Năm 2014, tại Đại hội đại biểu toàn quốc Mặt trận Tổ quốc Việt Nam lần thứ VIII, ông Lê Văn Thử được bầu.",
      nil, .background
    ),
  ])
  func whatDayItIsNot(_ sentence: String, _ day: String?, _ status: Event.Status) throws {
    let events = try Self.events("Tin trong tỉnh\nTỉnh có tin mới.\n\n\(sentence)\n")
    #expect(events.map(\.when) == [day])
    #expect(events.map(\.status) == [status])
  }
}
