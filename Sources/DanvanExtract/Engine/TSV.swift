import DanvanModel

/// A tab-separated file: `#` lines of the form `# key: text` at its head, then rows of cells.
///
/// In an overlay a line that begins with `-` takes away the entries of that phrase, or, with all its
/// cells, that one.
struct TSV: Sendable {
  struct Row: Sendable {
    let file: String
    /// Counted from 1.
    let line: Int
    /// At least one, the first not empty.
    let cells: [String]
    var place: String { "\(file):\(line)" }
  }
  /// Keys of the head in lower case; a head line without a colon continues the one before it.
  private(set) var head: [String: String] = [:]
  private(set) var rows: [Row] = []
  /// What an overlay takes away, without the `-`.
  private(set) var removals: [Row] = []

  init(head: [String: String] = [:], rows: [Row] = []) {
    self.head = head
    self.rows = rows
  }

  /// How many cells `# columns:` demands; else what the first row has.
  var width: Int? {
    head["columns"].map { $0.split(separator: ",").count } ?? rows.first?.cells.count
  }

  /// Throws `DanvanError` naming `file` and the line for what is not UTF-8, a carriage return, an
  /// empty line or first cell, and a row whose cells are not as many as `# columns:` names, or, in
  /// an overlay, as many as `width`, which the list has that it lies on.
  init(file: String, contents: [UInt8], isOverlay: Bool = false, width: Int? = nil) throws {
    var key = ""
    var columns = width
    var lines = contents.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (index, bytes) in lines.enumerated() {
      func fault(_ what: String) -> DanvanError { .invalid("\(file):\(index + 1): \(what)") }
      guard let line = String(validating: bytes, as: UTF8.self) else { throw fault("not UTF-8") }
      guard !bytes.contains(0x0D) else { throw fault("carriage return: lines must end in LF") }
      guard !bytes.isEmpty else { throw fault("empty line") }
      if line.utf8.first == UInt8(ascii: "#") {
        guard rows.isEmpty, removals.isEmpty else {
          throw fault("a `#` line after the first entry")
        }
        addHead(line.dropFirst(), &key)
        if width == nil { columns = head["columns"].map { $0.split(separator: ",").count } }
        continue
      }
      let removes = isOverlay && line.utf8.first == UInt8(ascii: "-")
      let cells = (removes ? line.dropFirst() : line[...])
        .split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard let first = cells.first, !first.isEmpty else { throw fault("the entry is empty") }
      if let columns, cells.count != columns, !(removes && cells.count == 1) {
        let demand = width == nil ? "`# columns:` names" : "the list has"
        throw fault("\(cells.count) cells where \(demand) \(columns)")
      }
      let row = Row(file: file, line: index + 1, cells: cells)
      if removes { removals.append(row) } else { rows.append(row) }
    }
  }

  private mutating func addHead(_ line: Substring, _ key: inout String) {
    let text = line.drop { $0 == " " }
    if let colon = text.firstIndex(of: ":"),
      !text[..<colon].isEmpty, text[..<colon].utf8.allSatisfy({ (97...122).contains($0 | 0x20) })
    {
      key = text[..<colon].lowercased()
      head[key] = String(text[text.index(after: colon)...].drop { $0 == " " })
    } else if !key.isEmpty {
      head[key, default: ""] += " " + text
    }
  }
}
