import Testing

@testable import dvctl

struct RowTableTests {
  private let rows: [JSON] = [
    ["a": "x,\"y\"", "b": 1], ["b": 2, "c": ["p", "q"], "d": ["n": 1]],
  ]

  @Test func csvQuotesWhatItMust() {
    #expect(
      RowTable(rows).csv == ["a,b,c,d", "\"x,\"\"y\"\"\",1,,", ",2,p; q,\"{\"\"n\"\":1}\""])
    #expect(RowTable(["line\nbreak"]).csv == ["value", "\"line\nbreak\""])
    #expect(RowTable([]).csv == [])
  }

  @Test func markdownKeepsItsColumns() {
    #expect(
      RowTable([["a": "x|y\nz"]]).markdown == ["| a |", "| --- |", "| x\\|y z |"])
  }
}
