import DanvanText

/// Whether a number stands alone, or is cut out of a larger number, a code or a measure.
///
/// `05-CT/TW`, `3.000`, `12,5`, `5G`, `26%` are not to be taken apart.
enum NumberBoundary {
  /// Whether what precedes the token lets a number begin there. True for other tokens.
  static func isFreeBefore(_ place: Int, in tokens: Tokens) -> Bool {
    let token = tokens[place]
    guard token.kind == .number, !token.spaceBefore, place > 0 else { return true }
    let sign = tokens[place - 1]
    switch sign.kind {
    case .word, .number: return false
    case .newline: return true
    case .punctuation, .symbol:
      guard joins(sign.key), !sign.spaceBefore, place > 1 else { return true }
      let before = tokens[place - 2].kind
      return before != .word && before != .number
    }
  }

  /// Whether what follows the token before `end` lets a number end there. True for other tokens.
  static func isFreeAfter(_ end: Int, in tokens: Tokens) -> Bool {
    guard end > 0, end < tokens.count, tokens[end - 1].kind == .number, !tokens[end].spaceBefore
    else { return true }
    let sign = tokens[end]
    switch sign.kind {
    case .word: return sign.shape == .capitalized && sign.end - sign.start > 1
    case .number: return false
    case .newline: return true
    case .punctuation, .symbol:
      if sign.key == percent { return false }
      guard joins(sign.key), end + 1 < tokens.count, !tokens[end + 1].spaceBefore else {
        return true
      }
      let next = tokens[end + 1]
      if next.kind == .number { return false }
      let isCode = next.kind == .word && (next.shape == .upper || next.shape == .lower)
      return !(isCode && (sign.key == PunctuationKey.slash || sign.key == PunctuationKey.dash))
    }
  }

  private static func joins(_ key: UInt64) -> Bool {
    key == PunctuationKey.slash || key == PunctuationKey.dash || key == PunctuationKey.fullStop
      || key == PunctuationKey.comma || key == PunctuationKey.colon
  }

  private static let percent = Tokens(NormalizedText("%")).first?.key ?? 0
}
