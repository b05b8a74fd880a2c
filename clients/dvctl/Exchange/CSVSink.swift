import DanvanMessages

/// The rows of one table as CSV (RFC 4180), with a line for the names.
final class CSVSink: ExportSink {
  private let file: OutputFile
  private let table: FactTable

  init(_ table: FactTable, _ file: OutputFile) throws {
    self.file = file
    self.table = table
    try file.write(RowTable.csvLine(table.columns.map(\.name)) + "\n")
  }

  func write(_ item: Danvan_V1_ExportItem) throws {
    guard item.hasText else { return }
    for row in table.rows(ExportedArticle(item.text)) {
      try file.write(RowTable.csvLine(row.map(\.plain)) + "\n")
    }
  }

  func finish() throws { try file.finish() }
}

extension Cell {
  var plain: String {
    switch self {
    case .null: ""
    case .integer(let value): String(value)
    case .real(let value): "\(value)"
    case .text(let text): text
    case .list(let names): names.joined(separator: "; ")
    }
  }
}
