import DanvanText
import Testing

@testable import DanvanExtract

/// Word lists are kept so that a reader can trust and a diff can show them.
@Suite struct DataFileTests {
  @Test("tables", arguments: DataFiles.tables)
  func tableIsInOrder(_ path: String) throws {
    let contents = try #require(DataFiles.contents(path))
    let table = try TSV(file: path, contents: contents)
    for key in ["source", "licence", "date", "columns"] {
      #expect(table.head[key]?.isEmpty == false, "\(path): the head has no `# \(key):`")
    }
    let lines = contents.split(separator: 0x0A).filter { $0.first != UInt8(ascii: "#") }
    for (a, b) in zip(lines, lines.dropFirst()) {
      let here = String(validating: b, as: UTF8.self) ?? "?"
      #expect(!a.elementsEqual(b), "\(path): twice: \(here)")
      #expect(a.lexicographicallyPrecedes(b), "\(path): not in byte order: \(here)")
    }
    for row in table.rows {
      for cell in row.cells where NormalizedText(cell).bytes != Array(cell.utf8) {
        Issue.record("\(path):\(row.line): not in normal form: \(cell)")
      }
    }
    if path.hasPrefix("lexicon/") {
      var seen: Set<[UInt8]> = []
      for row in table.rows where !seen.insert(Array(row.cells[0].utf8)).inserted {
        Issue.record("\(path):\(row.line): entry twice: \(row.cells[0])")
      }
    }
  }
}
