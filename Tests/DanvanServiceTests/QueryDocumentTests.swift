import DanvanModel
import Foundation
import TestSupport
import Testing

@testable import DanvanService

/// docs/query-language.md, of which danvan-query(7) is made, against the parser.
struct QueryDocumentTests {
  private let lines: [String]

  init() throws {
    let file = Repository.root.appendingPathComponent("docs/query-language.md")
    lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func section(_ heading: String) -> [String] {
    Array(lines.drop { $0 != "## \(heading)" }.dropFirst().prefix { !$0.hasPrefix("## ") })
  }

  /// What stands in code in the first cells of a table's rows.
  private static func code(_ text: Substring) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test func everyFieldAndKindIsThere() {
    let fields = section("Fields").joined(separator: "\n")
    for name in QueryNames.fieldList.split(separator: " ") {
      #expect(fields.contains("`\(name)`"), "\(name)")
    }
    for kind in QueryNames.kindList.split(separator: ",") {
      #expect(fields.contains(kind.drop { $0 == " " }), "\(kind)")
    }
  }

  @Test func everyFieldThatIsThereIsOne() {
    let rows = section("Fields").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 12)
    for row in rows {
      let names = row.split(separator: "|").prefix(2).flatMap(Self.code)
      #expect(names.count >= 2)
      for name in names { #expect(QueryNames.field(String(name.dropLast())) != nil, "\(name)") }
    }
  }

  @Test func everyErrorIsGivenAsItStands() {
    let rows = section("Errors").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 5)
    for row in rows {
      let parts = row.split(separator: "`", maxSplits: 2)
      let told = parts[2].dropFirst(3).dropLast(2)
      let error = #expect(throws: DanvanError.self) { try QueryParser.parse(String(parts[1])) }
      #expect(error?.message == String(told), "\(parts[1])")
    }
  }

  @Test func everyExampleIsRead() throws {
    let examples = section("Examples").filter { $0.hasPrefix("dvctl ") }
    #expect(examples.count > 5)
    for example in examples {
      let query =
        example.split(separator: "'").count > 1
        ? String(example.split(separator: "'")[1])
        : example.split(separator: " ").dropFirst(2).joined(separator: " ")
      _ = try QueryParser.parse(query)
    }
  }
}
