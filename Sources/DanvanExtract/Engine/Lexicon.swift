import DanvanModel
import DanvanText

/// A list of words or phrases with their fields, read from a TSV file and matched on tokens.
///
/// A `#` head names source, licence, date and columns; then one entry a line, the phrase first,
/// fields after tabs. Syllables match whatever their case, tone placement and i/y spelling; but a
/// Capitalised syllable of the entry demands a capital in the text, and one in capitals (two letters
/// or more) demands capitals. A class only so that many rules may hold one cheaply.
final class Lexicon: Sendable {
  struct Entry: Sendable {
    fileprivate let row: TSV.Row

    var phrase: String { row.cell(0) }
    var fields: [String] { Array(row.cells.dropFirst()) }
    /// For messages.
    var place: String { row.place }

    /// The field of that number (0 is the first after the phrase), or "" where the line has none.
    func field(_ number: Int) -> String { number < 0 ? "" : row.cell(number + 1) }
  }
  typealias Match = (entry: Entry, tokens: Range<Int>)

  let name: String
  let entries: [Entry]
  private let shapes: PhraseShapes
  private let trie: PhraseTrie

  /// Reads one TSV file. Throws `DanvanError` naming `file` and the line.
  convenience init(name: String, file: String, contents: [UInt8]) throws {
    try self.init(name: name, TSV(file: file, contents: contents))
  }

  /// Throws `DanvanError` naming file and line of an entry without a syllable.
  init(name: String, _ table: TSV) throws {
    self.name = name
    var shapes = PhraseShapes()
    var trie = PhraseTrie()
    for (number, row) in table.rows.enumerated() {
      let tokens = Tokens(NormalizedText(row.cell(0)))
      guard !tokens.isEmpty else {
        throw DanvanError.invalid("\(row.place): the entry has no syllable")
      }
      trie.insert(tokens.lazy.map(\.key), Int32(number))
      shapes.append(tokens.lazy.map(\.shape))
    }
    entries = table.rows.map(Entry.init)
    self.shapes = shapes
    self.trie = trie
  }

  /// Keys of every entry's first syllable, each once: what a rule that begins here may begin with.
  var firstKeys: Set<UInt64> {
    Set(entries.lazy.compactMap { Tokens(NormalizedText($0.phrase)).first?.key })
  }

  /// Whether any entry begins with a syllable of that key.
  func mayBegin(with key: UInt64) -> Bool { trie.step(from: PhraseTrie.root, by: key) != nil }

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
      for value in trie.values(at: node) where shapes.agrees(Int(value), tokens, start) {
        found(Int(value), start..<place)
      }
    }
  }
}
