import DanvanModel
import Testing

@testable import DanvanService

/// What a Vietnamese reader expects of a search: one text and one query each.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
  let name: String
  let query: String
  let text: String
  var isFound = true
  var marks = SearchRequest.Marks.automatic
  var testDescription: String { "\(name): \(query) → \(text)" }

  init(
    _ name: String, _ query: String, _ text: String, isFound: Bool = true,
    marks: SearchRequest.Marks = .automatic
  ) {
    self.name = name
    self.query = query
    self.text = text
    self.isFound = isFound
    self.marks = marks
  }

  static let decomposed = "Công tác da\u{302}n va\u{323}\u{302}n cu\u{309}a Đa\u{309}ng"

  static let all = [
    ConformanceCase("F1 plain", "dan", "công tác dân vận"),
    ConformanceCase("F2 plain, two marks", "duong", "con dương xỉ"),
    ConformanceCase("F3 plain đ", "da nang", "tại Đà Nẵng hôm qua"),
    ConformanceCase("F4 case", "đảng", "ĐẢNG BỘ"),
    ConformanceCase("F5 plain abbreviation", "hdnd", "kỳ họp HĐND tỉnh"),
    ConformanceCase("F6 marks let go", "đà nẵng", "Da Nang va Hue"),
    ConformanceCase("N1 composed → decomposed", "dân vận", decomposed),
    ConformanceCase("N2 decomposed → composed", "da\u{302}n va\u{323}\u{302}n", "dân vận"),
    ConformanceCase("N3 composed → half composed", "huế", "Thừa Thiên Hu\u{ea}\u{301}"),
    ConformanceCase("N4 plain → decomposed with đ", "dang", decomposed),
    ConformanceCase("N5 đ → eth", "đảng", "Ðảng bộ"),
    ConformanceCase("N6 plain → eth", "dang", "Ðảng bộ"),
    ConformanceCase("T1 tone placement", "hòa", "hoà bình"),
    ConformanceCase("T2 tone placement", "thúy", "chị Thuý"),
    ConformanceCase("T3 i/y", "kỳ", "học kì"),
    ConformanceCase("T4 i/y", "lý", "xử lí"),
    ConformanceCase("A1 long → short", "hội đồng nhân dân", "kỳ họp HĐND tỉnh"),
    ConformanceCase("A2 joined → dotted", "tphcm", "tại TP.HCM"),
    ConformanceCase("A3 dotted → spaced", "\"TP.HCM\"", "tại TP. HCM"),
    ConformanceCase("A4 part", "hcm", "tại TP.HCM"),
    ConformanceCase("A5 number joined", "covid", "dịch Covid-19"),
    ConformanceCase("P1 phrase", "\"dân vận khéo\"", "phong trào dân vận khéo năm nay"),
    ConformanceCase("P2 not adjacent", "\"dân khéo\"", "dân vận khéo", isFound: false),
    ConformanceCase("P3 prefix", "vậ*", "công tác dân vận"),
    ConformanceCase("P4 whole syllables", "an", "dân", isFound: false),
    ConformanceCase("P5 two letters", "xã", "tại xã"),
    ConformanceCase("P6 marks by the syllable", "\"dân van\"", "dân vận"),
    ConformanceCase("S1 marks bind", "\"dân vận\"", "bài dẫn văn", isFound: false),
    ConformanceCase("S2 marks bind", "\"dân vận\"", "đàn vận", isFound: false),
    ConformanceCase("S3 marks bind", "dân", "đan lát", isFound: false),
    ConformanceCase("S4 exact", "ma", "ba má", isFound: false, marks: .exact),
    ConformanceCase("S5 marks by the syllable", "\"dân van\"", "dẫn văn", isFound: false),

    // Beyond the 32.
    ConformanceCase("short → long", "HĐND", "Hội đồng nhân dân tỉnh"),
    ConformanceCase("plain short → long", "hdnd tỉnh", "Hội đồng nhân dân tỉnh"),
    ConformanceCase("plain long → short", "uy ban nhan dan xa", "UBND xã"),
    ConformanceCase("long → dotted", "thành phố hồ chí minh", "tại TP.HCM"),
    ConformanceCase(
      "no abbreviation in quotation marks", "\"HĐND\"", "Hội đồng nhân dân", isFound: false),
    ConformanceCase(
      "no abbreviation when exact", "HĐND", "Hội đồng nhân dân", isFound: false, marks: .exact),
    ConformanceCase("dotted → joined", "TP.HCM", "tại TPHCM"),
    ConformanceCase("marks ignored", "dẩn", "công tác dân vận", marks: .ignored),
    ConformanceCase(
      "marks are not let go within quotation marks", "\"đà nẵng\"", "Da Nang", isFound: false),
    ConformanceCase("plain prefix", "va*", "công tác dân vận"),
    ConformanceCase("plain prefix with đ", "do*", "đồng bào"),
    ConformanceCase("prefix with old placement", "hoà*", "hoàn thành"),
    ConformanceCase("prefix of another tone", "vậ*", "văn hóa", isFound: false),
    ConformanceCase("a date", "26-3", "sáng 26-3, tại Hà Nội"),
    ConformanceCase("a date's other half", "\"26 4\"", "sáng 26-3, tại Hà Nội", isFound: false),
    ConformanceCase("negation", "dân -vận", "dân vận", isFound: false),
    ConformanceCase("negation of another", "dân -khéo", "dân vận"),
    ConformanceCase("either", "khéo OR vận", "dân vận"),
    ConformanceCase("curly quotation marks", "“dân vận”", "dân vận"),
    ConformanceCase("punctuation asks for nothing", "dân , vận !", "dân vận"),
  ]
}

@Suite struct ConformanceTests {
  @Test(arguments: ConformanceCase.all)
  func searchFindsWhatAReaderExpects(_ one: ConformanceCase) throws {
    let test = try TestDesk()
    // Another article, so that no query finds by finding all.
    try test.ingest("Một bài khác hẳn", one.text)
    #expect(try test.ids(one.query, marks: one.marks) == (one.isFound ? [2] : []))
  }

  /// A watch means the same as a search; only letting marks go, which depends on all that is there,
  /// is not for it.
  @Test(
    arguments: ConformanceCase.all.filter { $0.marks == .automatic && $0.name.prefix(2) != "F6" })
  func watchFindsTheSame(_ one: ConformanceCase) throws {
    let test = try TestDesk()
    try test.ingest("Một bài khác hẳn", one.text)
    let batch = try test.desk.events(from: .start, query: one.query, limit: 10)
    #expect(batch.events.map(\.event.article.value) == (one.isFound ? [2] : []))
  }
}
