import DanvanText

/// Rows in aligned columns, cut to the terminal's width.
struct Table {
  struct Column {
    enum Side { case left, right }
    let name: Localized
    var side = Side.left
    /// Columns that this one keeps when the terminal is narrow; nil: it is never cut.
    var least: Int?
    var paint = Paint.none
  }
  let columns: [Column]
  var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// A line for the names, then one for each row, without spaces at the end. On a terminal too narrow for that each
  /// row is a record.
  func lines(_ style: Style) -> [String] {
    let widths = widths(within: style.width)
    if let limit = style.width, Self.sum(widths) > limit { return records(limit, style) }
    let head = columns.map(\.name.text)
    return [line(head, widths, style) { _ in .dim }]
      + rows.map { line($0, widths, style) { columns[$0].paint } }
  }

  private func line(
    _ cells: [String], _ widths: [Int], _ style: Style, paint: (Int) -> Paint
  ) -> String {
    var line = ""
    for (index, (cell, width)) in zip(cells, widths).enumerated() {
      let text = cell.printable.cut(to: width)
      let isLast = index == columns.count - 1
      let gap = String(repeating: " ", count: max(0, width - displayWidth(text)))
      let painted = style.paint(text, paint(index))
      switch columns[index].side {
      case .left: line += painted + (isLast ? "" : gap)
      case .right: line += gap + painted
      }
      if !isLast { line += "  " }
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Each as wide as its widest cell; where that is too wide, the cuttable ones give, widest first.
  func widths(within limit: Int?) -> [Int] {
    var widths = columns.indices.map { column in
      ([columns[column].name.text] + rows.map { $0.indices.contains(column) ? $0[column] : "" })
        .map { displayWidth($0.printable) }.max() ?? 0
    }
    guard let limit else { return widths }
    var excess = Self.sum(widths) - limit
    while excess > 0 {
      let cuttable = columns.indices.filter { widths[$0] > columns[$0].least ?? .max }
      guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// Of a line of such columns, with two spaces between.
  private static func sum(_ widths: [Int]) -> Int { widths.reduce(2 * (widths.count - 1), +) }

  /// A line for each cell that holds something, behind its column's name; an empty line between rows.
  private func records(_ limit: Int, _ style: Style) -> [String] {
    let names = columns.map(\.name.text)
    let margin = 2 + (names.map(displayWidth).max() ?? 0)
    let inner = Style(hasColor: style.hasColor, width: max(8, limit - margin))
    let blank = String(repeating: " ", count: margin)
    return rows.enumerated().flatMap { number, row in
      (number > 0 ? [""] : [])
        + zip(columns.indices, row).filter { !$1.isEmpty }.flatMap { index, cell in
          PaintedText.lines(of: cell.printable, inner) { _ in columns[index].paint }.enumerated()
            .map { line, text in
              (line > 0 ? blank : style.paint(names[index].padded(to: margin), .dim)) + text
            }
        }
    }
  }
}
