/// A result that can be written in every format.
protocol Report {
  /// Lines for people.
  func lines(_ style: Style) -> [String]
  /// The whole as one value.
  var json: JSON { get }
  /// The values of `ndjson`, a line each; the rows of `csv` and `md`.
  var rows: [JSON] { get }
}

extension Report {
  var rows: [JSON] { [json] }
}

/// Writes reports to standard output; the one place that knows the formats.
struct Renderer {
  let format: Format
  let style: Style

  func render(_ report: some Report) throws {
    try Output.write(text(of: report))
  }

  func text(of report: some Report) -> String {
    let lines =
      switch format {
      case .text: report.lines(style)
      case .json: [report.json.pretty]
      case .ndjson: report.rows.map(\.compact)
      case .csv: RowTable(report.rows).csv
      case .md: RowTable(report.rows).markdown
      }
    return lines.map { $0 + "\n" }.joined()
  }
}
