import DanvanMessages

/// A bar chart of months as an SVG picture, readable on light and on dark ground.
struct TimelineDrawing {
  let months: [Danvan_V1_MonthCount]
  let title: String

  private static let height = 180
  private static let left = 44

  var text: String {
    let most = max(1, months.map(\.articles).max() ?? 1)
    let step = max(4, min(28, 900 / max(1, months.count)))
    let width = Self.left + months.count * step + 12
    var bars = ""
    for (number, month) in months.enumerated() {
      let size = Int(month.articles) * Self.height / Int(most)
      let x = Self.left + number * step
      bars += """
        <rect x="\(x)" y="\(24 + Self.height - size)" width="\(max(2, step - 2))" height="\(size)" rx="1">\
        <title>\(month.month): \(month.articles)</title></rect>

        """
      if month.month.hasSuffix("-01") || number == 0 {
        bars += """
          <text x="\(x)" y="\(Self.height + 40)">\(month.month.prefix(4))</text>

          """
      }
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(Self.height + 52)" role="img">
      <title>\(Self.escaped(title.isEmpty ? "articles by month" : title))</title>
      <style>rect{fill:#2f6f9f}text{font:11px sans-serif;fill:#667}\
      @media(prefers-color-scheme:dark){rect{fill:#7fb6dd}text{fill:#aab}}</style>
      <text x="4" y="32">\(most)</text>
      <text x="4" y="\(24 + Self.height)">0</text>
      \(bars)</svg>

      """
  }

  private static func escaped(_ text: String) -> String { text.oneLine.escapedForMarkup }
}
