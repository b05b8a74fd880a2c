/// What the segmenter looks at when it decides whether two neighbouring tokens are of one word.
///
/// The gap between tokens `b` and `c` is seen with one token more on either side, `a b | c d`.
public enum WordFeature: String, Sendable, CaseIterable {
  /// The syllable `b`; the syllable `c`.
  case left, right
  /// The syllable `b` with the shape of `c`; `c` with the shape of `b`.
  case leftBeforeShape = "left-shape"
  case rightAfterShape = "right-shape"
  /// Shapes of `b c`, `a b c`, `b c d`, `a b c d`, each with whether a space stands in the gap.
  case shapes2
  case shapes3left = "shapes3-left"
  case shapes3right = "shapes3-right"
  case shapes4
  /// The grade of `b c` in the word list; with the shapes of both; with the grade of `a b`; with that
  /// of `c d`; with both.
  case pair
  case pairShapes = "pair-shapes"
  case pairLeft = "pair-left"
  case pairRight = "pair-right"
  case pairBoth = "pair-both"
  /// The best grade of a longer word that covers the gap; with the grade of `b c`; with the shapes.
  case cover
  case coverPair = "cover-pair"
  case coverShapes = "cover-shapes"
  /// Whether the gap before was joined, and whether this one is: two digits, `01`.
  case transition

  /// How a feature's value is written: how many syllables, shapes and numbers it has, in this order.
  public var form: (syllables: Int, shapes: Int, numbers: Int) {
    switch self {
    case .left, .right: (1, 0, 0)
    case .leftBeforeShape, .rightAfterShape: (1, 1, 0)
    case .shapes2: (0, 2, 1)
    case .shapes3left, .shapes3right: (0, 3, 1)
    case .shapes4: (0, 4, 1)
    case .pair, .cover: (0, 0, 1)
    case .pairShapes, .coverShapes: (0, 2, 1)
    case .pairLeft, .pairRight, .coverPair, .transition: (0, 0, 2)
    case .pairBoth: (0, 0, 3)
    }
  }

  /// The place of this feature among all, for hashing.
  var number: UInt64 {
    switch self {
    case .left: 1
    case .right: 2
    case .leftBeforeShape: 3
    case .rightAfterShape: 4
    case .shapes2: 5
    case .shapes3left: 6
    case .shapes3right: 7
    case .shapes4: 8
    case .pair: 9
    case .pairShapes: 10
    case .pairLeft: 11
    case .pairRight: 12
    case .pairBoth: 13
    case .cover: 14
    case .coverPair: 15
    case .coverShapes: 16
    case .transition: 17
    }
  }

  /// The key of a value: a syllable's token key (0 where there is none) and small numbers.
  @inline(__always)
  func key(_ syllable: UInt64 = 0, _ numbers: UInt64 = 0) -> UInt64 {
    Hashing.mix(syllable ^ Hashing.mix(number << 48 | numbers))
  }
}

/// How a token looks to the segmenter.
public enum WordShape: String, Sendable, CaseIterable {
  case none, lower, letter, capitalized, upper, mixed, number, stop, comma, dash, slash, bracket
  case other

  @inline(__always)
  var code: UInt64 {
    switch self {
    case .none: 0
    case .lower: 1
    case .letter: 2
    case .capitalized: 3
    case .upper: 4
    case .mixed: 5
    case .number: 6
    case .stop: 7
    case .comma: 8
    case .dash: 9
    case .slash: 10
    case .bracket: 11
    case .other: 12
    }
  }

  init(_ token: Token, first: UInt8) {
    switch token.kind {
    case .number: self = .number
    case .word:
      switch token.shape {
      case .lower: self = .lower
      case .upper: self = .upper
      case .mixed: self = .mixed
      case .capitalized, .none:
        // One scalar: a single capital letter.
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3
        self = token.end - token.start == length ? .letter : .capitalized
      }
    case .newline: self = .none
    case .punctuation, .symbol:
      self =
        switch token.key {
        case PunctuationKey.fullStop: .stop
        case PunctuationKey.comma: .comma
        case PunctuationKey.dash: .dash
        case PunctuationKey.slash: .slash
        case PunctuationKey.openingParenthesis: .bracket
        default: .other
        }
    }
  }
}
