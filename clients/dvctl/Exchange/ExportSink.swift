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
}
