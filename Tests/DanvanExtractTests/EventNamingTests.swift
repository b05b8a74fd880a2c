import DanvanExtract
import DanvanModel
import Testing

/// Which namings are events, which of them are one, and where a naming ends.
struct EventNamingTests {
  private static func facts(_ text: String) throws -> Facts {
    try VietnameseRules.extractor.get().facts(
      in: Article(
        text: "Tin trong tỉnh\n\(text)\n", title: nil, url: nil, publisher: nil,
        published: PartialDate("2021-05-20")))
  }

  private static func names(_ text: String) throws -> [String] {
    try facts(text).events.map(\.name)
  }

  @Test(arguments: [
    // Bodies of one sort hold a conference each; one told again is one.
    (
      "Sáng 18/5, Huyện ủy Sơn Động tổ chức hội nghị sơ kết công tác dân vận. Chiều 18/5, Huyện ủy Lục Nam "
        + "tổ chức hội nghị sơ kết công tác dân vận.", 2
    ),
    (
      "Sáng 18/5, Huyện ủy Sơn Động tổ chức hội nghị sơ kết công tác dân vận. Huyện ủy đã tổ chức hội nghị "
        + "sơ kết công tác dân vận chu đáo.", 1
    ),
    // So are the reports of a digest.
    (
      "Ngày 18/5, Hội Phật giáo tỉnh Hà Giang tổ chức lễ cầu siêu cho liệt sĩ.\n★ Ngày 18/5, tại chùa Mẫu, "
        + "lễ cầu siêu cho liệt sĩ được tổ chức trang trọng.", 2
    ),
    // What is denied, what a law lists, and what is done at a gathering is none of its own.
    ("Ông Lê Văn Thử nói đây không phải là cuộc kiểm tra đột xuất ngày 18/5.", 0),
    (
      "Các sự kiện gồm: a) Đại hội đại biểu toàn quốc của Đảng; b) Hội nghị quốc tế tổ chức tại Việt Nam; Đại hội "
        + "của các đoàn thể.", 0
    ),
    (
      "Sáng 18/5, Tỉnh ủy Hà Giang tổ chức hội nghị cán bộ toàn tỉnh. Tại hội nghị, Bí thư Tỉnh ủy Lê Văn Thử đã "
        + "trao quyết định cho ông Trần Văn Mẫu.", 1
    ),
    // A mourning's ceremonies.
    ("Lễ viếng được tổ chức từ 7h30 ngày 21/5. Lễ truy điệu lúc 15h cùng ngày.", 2),
  ])
  func asManyAsAreTold(_ text: String, _ count: Int) throws {
    let names = try Self.names(text)
    #expect(names.count == count, "\(names)")
  }

