/// Cuts Vietnamese text into words: says which neighbouring tokens belong to one word.
///
/// A linear model over each gap between two tokens, decoded with the Viterbi algorithm, trained as an
/// averaged perceptron (Collins 2002, "Discriminative training methods for hidden Markov models");
/// `scripts/train` makes its weights. Marks written inside a number join it whatever the weights say.
public struct WordSegmenter: Sendable {
  private let list: WordList
  private let weights: WordWeights
  /// From the gap before (row) to this one (column), 0 parted and 1 joined.
  private let transitions: (Int32, Int32, Int32, Int32)

  public init(list: WordList, weights: WordWeights) {
    self.list = list
    self.weights = weights
    func transition(_ from: UInt64, _ to: UInt64) -> Int32 {
      weights[WordFeature.transition.key(0, from << 8 | to)]
    }
    transitions = (
      transition(0, 0), transition(0, 1), transition(1, 0), transition(1, 1)
    )
  }

  /// The words of a range of tokens, as ranges of token numbers, in order and without gaps.
  ///
  /// The range is clamped to the text; it should be one sentence, for no word crosses its ends.
  public func words(in tokens: Tokens, _ range: Range<Int>) -> [Range<Int>] {
    let range = range.clamped(to: 0..<tokens.count)
    guard range.count > 1 else { return range.isEmpty ? [] : [range] }
    let joined = decode(WordGaps(tokens, range, list), tokens, range)
    var words: [Range<Int>] = []
    words.reserveCapacity(range.count)
    var start = range.lowerBound
    for gap in joined.indices where !joined[gap] {
      words.append(start..<range.lowerBound + gap + 1)
      start = range.lowerBound + gap + 1
    }
    words.append(start..<range.upperBound)
    return words
  }

  /// For each gap of the range, whether it is inside a word.
  private func decode(_ gaps: WordGaps, _ tokens: Tokens, _ range: Range<Int>) -> [Bool] {
    var parted: Int32 = 0
    var joined = -Self.certain
    // For each gap, whether the best way to part here, and to join here, joined the gap before.
    var back: [(Bool, Bool)] = []
    back.reserveCapacity(range.count)
    for gap in 0..<range.count - 1 {
      let first = range.lowerBound + gap
      let score =
        isInsideNumber(tokens, first, range) ? Self.certain : gaps.score(at: gap, tokens, weights)
      let (keepParted, joinedToParted) = (parted + transitions.0, joined + transitions.2)
      let (partedToJoined, keepJoined) = (parted + transitions.1, joined + transitions.3)
      back.append((joinedToParted > keepParted, keepJoined > partedToJoined))
      parted = max(keepParted, joinedToParted)
      joined = max(partedToJoined, keepJoined) + score
      // Only their difference counts: kept small, so that no text is long enough to overflow.
      let least = max(parted, joined)
      parted = max(parted - least, -Self.certain)
      joined = max(joined - least, -Self.certain)
    }
    var result = [Bool](repeating: false, count: back.count)
    var isJoined = joined > parted
    for gap in back.indices.reversed() {
      result[gap] = isJoined
      isJoined = isJoined ? back[gap].1 : back[gap].0
    }
    return result
  }

  /// `3.000`, `26/3`, `30-4-1975`, `7,5`, `95%`, written without a space.
  private func isInsideNumber(_ tokens: Tokens, _ first: Int, _ range: Range<Int>) -> Bool {
    let (a, b) = (tokens[first], tokens[first + 1])
    guard !b.spaceBefore else { return false }
    if a.kind == .number {
      if b.key == Self.percent { return true }
      return Self.numberMarks.contains(b.key) && first + 2 < range.upperBound
        && tokens[first + 2].kind == .number && !tokens[first + 2].spaceBefore
    }
    return b.kind == .number && Self.numberMarks.contains(a.key) && first > range.lowerBound
      && tokens[first - 1].kind == .number && !a.spaceBefore
  }

  /// More than any sum of weights.
  private static let certain: Int32 = 1 << 28
  private static let percent = Hashing.key(scalar: 0x25)
  private static let numberMarks: Set<UInt64> = [
    PunctuationKey.fullStop, PunctuationKey.comma, PunctuationKey.slash, PunctuationKey.dash,
    PunctuationKey.colon,
  ]
}
