/// A result that can be written in every format.
protocol Report {
  /// Lines for people.
  func lines(_ style: Style) -> [String]
  /// The whole as one value.
  var json: JSON { get }
  /// The values of `ndjson`, a line each; the rows of `csv` and `md`.
  var rows: [JSON] { get }
  /// The whole as an iCalendar object; nil for what is no calendar.
  var calendar: String? { get }
}

extension Report {
  var rows: [JSON] { [json] }
  var calendar: String? { nil }
}

/// Writes reports to standard output; the one place that knows the formats.
struct Renderer {
  let format: Format
  let style: Style

  func render(_ report: some Report) throws {
    if format == .ics {
      guard let calendar = report.calendar else {
        throw Failure(.usage, "USAGE", "only events can be written as ics")
      }
      return try Output.write(calendar)
    }
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
      case .ics: report.calendar.map { [$0] } ?? []
      }
    return lines.map { $0 + "\n" }.joined()
  }
}
