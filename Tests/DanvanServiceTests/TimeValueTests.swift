import DanvanModel
import Testing

@testable import DanvanService

@Suite struct TimeValueTests {
  @Test(arguments: [
    "2021", "2021-03", "2021-03-26", "2021-03-26TAF", "2021-03-26T09", "2021-03-26T09:30",
    "2021-Q4",
    "2021-EOY", "XXXX-02-29", "REF", "REFTMO", "REF+P1D", "19XX",
    "199X", "term:15", "2016/2020", "2015-EOY/2016", "2021-03-26/2021-03-28",
  ])
  func isTaken(_ text: String) throws {
    #expect(try TimeValue.checked(text) == text)
  }

  @Test(arguments: [
    "", "bar", "2021-13", "2021-02-30", "26-3-2021", "2021-Q5", "2021TAF", "2021-03TAF",
    "2021-03-26T",
    "2021-03-26TXX", "2021-03-26T24:00", "2021-03-26T9", "term:", "term:150", "19X", "1XX", "REFX",
    "REF+P", "REF+1D", "2021/2019", "2021-03-26/2021-03-25",
    "XXXX", "XXXX-13", "XXXX-02-30", "X", "2021/",
    "2021/2022/2023", "2021-03-26TAFTAF", "2021 ",
  ])
  func isRefused(_ text: String) {
    let error = #expect(throws: DanvanError.self) { try TimeValue.checked(text) }
    #expect(error?.code == .invalidArgument)
  }
}
