import DanvanExtract
import DanvanModel
import Testing

/// Values that hang on the article: its year, its day, what it told before.
@Suite struct TimeValueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let published: String?
    let values: [String]
    var testDescription: String { text }

    init(_ text: String, _ published: String?, _ values: String...) {
      self.text = text
      self.published = published
      self.values = values
    }
  }

  @Test(arguments: [
    // The year: from outside, from the nearest particular expression, or not at all.
    Case("Ngày 26-3, xã họp.", "2021", "2021-03-26"),
    Case("Ngày 26-3, xã họp.", nil, "XXXX-03-26"),
    Case("Ngày 26-3, xã họp về quý II-2021.", nil, "2021-03-26", "2021-Q2"),
    Case("Ngày 26-3, xã họp về năm 2020 và quý I/2021.", nil, "2021-03-26", "2020", "2021-Q1"),
    Case("Ngày 26-3, đại biểu nhiệm kỳ 2021-2026 họp.", nil, "XXXX-03-26", "2021/2026"),
    Case("Ngày 26-3, xã họp về năm 2020.", "2021", "2021-03-26", "2020"),
    // A whole date from outside: the year that brings the day nearest.
    Case("Vụ cháy xảy ra ngày 30-12 ở xã.", "2017-01-05", "2016-12-30"),
    Case("Chợ mở ngày 3-1 ở xã.", "2016-12-28", "2017-01-03"),
    // The day of the document.
    Case("Chiều 26-3-2021, xã họp. Hôm qua, huyện đã họp.", nil, "2021-03-26TAF", "2021-03-25"),
    Case("Sáng nay, xã họp.", "2021-03-26", "2021-03-26TMO"),
    Case("Sáng nay, xã họp.", "2021", "REFTMO"),
    Case("Tối mai, xã họp.", "2021-12-31", "2022-01-01TEV"),
    Case("Năm ngoái thu tăng, năm tới giảm.", "2017", "2016", "2018"),
    Case("Tháng trước xã họp, tháng tới họp nữa.", "2017-12-08", "2017-11", "2018-01"),
    Case("Cuối quý trước, xã họp.", "2017-02-08", "2016-Q4"),
    Case("Năm học này và năm học tới đều khó.", "2017-03-08", "2016/2017", "2017/2018"),
    // What was told before.
    Case(
      "Sáng 10-2-2017, xã họp. Cùng ngày, huyện họp. Ba ngày sau, tỉnh họp.", nil,
      "2017-02-10TMO", "2017-02-10", "2017-02-13"),
    Case("Ngày 2-6-2017, lễ mở lúc 9 giờ.", nil, "2017-06-02", "2017-06-02T09:00"),
    Case("Quốc hội khóa XIV đông hơn. Khóa này có nữ.", "2017", "term:14", "term:14"),
    // A following year holds for those that lean on it.
    Case("Từ tháng 11 đến tháng 2-2017, xã họp.", nil, "2016-11/2017-02"),
    Case("Diễn ra khoảng tháng 10, tháng 11 năm 2016 ở xã.", "2017", "2016-10", "2016-11"),
    // Far ahead of the document's day means last year's, unless it speaks of what is to come.
    Case("Ngày 10-2, xã họp. Hồi tháng 11, dân đã hỏi.", "2017", "2017-02-10", "2016-11"),
    Case("Ngày 10-2, xã họp. Dự kiến tháng 11 sẽ xong.", "2017", "2017-02-10", "2017-11"),
  ])
  func valuesAre(_ example: Case) throws {
    let facts = try VietnameseRules.extractor.get().facts(
      in: Article(
        text: example.text, title: nil, url: nil, publisher: nil,
        published: example.published.flatMap { PartialDate($0) }))
    #expect(facts.mentions.filter { $0.kind == .time }.map(\.value) == example.values)
  }

  @Test func inferredYearsSayWhereTheyAreFrom() throws {
    let facts = try VietnameseRules.extractor.get().facts(
      in: Article(
        text: "Chiều 26-3, xã họp về quý II-2021.", title: nil, url: nil, publisher: nil,
        published: nil))
    let times = facts.mentions.filter { $0.kind == .time }
    #expect(times.map(\.basis) == ["year from quý II-2021", nil])
    #expect(facts.date == DocumentDate(try #require(PartialDate("2021-03-26")), basis: "event"))
  }
}
