/// Which sequences of syllables are known as words, each with a grade of how surely it is one.
///
/// Tens of thousands of words take some hundred KiB. Built once, then read only.
public struct WordList: Sendable {
  private var trie = SyllableTrie()
  /// For each node of the trie the grade of the word that ends there; 0 for none.
  private var grades: [UInt8] = [0]

  static let longest = 5

  public init() {}

  /// Adds a word of two to five syllables. Returns false for another length, a grade of 0, and a
  /// word that is there already.
  public mutating func add(_ syllables: [UInt64], grade: UInt8) -> Bool {
    guard (2...Self.longest).contains(syllables.count), grade > 0 else { return false }
    let node = Int(trie.add(syllables))
    while grades.count < trie.nodeCount { grades.append(0) }
    guard grades[node] == 0 else { return false }
    grades[node] = grade
    return true
  }

  /// Calls `found` with the length and grade of each word that begins at `start` and ends before
  /// `end` (token numbers), shortest first.
  @inline(__always)
  func forEachWord(
    in tokens: Tokens, at start: Int, before end: Int, _ found: (Int, UInt8) -> Void
  ) {
    var node = SyllableTrie.root
    var place = start
    let end = min(end, start + Self.longest)
    while place < end, let next = trie.step(from: node, by: tokens[place].key) {
      node = next
      place += 1
      let grade = grades[Int(node)]
      if grade > 0 { found(place - start, grade) }
    }
  }
}
