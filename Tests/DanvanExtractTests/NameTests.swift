import DanvanModel
import Testing

@testable import DanvanExtract

/// Marked sentences: every person, title, body and place found must be marked, with holder or name.
@Suite struct NameTests {
  @Test(
    arguments: [
      // Titles before a name, after it, in brackets, joined.
      "{TITLE=Lê Văn Thử:Phó Bí thư Thường trực {ORG:Thành ủy TP.HCM}} {PERSON:Lê Văn Thử} chủ trì.",
      "Ông {PERSON:Lê Văn Thử}, {TITLE=Lê Văn Thử:Ủy viên {ORG:Bộ Chính trị}}, {TITLE=Lê Văn Thử:Bí thư {ORG:Tỉnh ủy Quảng Ninh}}, phát biểu.",
      "{TITLE=Lê Văn Thử:Ủy viên {ORG:Trung ương Đảng}}, {TITLE=Lê Văn Thử:Bộ trưởng {ORG:Bộ Công Thương}} {PERSON:Lê Văn Thử} trả lời.",
      "bà {PERSON:Trần Thị Mẫu} ({TITLE=Trần Thị Mẫu:phó giám đốc {ORG:Sở Y tế}}) cho biết.",
      "{TITLE=Lê Văn Thử:Chủ tịch {ORG:HĐQT}} kiêm {TITLE=Lê Văn Thử:Tổng giám đốc {ORG:Công ty cổ phần Mẫu Thử}} {PERSON:Lê Văn Thử} ký.",
      // A place that no list has, between the body and the full name.
      "{TITLE=Lê Văn Thử:Bí thư {ORG:Tỉnh ủy Thạch Vân Hạ}} {PERSON:Lê Văn Thử} dự.",
      // The role's syllable begins the body.
      "{TITLE=Lê Văn Thử:Trưởng {ORG:ban Dân vận Thành ủy Hà Nội}} {PERSON:Lê Văn Thử} dự.",
      "{TITLE=Lê Văn Thử:Chánh {ORG:Văn phòng UBND tỉnh}} {PERSON:Lê Văn Thử} dự.",
      "{TITLE=Lê Văn Thử:Bộ trưởng Y tế} {PERSON:Lê Văn Thử} dự.",
      "Quang cảnh buổi lễ. (Ảnh: {PERSON:Trần Thị Mẫu}) {TITLE=Lê Văn Thử:Chủ tịch nước} {PERSON:Lê Văn Thử} dự. {TITLE=Lê Văn Thử:Chủ tịch nước} phát biểu.",
      "{TITLE=Lê Văn Thử:Chủ tịch {ORG:UBND TP. Hà Nội}} {PERSON:Lê Văn Thử} dự. {TITLE=Lê Văn Thử:Chủ tịch {ORG:UBND Thành phố}} phát biểu.",
      "{TITLE=Lê Văn Thử:Chủ tịch {ORG:UBND TP}} {PERSON:Lê Văn Thử} dự. {TITLE=Lê Văn Thử:Chủ tịch TP} phát biểu.",
      "{TITLE=Lê Văn Thử:nguyên Chủ tịch nước} {PERSON:Lê Văn Thử} dự.",
      "{TITLE=Lê Văn Thử:Phó Chủ tịch {LOC:thành phố Đà Nẵng}} {PERSON:Lê Văn Thử} dự.",
      // Words of appointment.
      "Đại hội bầu ông {PERSON:Lê Văn Thử} làm {TITLE=Lê Văn Thử:Chủ tịch {ORG:Hội Nông dân tỉnh Trà Vinh}}.",
      // Foreign names and offices.
      "{TITLE=Adam Tester:Tổng thống {LOC:Mỹ}} {PERSON:Adam Tester} thăm {LOC:Hà Nội}.",
      "Ngài {PERSON:Phôm-vi Thử-xả}, {TITLE=Phôm-vi Thử-xả:Chủ tịch {ORG:Quốc hội Lào}}, đáp lời.",
      // Bodies.
      "{ORG:Ủy ban Trung ương Mặt trận Tổ quốc (MTTQ) Việt Nam} họp.",
      "{ORG:Sở Khoa học, Công nghệ và Môi trường TP.HCM} họp.",
      "{TITLE=Lê Văn Thử:Phó Giám đốc {ORG:Sở Văn hóa, Thể thao và Du lịch}} {PERSON:Lê Văn Thử} trả lời.",
      "{ORG:Ban Thường vụ Đảng ủy xã Tân Lập} họp với {ORG:Công an huyện}.",
      "Các sở: {ORG:Tư pháp}, {ORG:GD – ĐT} họp.",
      "{ORG:Bộ Công an} và {ORG:Bộ Quốc phòng} phối hợp.",
      "Theo {ORG:báo Nông nghiệp Việt Nam}, giá lúa tăng.",
      // Places.
      "Đoàn đến {LOC:xã Tân Lập}, {LOC:huyện Củ Chi}, {LOC:TP.HCM}.",
      "Quan hệ {LOC:Việt Nam} - {LOC:Lào} phát triển; hai nước {LOC:Việt Nam}, {LOC:Lào} hợp tác.",
      "Nhà số 5 {LOC:Phan Chu Trinh} ở {LOC:quận 10}.",
    ])
  func marked(_ text: String) throws { try Self.check(text) }

  @Test(
    arguments: [
      "Các đồng chí lãnh đạo, cán bộ, đảng viên dự họp.",
      "UBND các quận, huyện và Chủ tịch UBND các xã chịu trách nhiệm.",
      "Hội nghị bàn về cơ sở, trụ sở, thị trường, môi trường và cán bộ.",
      "Yêu cầu của Công văn số 409/UBND-TKBT và Chỉ thị 05-CT/TW.",
      "Luật Tổ chức Quốc hội có hiệu lực.",
      "Hai Đảng, hai Nhà nước hợp tác.",
    ])
  func nothing(_ text: String) throws { try Self.check(text) }

  @Test func shortFormsBelongToTheFullName() throws {
    try Self.check(
      "Ông {PERSON=Lê Văn Thử:Lê Văn Thử} và bà {PERSON=Trần Thị Mẫu:Trần Thị Mẫu} dự. Ông "
        + "{PERSON=Lê Văn Thử:Thử} phát biểu. Bà {PERSON=Trần Thị Mẫu:Mẫu} tiếp lời.")
  }

  @Test func aTitleAloneBelongsToItsHolderElsewhere() throws {
    try Self.check(
      "{TITLE=Lê Văn Thử:Bí thư {ORG:Thành ủy Hà Nội}} {PERSON:Lê Văn Thử} dự. "
        + "{TITLE=Lê Văn Thử:Bí thư {ORG:Thành ủy}} nhấn mạnh. {TITLE:Thủ tướng} giao việc.")
  }

  /// Unlike a rule's examples, these compare all four kinds even where none is marked.
  private static func check(_ written: String) throws {
    let sentence = try #require(ExampleSentence(written), "unreadable: \(written)")
    let kinds: Set<String> = ["PERSON", "TITLE", "ORG", "LOC"]
    let found = ExampleSentence.marks(
      of: try VietnameseRules.extractor.get().facts(in: sentence.article)
    )
    .map(\.mark).filter { kinds.contains($0.type) }
    for mark in sentence.marks {
      #expect(
        found.contains {
          $0.type == mark.type && $0.range == mark.range
            && (mark.value == nil || mark.value == $0.value)
        }, "not found: \(mark) in \(found)")
    }
    for mark in found {
      #expect(
        sentence.marks.contains { $0.type == mark.type && $0.range == mark.range },
        "found besides: \(mark)")
    }
  }
}
