import DanvanMessages

/// What becomes of the items of an export, in their order.
protocol ExportSink: AnyObject {
  func write(_ item: Danvan_V1_ExportItem) throws
  /// After the last: what was written takes its place.
  func finish() throws
}

/// What an export is written as.
enum ExportFormat: String, CaseIterable {
  case jsonl, csv, md, sqlite, gold

  /// By the ending of a file's name.
  init?(ending path: String) {
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    switch ending {
    case "jsonl", "ndjson": self = .jsonl
    case "csv": self = .csv
    case "md", "markdown": self = .md
    case "sqlite", "sqlite3", "db": self = .sqlite
    default: return nil
    }
  }
}
