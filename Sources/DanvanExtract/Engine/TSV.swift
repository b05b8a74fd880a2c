import DanvanModel

/// A tab-separated file: `#` lines of the form `# key: text` at its head, then rows of cells.
///
/// In an overlay a line that begins with `-` takes away the entries of that phrase, or, with all its
/// cells, that one.
struct TSV: Sendable {
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
    let text = Text(file: file, contents: contents)
    guard contents.count <= Int(Int32.max) else {
      throw DanvanError.invalid("\(file): longer than 2 GiB")
    }
    var key = ""
    var columns = width
    let isUTF8 = String(validating: contents, as: UTF8.self) != nil
    var (start, number) = (0, 0)
    while start < contents.count {
      let end = contents[start...].firstIndex(of: 0x0A) ?? contents.count
      let bytes = contents[start..<end]
      number += 1
      func fault(_ what: String) -> DanvanError { .invalid("\(file):\(number): \(what)") }
      guard isUTF8 || String(validating: bytes, as: UTF8.self) != nil else {
        throw fault("not UTF-8")
      }
      guard !bytes.contains(0x0D) else { throw fault("carriage return: lines must end in LF") }
      guard let first = bytes.first else { throw fault("empty line") }
      defer { start = end + 1 }
      if first == UInt8(ascii: "#") {
        guard rows.isEmpty, removals.isEmpty else {
          throw fault("a `#` line after the first entry")
        }
        addHead(Substring(decoding: bytes.dropFirst(), as: UTF8.self), &key)
        if width == nil { columns = head["columns"].map { $0.split(separator: ",").count } }
        continue
      }
      let removes = isOverlay && first == UInt8(ascii: "-")
      let row = Row(text, start: removes ? start + 1 : start, line: number)
      guard let cell = row.bytes.first, cell != UInt8(ascii: "\t") else {
        throw fault("the entry is empty")
      }
      let count = row.count
      if let columns, count != columns, !(removes && count == 1) {
        throw fault(
          width == nil
            ? "\(count) cells where `# columns:` names \(columns)"
            : "\(count) cells where the list has \(columns)")
      }
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

extension TSV {
  /// A file as it was read; all its rows look into it.
  fileprivate final class Text: Sendable {
    let file: String
    /// Valid UTF-8 wherever a row begins.
    let contents: [UInt8]

    init(file: String, contents: [UInt8]) {
      self.file = file
      self.contents = contents
    }
  }

  /// One line. It holds no text of its own: cells are made when they are asked for, so that tens of
  /// thousands of rows cost little more than their file.
  struct Row: Sendable {
    private let text: Text
    private let start: UInt32
    private let number: UInt32

    fileprivate init(_ text: Text, start: Int, line: Int) {
      self.text = text
      self.start = UInt32(start)
      number = UInt32(line)
    }

    var file: String { text.file }
    /// Counted from 1.
    var line: Int { Int(number) }
    var place: String { "\(file):\(line)" }

    fileprivate var bytes: ArraySlice<UInt8> {
      let rest = text.contents[Int(start)...]
      return rest[..<(rest.firstIndex(of: 0x0A) ?? rest.endIndex)]
    }

    /// How many cells there are: at least one.
    var count: Int { bytes.reduce(1) { $1 == UInt8(ascii: "\t") ? $0 + 1 : $0 } }

    /// The first is not empty.
    var cells: [String] {
      bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
    }

    /// The cell of that number (from 0), or "" where the line has none.
    func cell(_ number: Int) -> String {
      guard number >= 0 else { return "" }
      var rest = bytes
      for _ in 0..<number {
        guard let tab = rest.firstIndex(of: UInt8(ascii: "\t")) else { return "" }
        rest = rest[(tab + 1)...]
      }
      return String(
        decoding: rest[..<(rest.firstIndex(of: UInt8(ascii: "\t")) ?? rest.endIndex)],
        as: UTF8.self)
    }
  }
}
