import DanvanText

/// The full names that an article writes where nothing can be taken for a part of them: behind a form
/// of address (`đồng chí Lâm Thị Nghĩa`) or a level in small letters (`HĐND tỉnh Vũ Thị Ví`).
struct NameAnchors: Sendable {
  private let names: Set<[UInt64]>

  init(_ scan: Scan, _ grid: NameGrid) {
    var names: Set<[UInt64]> = []
    let tokens = scan.tokens
    for index in tokens.indices {
      guard
        let word = grid.longest(.honorific, at: index, before: tokens.count)
          ?? grid.longest(.level, at: index, before: tokens.count),
        tokens[word.end - 1].shape == .lower
      else { continue }
      var end = word.end
      while end < tokens.count, end - word.end <= Self.longest, tokens[end].isCapitalized,
        tokens[end].kind == .word
      {
        end += 1
      }
      if Self.lengths.contains(end - word.end) {
        names.insert(tokens[word.end..<end].map(\.key))
      }
    }
    self.names = names
  }

  /// Whether one of them is written at `index`, with no capital behind it.
  func contains(at index: Int, in tokens: Tokens) -> Bool {
    guard !names.isEmpty else { return false }
    return Self.lengths.contains { length in
      let end = index + length
      return end <= tokens.count && (end == tokens.count || !tokens[end].isCapitalized)
        && names.contains(tokens[index..<end].map(\.key))
    }
  }

  /// In syllables.
  private static let lengths = 3...4
  private static let longest = 4
}
