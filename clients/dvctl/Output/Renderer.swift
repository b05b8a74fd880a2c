/// A result that can be written in every format.
protocol Report {
  /// Lines for people.
  func lines(_ style: Style) -> [String]
  /// The whole as one value.
  var json: JSON { get }
  /// The values of `ndjson`, a line each.
  var rows: [JSON] { get }
  /// The rows of `csv` and `md`: without objects in them, for those are no table's.
  var table: [JSON] { get }
  /// The whole as an iCalendar object; nil for what is no calendar.
  var calendar: String? { get }
  /// The whole as an SVG picture; nil for what is not drawn.
  var drawing: String? { get }
}

extension Report {
  var rows: [JSON] { [json] }
  var table: [JSON] { rows }
  var calendar: String? { nil }
  var drawing: String? { nil }
}

/// Writes reports to standard output; the one place that knows the formats.
struct Renderer {
  let format: Format
  let style: Style
  /// Whether what is written goes on with a table whose head has been written.
  var isContinued = false

  func render(_ report: some Report) throws { try Output.write(bytes: try bytes(of: report)) }

  /// Into a file instead; nil: to standard output.
  func render(_ report: some Report, to path: String?) throws {
    guard let path else { return try render(report) }
    let bytes = try bytes(of: report)
    let file = try OutputFile(path: path)
    try file.write(bytes: bytes)
    try file.finish()
  }

  /// Throws `Failure` for a format that the report does not have.
  private func bytes(of report: some Report) throws -> [UInt8] {
    switch format {
    case .ics:
      guard let calendar = report.calendar else {
        throw Failure(.usage, "USAGE", Localized("only events can be written as ics"))
      }
      return Array(calendar.utf8)
    case .svg, .png:
      guard let drawing = report.drawing else {
        throw Failure(
          .usage, "USAGE", Localized("only timeline can be drawn as \(format.rawValue)"))
      }
      return format == .svg ? Array(drawing.utf8) : try Picture.png(ofSVG: drawing)
    case .text, .json, .ndjson, .csv, .md: return Array(text(of: report).utf8)
    }
  }

  func text(of report: some Report) -> String {
    let lines =
      switch format {
      case .text: report.lines(style)
      case .json: [report.json.pretty]
      case .ndjson: report.rows.map(\.compact)
      case .csv: Array(RowTable(report.table).csv.dropFirst(isContinued ? 1 : 0))
      case .md: Array(RowTable(report.table).markdown.dropFirst(isContinued ? 2 : 0))
      case .ics, .svg, .png: [] as [String]
      }
    return lines.map { $0 + "\n" }.joined()
  }
}
