import DanvanText

/// The capitals that phrases of a word list demand of a text, by the phrases' numbers.
struct PhraseShapes: Sendable {
  /// Of the phrases that demand any, one after the other.
  private var shapes: [Token.Shape] = []
  private var ends: [UInt32] = []

  /// Adds the next phrase, of these shapes.
  mutating func append(_ phrase: some Sequence<Token.Shape>) {
    let phrase = Array(phrase)
    if phrase.contains(where: { $0 != .none && $0 != .lower }) { shapes += phrase }
    ends.append(UInt32(shapes.count))
  }

  /// Whether the tokens from `start` on meet what that phrase demands; they are as many as its own.
  func agrees(_ phrase: Int, _ tokens: Tokens, _ start: Int) -> Bool {
    let first = phrase == 0 ? 0 : Int(ends[phrase - 1])
    for place in first..<Int(ends[phrase])
    where !shapes[place].admits(tokens[start + place - first].shape) {
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
