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
    ("after:hôm-qua", "column 7: 'hôm-qua' is no date"),
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

  @Test(arguments: [
    "", "21", "2021-Q5", "2021-02-30", "quý-V-2021", "x-y-z", "2021-", "-", "99999",
  ])
  func noPeriods(text: String) {
    #expect(QueryPeriod(text) == nil)
  }
}
