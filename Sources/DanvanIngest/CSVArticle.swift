import DanvanModel

/// One article as a table of a head line and one record (RFC 4180).
///
/// The separator is the one of comma, semicolon and tab that the head line has most of; the columns
/// are named as the fields of a JSON article, or mapped.
func csvArticle(
  _ bytes: [UInt8], stated: String?, mapping: [String: String]
) throws -> Draft {
  let decoded = try plainText(bytes, stated: stated)
  let rows = try CSVTable(decoded.text).rows
  guard rows.count == 2 else {
    throw DanvanError.invalid(
      "a CSV document is a head line and one record, not \(rows.count) lines")
  }
  let names = rows[0].map { $0.trimmed }
  guard rows[1].count == names.count else {
    throw DanvanError.invalid(
      "the record has \(rows[1].count) fields where the head line names \(names.count)")
  }
  let cells = Dictionary(zip(names, rows[1]), uniquingKeysWith: { first, _ in first })
  let folded = Dictionary(
    cells.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
  let fields = try NamedFields(form: "csv", mapping: mapping) { cells[$0] ?? folded[$0] }
  guard let text = fields[.text] else {
    let list = names.prefix(12).joined(separator: ", ")
    throw DanvanError.invalid(
      "the table has no column with the text: its columns are \(list); map one with text=COLUMN")
  }
  var draft = Draft(text: text.value)
  draft.note(decoded)
  fields.fill(&draft)
  return draft
}

/// The fields of a CSV text, line by line.
struct CSVTable {
  private(set) var rows: [[String]] = []

  /// Throws `invalidArgument` for a quote that is not closed.
  init(_ text: String) throws {
    let scalars = text.unicodeScalars
    let head = scalars.prefix { $0 != "\n" }
    let separator =
      (",;\t".unicodeScalars.map { mark in (mark, head.count { $0 == mark }) }
        .max { $0.1 < $1.1 }?.0) ?? ","
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var wasQuote = false
    for scalar in scalars {
      if isQuoted {
        if scalar == "\"" {
          isQuoted = false
          wasQuote = true
        } else {
          field.append(scalar)
        }
      } else if scalar == "\"" {
        // A doubled quote stands for one.
        if wasQuote { field.append(scalar) }
        isQuoted = true
        wasQuote = false
      } else if scalar == separator || scalar == "\n" {
        if scalar == "\n", field.last == "\r" { field.removeLast() }
        row.append(String(field))
        field = String.UnicodeScalarView()
        wasQuote = false
        if scalar == "\n" {
          if row != [""] { rows.append(row) }
          row = []
        }
      } else {
        wasQuote = false
        field.append(scalar)
      }
    }
    guard !isQuoted else { throw DanvanError.invalid("not CSV: a quoted field is not closed") }
    if !row.isEmpty || !field.isEmpty { rows.append(row + [String(field)]) }
  }
}
