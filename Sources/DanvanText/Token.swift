/// A word, a number or one other visible scalar of a normalised text.
public struct Token: Sendable, Equatable {
  public enum Kind: UInt8, Sendable {
    /// A run of letters with their combining marks.
    case word
    /// A run of the digits 0 to 9.
    case number
    /// A punctuation mark; two or more full stops in a row, and `…`, are one token.
    case punctuation
    /// One line feed.
    case newline
    /// Any other visible scalar.
    case symbol
  }

  /// How a word is capitalised.
  public enum Shape: UInt8, Sendable {
    /// Not a word.
    case none
    case lower
    /// The first letter upper case, the others lower; also a single upper-case letter.
    case capitalized
    /// Two or more letters, all upper case.
    case upper
    case mixed
  }

  /// UTF-8 bytes in `NormalizedText.bytes`.
  public let start: Int32
  public let end: Int32
  /// The value of a number token that fits, else -1.
  public let number: Int32
  public let kind: Kind
  public let shape: Shape
  /// Whether white space stands before it.
  public let spaceBefore: Bool
  /// Equal for tokens that read the same: case, tone placement and i/y do not matter, nor does the
  /// kind of dash, or `…` against `...`. Opening, closing and straight quotation marks differ.
  public let key: UInt64

  /// Starts with an upper-case letter.
  public var isCapitalized: Bool { shape == .capitalized || shape == .upper }
  public var range: Range<Int> { Int(start)..<Int(end) }
}

/// Keys of the marks that callers ask for by name.
public enum PunctuationKey {
  /// “ « „
  public static let openingQuote = Hashing.key(scalar: 0x201C)
  /// ” »
  public static let closingQuote = Hashing.key(scalar: 0x201D)
  /// "
  public static let straightQuote = Hashing.key(scalar: 0x22)
  /// ‘ ‹
  public static let openingSingleQuote = Hashing.key(scalar: 0x2018)
  /// ’ › '
  public static let apostrophe = Hashing.key(scalar: 0x27)
  /// - – — and their like
  public static let dash = Hashing.key(scalar: 0x2D)
  public static let ellipsis = Hashing.key(scalar: 0x2026)
  public static let fullStop = Hashing.key(scalar: 0x2E)
  public static let comma = Hashing.key(scalar: 0x2C)
  public static let colon = Hashing.key(scalar: 0x3A)
  public static let semicolon = Hashing.key(scalar: 0x3B)
  public static let questionMark = Hashing.key(scalar: 0x3F)
  public static let exclamationMark = Hashing.key(scalar: 0x21)
  public static let asterisk = Hashing.key(scalar: 0x2A)
  public static let slash = Hashing.key(scalar: 0x2F)
  public static let openingParenthesis = Hashing.key(scalar: 0x28)
  public static let closingParenthesis = Hashing.key(scalar: 0x29)
}

/// The key of one syllable, number or mark: what `Token.key` holds for it.
///
/// Takes UTF-8. Bytes that are not exactly one token have a key that no token has.
public func canonicalKey(of syllable: some Sequence<UInt8>) -> UInt64 {
  let tokens = Tokens(NormalizedText(bytes: Array(syllable)))
  return tokens.count == 1 ? tokens[0].key : Hashing.key(pieces: tokens.map(\.key))
}

@usableFromInline
enum Hashing {
  /// Mixes the bits of an integer; different for different integers.
  @inlinable @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var x = value &* 0x9E37_79B9_7F4A_7C15
    x ^= x >> 29
    x = x &* 0xBF58_476D_1CE4_E5B9
    return x ^ (x >> 32)
  }

  static func key(scalar: UInt32) -> UInt64 { mix(UInt64(scalar) | 1 << 48) }

  static func key(pieces: [UInt64]) -> UInt64 {
    pieces.reduce(mix(1 << 50)) { mix($0 ^ $1) }
  }

  /// FNV-1a over bytes, mixed.
  struct Bytes {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    @inline(__always)
    mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var key: UInt64 { Hashing.mix(state) }
  }
}
