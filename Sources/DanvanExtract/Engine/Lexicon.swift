import DanvanModel
import DanvanText

/// A list of words or phrases with their fields, read from a TSV file and matched on tokens.
///
/// A `#` head names source, licence, date and columns; then one entry a line, the phrase first,
/// fields after tabs. Syllables match whatever their case, tone placement and i/y spelling; but a
/// Capitalised syllable of the entry demands a capital in the text, and one in capitals (two letters
/// or more) demands capitals. A class only so that many rules may hold one cheaply.
final class Lexicon: Sendable {
  struct Entry: Sendable, Equatable {
    let phrase: String
    let fields: [String]
    let file: String
    /// Counted from 1.
    let line: Int

    /// For messages.
    var place: String { "\(file):\(line)" }

    /// The field of that number (0 is the first after the phrase), or "" where the line has none.
    func field(_ number: Int) -> String {
      fields.indices.contains(number) ? fields[number] : ""
    }
  }
  typealias Match = (entry: Entry, tokens: Range<Int>)

  let name: String
  let entries: [Entry]
  private let shapes: [[Token.Shape]]
  private let trie: PhraseTrie
  /// Keys of every entry's first syllable, each once: what a rule that begins here may begin with.
  let firstKeys: Set<UInt64>

  /// Reads one TSV file. Throws `DanvanError` naming `file` and the line.
  convenience init(name: String, file: String, contents: [UInt8]) throws {
    try self.init(name: name, TSV(file: file, contents: contents))
  }

  /// Throws `DanvanError` naming file and line of an entry without a syllable.
  init(name: String, _ table: TSV) throws {
    self.name = name
    var shapes: [[Token.Shape]] = []
    var first: Set<UInt64> = []
    var trie = PhraseTrie()
    for (number, row) in table.rows.enumerated() {
      let tokens = Tokens(NormalizedText(row.cells[0]))
      guard let head = tokens.first else {
        throw DanvanError.invalid("\(row.place): the entry has no syllable")
      }
      trie.insert(tokens.map(\.key), Int32(number))
      shapes.append(tokens.map(\.shape))
      first.insert(head.key)
    }
    self.entries = table.rows.map {
      Entry(
        phrase: $0.cells[0], fields: Array($0.cells.dropFirst()), file: $0.file, line: $0.line)
    }
    self.shapes = shapes
    self.trie = trie
    self.firstKeys = first
  }

  /// The longest entry that begins at `token` and ends before `end` (token numbers).
  func longestMatch(in scan: Scan, at token: Int, before end: Int) -> Match? {
    var best: (Int, Range<Int>)?
    forEachMatch(in: scan.tokens, at: token, before: end) { best = ($0, $1) }
    return best.map { (entries[$0.0], $0.1) }
  }

  /// Every entry that begins at `token` and ends before `end`, shortest first.
  func matches(in scan: Scan, at token: Int, before end: Int) -> [Match] {
    var all: [Match] = []
    forEachMatch(in: scan.tokens, at: token, before: end) { all.append((entries[$0], $1)) }
    return all
  }

  /// As `matches`, but gives entry numbers and builds nothing.
  func forEachMatch(
    in tokens: Tokens, at start: Int, before end: Int, _ found: (Int, Range<Int>) -> Void
  ) {
    var node = PhraseTrie.root
    var place = start
    let end = min(end, tokens.count)
    while place < end, let next = trie.step(from: node, by: tokens[place].key) {
      node = next
      place += 1
      for value in trie.values(at: node) where agrees(shapes[Int(value)], tokens, start) {
        found(Int(value), start..<place)
      }
    }
  }

  private func agrees(_ demanded: [Token.Shape], _ tokens: Tokens, _ start: Int) -> Bool {
    for (offset, demand) in demanded.enumerated()
    where !demand.admits(tokens[start + offset].shape) {
      return false
    }
    return true
  }
}

extension Token.Shape {
  /// Whether a word list's syllable of this shape is met by a text's syllable of shape `other`.
  func admits(_ other: Token.Shape) -> Bool {
    switch self {
    case .none, .lower: true
    case .capitalized: other != .lower && other != .none
    case .mixed: other == .mixed || other == .upper
    case .upper: other == .upper
    }
  }
}
