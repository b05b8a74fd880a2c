import DanvanMessages

/// A bar chart of months, or of years where the months are many, as an SVG picture, readable on light and
/// on dark ground.
struct TimelineDrawing {
  private struct Column {
    /// `2021-03` or `2021`.
    let name: String
    var articles: Int
  }

  private let columns: [Column]
  private let title: String

  private static let mostMonths = 240
  private static let plot = (left: 56.0, top: 48.0, width: 888.0, height: 220.0)
  private static let mostLabels = 16

  init(months: [Danvan_V1_MonthCount], title: String) {
    self.title = title
    var columns: [Column] = []
    for month in months {
      let name =
        months.count > Self.mostMonths ? String(month.month.prefix(4)) : month.month
      if columns.last?.name != name { columns.append(Column(name: name, articles: 0)) }
      columns[columns.count - 1].articles += Int(month.articles)
    }
    self.columns = columns
  }

  var text: String {
    let plot = Self.plot
    let most = DayChart.round(up: max(1, columns.map(\.articles).max() ?? 1))
    let bottom = plot.top + plot.height
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="960" height="308" viewBox="0 0 960 308" role="img">
      <title>\(Self.escaped(title))</title>
      <style>text{font:13px "Noto Sans","Liberation Sans",sans-serif;fill:#5d6670}.t{font-size:16px;font-weight:600;\
      fill:#1d2125}.c rect{fill:#2c5f8d}path{fill:none;stroke:#ddd7cb}.a{stroke:#1d2125}\
      @media(prefers-color-scheme:dark){text{fill:#9ba4ad}.t{fill:#e7e4dd}.c rect{fill:#6fa9dd}path{stroke:#333a42}\
      .a{stroke:#e7e4dd}}</style>
      <text class="t" x="8" y="24">\(Self.escaped(title))</text>
      \(scale(most))
      <g class="c">
      \(bars(most))
      </g>
      <path class="a" d="M\(plot.left.percent) \(bottom.percent)H\((plot.left + plot.width).percent)"/>
      \(labels)
      </svg>

      """
  }

  private func scale(_ most: Int) -> String {
    let values = most % 2 == 0 ? [most, most / 2, 0] : [most, 0]
    return values.map { value in
      let y = Self.plot.top + Self.plot.height * (1 - Double(value) / Double(most))
      let line =
        value == 0
        ? "" : "<path d=\"M\(Self.plot.left.percent) \(y.percent)h\(Self.plot.width.percent)\"/>"
      return line
        + "<text x=\"\((Self.plot.left - 8).percent)\" y=\"\((y + 4).percent)\" text-anchor=\"end\">"
        + "\(Quantities.count(Int64(value)))</text>"
    }.joined(separator: "\n")
  }

  private var step: Double { Self.plot.width / Double(max(1, columns.count)) }

  private func bars(_ most: Int) -> String {
    columns.enumerated().filter { $0.element.articles > 0 }.map { place, column in
      let height = Self.plot.height * Double(column.articles) / Double(most)
      let x = Self.plot.left + (Double(place) + 0.08) * step
      return
        "<rect x=\"\(x.percent)\" y=\"\((Self.plot.top + Self.plot.height - height).percent)\" "
        + "width=\"\((step * 0.84).percent)\" height=\"\(height.percent)\">"
        + "<title>\(column.name): \(Quantities.count(Int64(column.articles)))</title></rect>"
    }.joined(separator: "\n")
  }

  /// Years, as many as can be read.
  private var labels: String {
    let years = columns.enumerated().filter { place, column in
      column.name.count == 4 || column.name.hasSuffix("-01")
    }
    let every = max(1, (years.count + Self.mostLabels - 1) / Self.mostLabels)
    var shown = years.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    // A few months need not hold a January.
    if shown.isEmpty, let first = columns.first { shown = [(0, first)] }
    return shown.map { place, column in
      let x = Self.plot.left + Double(place) * step
      let y = Self.plot.top + Self.plot.height
      let name = years.isEmpty ? column.name : String(column.name.prefix(4))
      return "<path d=\"M\(x.percent) \(y.percent)v8\"/>"
        + "<text x=\"\((x + 4).percent)\" y=\"\((y + 20).percent)\">\(name)</text>"
    }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String { text.oneLine.escapedForMarkup }
}
