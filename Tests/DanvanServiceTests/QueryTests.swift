import DanvanModel
import DanvanStore
import Testing

@testable import DanvanService

@Suite struct QueryTests {
  private static func word(
    _ text: String, _ column: Int, in field: SearchField = .anywhere, quoted: Bool = false,
    prefix: Bool = false
  ) -> Query {
    .term(
      QueryTerm(text: text, field: field, isQuoted: quoted, isPrefix: prefix, column: column))
  }

  @Test func readsTheGrammar() throws {
    #expect(try QueryParser.parse("") == .everything)
    #expect(try QueryParser.parse("  ") == .everything)
    #expect(try QueryParser.parse("dân") == Self.word("dân", 1))
    #expect(
      try QueryParser.parse("a \"b c\" d*")
        == .all([
          Self.word("a", 1), Self.word("b c", 3, quoted: true), Self.word("d", 9, prefix: true),
        ]))
    #expect(
      try QueryParser.parse("a b OR -c")
        == .any([.all([Self.word("a", 1), Self.word("b", 3)]), .not(Self.word("c", 9))]))
    #expect(
      try QueryParser.parse("a AND (b | NOT c)")
        == .all([
          Self.word("a", 1), .any([Self.word("b", 8), .not(Self.word("c", 16))]),
        ]))
    #expect(
      try QueryParser.parse("person:\"A B\" org:x")
        == .all([
          Self.word("A B", 8, in: .person, quoted: true), Self.word("x", 18, in: .organization),
        ]))
    #expect(
      try QueryParser.parse("place:(a OR b c)")
        == .any([
          Self.word("a", 8, in: .place),
          .all([Self.word("b", 13, in: .place), Self.word("c", 15, in: .place)]),
        ]))
    #expect(try QueryParser.parse("id:3,4") == .ids([ArticleID(3), ArticleID(4)]))
    #expect(try QueryParser.parse("10:30") == Self.word("10:30", 1))
    #expect(try QueryParser.parse("kinh tế - xã hội") == QueryParser.parse("kinh tế \u{2d} xã hội"))
  }

  @Test(arguments: [
    ("người:x", "person:x"), ("nguoi:x", "person:x"), ("ngu\u{31b}o\u{31b}\u{300}i:x", "person:x"),
    ("chức_vụ:x", "title:x"), ("cơ_quan:x", "org:x"), ("nơi:x", "place:x"),
    ("nguồn:x", "source:x"), ("loại:chỉ_đạo", "kind:directive"), ("sau:2021", "after:2021"),
    ("trước:2021", "before:2021"), ("trong:quý-I-2021", "during:2021-Q1"),
    ("trong:quý-I-năm-2021", "during:2021-Q1"), ("trong:tháng-3-năm-2021", "during:2021-03"),
    ("on:2021-03-26", "during:26-3-2021"), ("during:tháng-3-2021", "during:2021-03"),
  ])
  func knowsItsWordsInVietnamese(one: String, other: String) throws {
    func withoutColumns(_ query: Query) -> Query {
      guard case .term(var term) = query else { return query }
      term.column = 0
      return .term(term)
    }
    #expect(
      withoutColumns(try QueryParser.parse(one)) == withoutColumns(try QueryParser.parse(other)))
  }

  @Test(arguments: [
    ("\"dân vận", "column 1: the quotation mark is not closed"),
    ("da\u{302}n \"x", "column 5: the quotation mark is not closed"),
    ("a (b", "column 3: the bracket is not closed"),
    ("a) b", "column 2: a bracket is closed that was not opened"),
    ("()", "column 2: something to search for is missing here"),
    ("a OR", "column 5: something to search for is missing here"),
    ("OR a", "column 1: something to search for is missing here"),
    ("NOT", "column 4: something to search for is missing here"),
    ("màu:đỏ", "column 1: unknown field 'màu:'"),
    ("person: x", "column 8: 'person:' needs a value right after the colon"),
    ("x person:", "column 10: 'person:' needs a value right after the colon"),
    ("kind:dog", "column 6: unknown kind 'dog'"),
    ("id:x", "column 4: 'x' is no article number"),
    ("id:0", "column 4: '0' is no article number"),
    ("after:hôm-kia", "column 7: 'hôm-kia' is no date"), ("during:..", "column 8: '..' is no date"),
    ("during:0d", "column 8: '0d' is no date"),
    ("persn:x", "did you mean 'person:'?"), ("kind:directve", "did you mean 'directive'?"),
    ("*a*", "column 1: '*' stands at the end"), ("a*b", "column 3: '*' may stand at the end"),
    ("NEAR a", "column 1: something to search for is missing here"),
    ("a NEAR", "column 7: something to search for is missing here"),
    ("a NEAR/0 b", "column 3: NEAR/ needs a number"), ("a NEAR/999 b", "column 3: NEAR/ needs"),
    ("a NEAR org:b", "column 3: NEAR stands between two words"),
    ("(a b) NEAR c", "column 7: NEAR stands between two words"),
    ("tag:\"a b\"", "column 5: 'a b' is no name for a tag"),
    ("during:2021-13", "column 8: '2021-13' is no date"),
    ("during:(2021)", "column 8: 'during:' needs one value"),
    ("place:()", "column 7: something to search for is missing in these brackets"),
    ("place:(person:x)", "column 8: a field within a field"),
    (String(repeating: "(", count: 30), "column 25: more than 24 brackets"),
    (String(repeating: "-", count: 3_000) + "a", "column 25: more than 24 brackets"),
    (String(repeating: "a ", count: 65), "column 129: more than 64 terms"),
    (String(repeating: "a", count: 5_000), "longer than 4096 bytes"),
  ])
  func saysWhereItIsWrong(query: String, message: String) {
    #expect {
      try QueryParser.parse(query)
    } throws: { error in
      let error = error as? DanvanError
      return error?.code == .invalidArgument && error?.message.contains(message) == true
    }
  }

  @Test(arguments: [
    ("2021", "2021-01-01", "2022-01-01"), ("năm-2021", "2021-01-01", "2022-01-01"),
    ("2021-03", "2021-03-01", "2021-04-01"), ("2021-12", "2021-12-01", "2022-01-01"),
    ("3/2021", "2021-03-01", "2021-04-01"), ("tháng-12-2021", "2021-12-01", "2022-01-01"),
    ("2021-Q1", "2021-01-01", "2021-04-01"), ("2021-q4", "2021-10-01", "2022-01-01"),
    ("Q2-2021", "2021-04-01", "2021-07-01"), ("quý-III-2021", "2021-07-01", "2021-10-01"),
    ("quí-2-2021", "2021-04-01", "2021-07-01"), ("2020-02-29", "2020-02-29", "2020-03-01"),
    ("31/12/2020", "2020-12-31", "2021-01-01"), ("26.3.2021", "2021-03-26", "2021-03-27"),
  ])
  func periods(text: String, first: String, next: String) {
    let period = QueryPeriod(text)
    #expect(period?.first == PartialDate(first))
    #expect(period?.next == PartialDate(next))
  }

  @Test func readsNearness() throws {
    func term(_ text: String, _ column: Int) -> QueryTerm { QueryTerm(text: text, column: column) }
    #expect(
      try QueryParser.parse("a NEAR/3 b NEAR c d")
        == .all([
          .near([term("a", 1), term("b", 10), term("c", 17)], within: 10), Self.word("d", 19),
        ]))
    #expect(try QueryParser.parse("nhãn:đọc") == .tagged("đọc"))
    for text in ["lang:en", "ngôn_ngữ:\"tiếng_anh\"", "ngon_ngu:English"] {
      #expect(try QueryParser.parse(text) == .written(in: .english))
    }
    #expect(try QueryParser.parse("saved:\"x y\"") == .saved("x y", column: 7))
  }

  @Test(arguments: [
    ("hôm-nay", "2024-03-31", "2024-04-01"), ("yesterday", "2024-03-30", "2024-03-31"),
    ("tuần-này", "2024-03-25", "2024-04-01"), ("last-week", "2024-03-18", "2024-03-25"),
    ("tháng-trước", "2024-02-01", "2024-03-01"), ("this_month", "2024-03-01", "2024-04-01"),
    ("năm-ngoái", "2023-01-01", "2024-01-01"), ("1d", "2024-03-31", "2024-04-01"),
    ("1w", "2024-03-25", "2024-04-01"), ("1m", "2024-02-29", "2024-04-01"),
    ("13m", "2023-02-28", "2024-04-01"), ("1y", "2023-03-31", "2024-04-01"),
    ("2020..2021-03", "2020-01-01", "2021-04-01"), ("hôm-qua..hôm-nay", "2024-03-30", "2024-04-01"),
  ])
  func periodsCountedFromToday(text: String, first: String, next: String) throws {
    let today = try #require(PartialDate("2024-03-31"))
    let period = QueryPeriod.reading(text, today: today)
    #expect(period?.first == PartialDate(first))
    #expect(period?.next == PartialDate(next))
  }

  @Test func openPeriods() throws {
    let today = try #require(PartialDate("2024-03-31"))
    #expect(
      try QueryParser.parse("during:2020..", today: today)
        == .dated(from: PartialDate("2020-01-01"), before: nil))
    #expect(
      try QueryParser.parse("trong:..2020", today: today)
        == .dated(from: nil, before: PartialDate("2021-01-01")))
  }

  @Test(arguments: [
    ("during:2021..2020", 12), ("sau:hôm-nay..hôm-qua", 9), ("trước:2021-03-02..2021-03-01", 11),
  ])
  func aPeriodThatEndsBeforeItBeginsIsAnError(_ text: String, _ column: Int) throws {
    let today = try #require(PartialDate("2024-03-31"))
    let error = #expect(throws: DanvanError.self) {
      try QueryParser.parse("họp " + text, today: today)
    }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.hasPrefix("query, column \(column): '") == true)
    #expect(error?.message.hasSuffix("ends before it begins") == true)
    #expect(
      try QueryParser.parse("during:2021..2021", today: today)
        == .dated(from: PartialDate("2021-01-01"), before: PartialDate("2022-01-01")))
  }

  @Test func dayNumbersAreUndone() {
    for number in stride(from: Int32(-719_162), to: 2_932_896, by: 97) {
      #expect(PartialDate(dayNumber: number)?.dayNumber == number)
    }
    #expect(PartialDate(dayNumber: -800_000) == nil)
  }

  @Test(arguments: [
    "", "21", "2021-Q5", "2021-02-30", "quý-V-2021", "x-y-z", "2021-", "-", "99999",
  ])
  func noPeriods(text: String) {
    #expect(QueryPeriod(text) == nil)
  }
}
