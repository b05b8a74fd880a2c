/// JSON objects as rows of one table, for spreadsheets and documents: a column for each member, in
/// the order of their first appearance. Lists and objects within are written as JSON.
struct RowTable {
  let columns: [String]
  let cells: [[String]]

  init(_ rows: [JSON]) {
    var names: [String] = []
    let members = rows.map { row -> [String: JSON] in
      guard case .object(let members) = row else { return ["value": row] }
      return Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
    }
    for row in rows {
      guard case .object(let members) = row else { continue }
      for member in members where !names.contains(member.name) { names.append(member.name) }
    }
    if names.isEmpty, !rows.isEmpty { names = ["value"] }
    columns = names
    cells = members.map { row in names.map { row[$0].map(Self.text) ?? "" } }
  }

  /// RFC 4180, with a line for the names; lines end as the output's other lines do.
  var csv: [String] {
    ([columns] + cells).filter { !$0.isEmpty }.map(Self.csvLine)
  }

  static func csvLine(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") }

  /// A table as most readers of Markdown take it.
  var markdown: [String] {
    guard !columns.isEmpty else { return [] }
    let rule = columns.map { _ in "---" }
    return ([columns, rule] + cells).map { row in
      "| " + row.map(Self.escaped).joined(separator: " | ") + " |"
    }
  }

  private static func text(_ value: JSON) -> String {
    switch value {
    case .null: return ""
    case .string(let text): return text
    case .array(let items):
      let texts = items.compactMap { item -> String? in
        if case .string(let text) = item { text } else { nil }
      }
      return texts.count == items.count ? texts.joined(separator: "; ") : value.compact
    default: return value.compact
    }
  }

  private static func quoted(_ cell: String) -> String {
    let isPlain = cell.utf8.allSatisfy { !",\"\r\n".utf8.contains($0) }
    let doubled = cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return isPlain ? cell : "\"\(doubled)\""
  }

  private static func escaped(_ cell: String) -> String {
    cell.oneLine.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
