import DanvanModel
import DanvanText
import Testing

@testable import DanvanExtract

@Suite struct PatternTests {
  /// The span that the pattern finds at the first place where it finds any.
  private static func span(_ notation: String, in text: String) throws -> String? {
    let rules = try VietnameseRules.set.get()
    let program = try PatternProgram(
      try Pattern(notation, fragments: ["dm": ["{day}{sep}{month}"], "loop": ["@loop"]]),
      rules: rules)
    let tokens = Tokens(NormalizedText(text))
    var matcher = PatternMatcher(tokens)
    for place in tokens.indices {
      if let match = matcher.match(program, in: 0..<tokens.count, at: place) {
        return tokens.string(match.span)
      }
    }
    return nil
  }

  @Test(arguments: [
    ("ngày {day}", "Ngày 26 tháng", "Ngày 26"),
    ("ngày {day}", "ngày 32", nil),
    ("năm [học] {year}", "năm học 2016", "năm học 2016"),
    ("(quý|kỳ) {roman}", "quý XL", "quý XL"),
    ("quý {roman}", "quý II-2021", "quý II"),
    ("quý {roman}", "quý D", nil),
    ("@dm", "ngày 26-3", "26-3"),
    ("@dm", "ngày 26 – 3,", "26 – 3"),
    ("@dm", "tăng 26. 3 xã", nil),
    ("@dm", "Chỉ thị 05-12/TW", nil),
    ("@dm", "tăng 12.3%", nil),
    ("@dm", "tăng 12.300 đồng", nil),
    ("'(' <@dm> ')'", "sáng nay (28/5) và", "28/5"),
    ("{hour}~h~{minute}", "lúc 9h30", "9h30"),
    ("{hour}~h~{minute}", "lúc 9 h 30", nil),
    ("^tháng {month}", "trong tháng 5", nil),
    ("{x:time-parts} nay", "Sáng sớm nay", "Sáng sớm nay"),
    ("năm Học", "năm học", nil),
  ])
  func spanIsFound(_ notation: String, _ text: String, _ expected: String?) throws {
    #expect(try Self.span(notation, in: text) == expected)
  }

  @Test(arguments: [
    "(a", "a)", "[a", "{day", "{}", "{a:b:c}", "@none", "@loop", "'a", "[a]", "", "{sep}", "a ]",
    "{x:no-such-list}",
  ])
  func faultyNotationIsRefused(_ notation: String) {
    #expect(throws: DanvanError.self) { try Self.span(notation, in: "a") }
  }
}
