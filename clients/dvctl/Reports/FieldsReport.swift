import DanvanText

/// A handful of named values: a line each for people, one object for programs.
struct FieldsReport: Report {
  struct Field {
    /// Empty: for people only.
    let name: String
    /// Nil: for programs only.
    let label: Localized?
    let value: JSON
    /// What people read instead of the value.
    var shown: String?
  }
  let fields: [Field]

  func lines(_ style: Style) -> [String] {
    let shown = fields.compactMap { field in field.label.map { ($0.text, field) } }
    let width = shown.map { displayWidth($0.0) }.max() ?? 0
    let inner = Style(hasColor: style.hasColor, width: style.width.map { max(8, $0 - width - 2) })
    return shown.flatMap { label, field in
      PaintedText.lines(of: field.shown ?? Self.plain(field.value), inner) { _ in .none }
        .enumerated().map { line, text in
          (line > 0
            ? String(repeating: " ", count: width + 2)
            : style.paint(label.padded(to: width + 2), .dim)) + text
        }
    }
  }

  var json: JSON {
    .object(fields.filter { !$0.name.isEmpty }.map { JSON.Member(name: $0.name, value: $0.value) })
  }

  private static func plain(_ value: JSON) -> String {
    if case .string(let text) = value { text.printable } else { value.compact }
  }
}
