import DanvanModel
import TestSupport
import Testing

@testable import DanvanExtract

/// No text may trap the extractor, and every range it gives must lie in the text.
@Suite struct NaughtyTextTests {
  private static func check(_ text: String, published: PartialDate? = nil) throws {
    let article = Article(
      text: text, title: nil, url: nil, publisher: nil, published: published)
    let facts = try VietnameseRules.extractor.get().facts(in: article)
    let bytes = Array(text.utf8)
    let ranges =
      facts.mentions.map(\.range) + facts.events.map(\.range) + facts.statements.map(\.range)
      + facts.directives.map(\.range) + facts.instruments.map(\.range)
      + facts.campaigns.map(\.range)
    for range in ranges {
      #expect(range.end <= bytes.count)
      #expect(
        range.end <= bytes.count
          && String(validating: bytes[range.start..<range.end], as: UTF8.self) != nil,
        "a range cuts a scalar")
    }
  }

  @Test(arguments: [
    "", " ", "\n", "\n\n\n", "\r\n", "\u{0}", "\u{FEFF}", "\u{200B}", "\u{301}", "a\u{301}\u{323}",
    ".", "...", "…", "\"", "“", "”", "(", ")", "((((", "-", "/", "--//--", "1", "1/", "/1", "1/1",
    "ngày", "ngày 1", "ngày 1/", "ngày 0/0", "ngày 31/2", "ngày 99/99/9999", "năm 0000",
    "ngày 29/2/2021", "29/2", "quý", "quý 0", "từ", "từ nay đến", "từ ngày 5 đến ngày 3/2",
    "tháng 13/2020", "lần thứ", "khóa", "khóa này", "cùng ngày", "Ba tháng sau", "hôm qua",
    "99999999999999999999999999", "ngày 99999999999999999999/5", "thế kỷ 999", "cách đây 99 năm",
    "Theo", "(Theo", "Theo \"", "Ông", "Ông :", "ông nói: \"", "Bí thư",
    "Chủ tịch Chủ tịch Chủ tịch",
    "Bí thư Tỉnh ủy khóa XV yêu cầu các sở báo cáo.",
    "Sáng 5/6, Bí thư Thành ủy Hà Nội nhiệm kỳ 2010-2015 đề nghị các quận họp.",
    "Nghị quyết", "Hội nghị", "TTXVN", "TTXVN/", "/TTXVN", "27/05/13 17:56 GMT+7",
    "27/05/13 17:56 GMT+7\n", "Nguyễn", "NGUYỄN VĂN A", "A B C D E F G", "👨‍👩‍👧‍👦 họp ngày 5/6 🇻🇳",
    "Ngày 5/6\u{2028}Hà Nội\u{2029}", "ｎｇày ５/６", "٣/٤", "ngày ५/६", "İstanbul ǅ ŉ ﬁ ß",
  ])
  func shortText(_ text: String) throws {
    try Self.check(text)
    try Self.check(text, published: PartialDate(year: 1))
    try Self.check(text, published: PartialDate(year: 9999, month: 12, day: 31))
  }

  @Test func aMegabyteWithoutSpaces() throws {
    try Self.check(String(repeating: "a", count: 1 << 20))
    try Self.check(String(repeating: "1", count: 1 << 20))
  }

  @Test(arguments: [
    "1/", "(", "\"", "ngày 5/6, ", "Ông Nguyễn Văn A nói: \"", "A.", "\n", "Theo ", "và ",
  ])
  func theSameManyTimes(_ piece: String) throws {
    try Self.check(String(repeating: piece, count: 3000))
  }

  /// Texts that end or begin in the middle of whatever a rule looks for.
  @Test(arguments: VietnameseRules.rules)
  func everyPrefixAndSuffix(_ rule: Rule) throws {
    for written in rule.examples + rule.rejects {
      guard let scalars = ExampleSentence(written).map({ Array($0.text.unicodeScalars) }) else {
        continue
      }
      for cut in scalars.indices where !scalars[cut].properties.isAlphabetic {
        try Self.check(String(String.UnicodeScalarView(scalars[..<cut])))
        try Self.check(String(String.UnicodeScalarView(scalars[cut...])))
      }
    }
  }

  @Test(arguments: 0..<24)
  func randomText(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let words = [
      "ngày", "tháng", "năm", "quý", "khóa", "XII", "5", "26-3", "2021", "/", "-", "(", ")", "“",
      "”",
      "\"", ":", ",", ".", "\n", "Chiều", "Ông", "Nguyễn", "Văn", "Bí thư", "Thành ủy", "Hà Nội",
      "cho biết",
      "yêu cầu", "từ", "đến", "nay", "Nghị quyết", "số", "Hội nghị", "Theo", "TTXVN", "GMT+7",
      "9h30",
    ]
    var text = ""
    for _ in 0..<400 {
      if random.next() % 4 == 0 {
        let scalar = Unicode.Scalar(UInt32(random.next() % 0x11_0000)) ?? " "
        text.unicodeScalars.append(scalar)
      } else {
        text += words[Int(random.next() % UInt64(words.count))]
      }
      if random.next() % 3 > 0 { text += " " }
    }
    try Self.check(text)
  }
}