  @Test(arguments: [
    // A capital orders nothing.
    (
      "Sáng 18/5, Ban Chỉ đạo về khu vực phòng thủ tỉnh tổ chức hội nghị đánh giá kết quả năm 2020.",
      "hội nghị đánh giá kết quả năm 2020"
    ),
    // A letter alone goes on with the capitals before it.
    (
      "Sáng 18/5, Tỉnh ủy Hà Giang tổ chức hội nghị quán triệt Nghị quyết số 20 của BCHT.Ư Đảng về công nhân.",
      "hội nghị quán triệt Nghị quyết số 20 của BCHT.Ư Đảng về công nhân"
    ),
    // The number of a sitting is its name.
    ("Sáng 18/5, HĐND tỉnh khai mạc kỳ họp thứ 3 tại Trung tâm Hội nghị.", "kỳ họp thứ 3"),
    (
      "Sáng 18/5, Tỉnh ủy Hà Giang tổ chức hội nghị lần thứ 9, thảo luận tình hình kinh tế.",
      "hội nghị lần thứ 9"
    ),
    // What means are for belongs to them, what the sitting is for does not.
    (
      "Sáng 18/5, Sở Y tế Hà Giang tổ chức hội nghị bàn giải pháp để nâng cao sức khỏe.",
      "hội nghị bàn giải pháp để nâng cao sức khỏe"
    ),
    (
      "Sáng 18/5, Sở Y tế Hà Giang tổ chức hội nghị báo cáo viên tháng 5 để quán triệt nghị quyết.",
      "hội nghị báo cáo viên tháng 5"
    ),
    // What somebody becomes stands behind what he was.
    (
      "Sáng 18/5, Bí thư Tỉnh ủy Lê Văn Thử đã trao quyết định phân công đồng chí Trần Văn Mẫu - Tỉnh ủy viên, "
        + "Chánh Văn phòng Tỉnh ủy làm Bí thư Huyện ủy Sơn Động.",
      "trao quyết định phân công đồng chí Trần Văn Mẫu - Tỉnh ủy viên, Chánh Văn phòng Tỉnh ủy làm Bí thư Huyện ủy "
        + "Sơn Động"
    ),
    // Who acts stands before an apposition, or is nobody with a name who sat on a day.
    (
      "Sáng 18/5, Công ty Thử Mẫu - nhà phân phối xe tải - đã khai trương đại lý tại Hà Giang.",
      "khai trương đại lý tại Hà Giang"
    ),
    (
      "Ngày 18/5, chi bộ khoa Sản đã họp bỏ phiếu đề nghị hình thức kỷ luật.",
      "họp bỏ phiếu đề nghị hình thức kỷ luật"
    ),
    (
      "Sáng 18/5, Ban Thường vụ Tỉnh ủy Hà Giang đã họp dưới sự chủ trì của đồng chí Bí thư Tỉnh ủy Lê Văn Thử để xem "
        + "xét báo cáo của Ủy ban Kiểm tra.",
      "họp dưới sự chủ trì của đồng chí Bí thư Tỉnh ủy Lê Văn Thử để xem xét báo cáo của Ủy ban Kiểm tra"
    ),
    (
      "Sáng 18/5, Quốc hội thảo luận tại hội trường về dự án Luật Thủy sản.",
      "thảo luận tại hội trường về dự án Luật Thủy sản"
    ),
    // The verb's noun names it.
    (
      "Sáng 18/5, Chính phủ họp phiên họp thường kỳ tháng 5.", "phiên họp thường kỳ tháng 5"
    ),
  ])
  func theNamingEnds(_ text: String, _ name: String) throws {
    #expect(try Self.names(text) == [name])
  }

  /// What one guest did on a visit is told apart from it.
  @Test func actsOfAVisit() throws {
    let names = try Self.names(
      "Trong khuôn khổ chuyến thăm chính thức Lào, ngày 18/5, Chủ tịch nước Lê Văn Thử đã hội đàm với Thủ tướng Lào; "
        + "tiếp Chủ tịch Hội Hữu nghị Trần Văn Mẫu; thăm Trung tâm dữ liệu quốc gia.")
    #expect(names.contains("chuyến thăm chính thức Lào"), "\(names)")
    #expect(names.contains("hội đàm với Thủ tướng Lào"), "\(names)")
    #expect(names.contains("thăm Trung tâm dữ liệu quốc gia"), "\(names)")
  }

  /// The office that ends right before the verb has a holder; the body within it does nothing.
  @Test func whoLeadsByTheOffice() throws {
    let events = try Self.facts(
      "Sáng 18/5, đoàn công tác do ông Lê Văn Thử, Phó Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy làm trưởng đoàn đã kiểm tra "
        + "Đảng ủy xã Tân Lập."
    ).events
    #expect(events.map(\.chairs) == [["Lê Văn Thử"]])
  }

  /// A credit ends where the next sentence tells a day, and before where the picture was found.
  @Test(arguments: [
    (
      "Bà con đã nghe ông Lê Văn Thử trả lời. Ảnh: Thử Mẫu Sáng 18/5, Tỉnh ủy Hà Giang họp.",
      ["Lê Văn Thử", "Thử Mẫu"]
    ),
    (
      "Bà con đã nghe ông Lê Văn Thử trả lời. Ảnh: Internet Ngày 18/5/2021, Tỉnh ủy Hà Giang họp.",
      ["Lê Văn Thử"]
    ),
  ])
  func creditsEnd(_ text: String, _ persons: [String]) throws {
    let found = try Self.facts(text).mentions.filter { $0.kind == .person }.map(\.text)
    #expect(found == persons)
  }
}
