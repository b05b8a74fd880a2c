import DanvanText

/// A stretch of a sentence inside one pair of quotation marks.
struct Quotation: Sendable, Equatable {
  /// The opening mark.
  let opening: Int
  /// What stands between the marks.
  let inside: Range<Int>
  /// After the closing mark.
  let end: Int

  /// Long enough to be somebody's words rather than a name or a scare quote.
  var isSpeech: Bool { inside.count >= 4 }

  /// The quotations of a stretch of tokens, in order, never one inside another.
  ///
  /// A quotation that is not closed runs to the end.
  static func all(in tokens: Tokens, _ range: Range<Int>) -> [Quotation] {
    var found: [Quotation] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let token = tokens[place]
      guard token.kind == .punctuation, let closing = closingKeys(tokens, place, range) else {
        place += 1
        continue
      }
      let close = closingPlace(in: tokens, from: place + 1, before: range.upperBound, closing)
      // An apostrophe or minute mark with no partner is no quotation.
      if close == range.upperBound, closing.isSingle {
        place += 1
        continue
      }
      let end = min(close + 1, range.upperBound)
      found.append(Quotation(opening: place, inside: place + 1..<close, end: end))
      place = end
    }
    return found
  }

  /// Where a quotation closes, past quotations inside it: `“rác “ăn” tết”`.
  ///
  /// Where the inner ones do not come out even, the first mark that could close is taken.
  private static func closingPlace(
    in tokens: Tokens, from start: Int, before end: Int, _ closing: Closing
  ) -> Int {
    var first: Int?
    var depth = 0
    for place in start..<max(start, end) {
      if closes(tokens, place, closing) {
        if depth == 0 { return place }
        first = first ?? place
        depth -= 1
      } else if !closing.isSingle, tokens[place].key == PunctuationKey.openingQuote {
        // "… của giải“": an opening mark that closes.
        let isMisprint =
          !tokens[place].spaceBefore && (place + 1 == end || tokens[place + 1].spaceBefore)
        if isMisprint, depth == 0 { return place }
        depth += isMisprint ? -1 : 1
      }
    }
    return first ?? end
  }

  private struct Closing {
    let keys: [UInt64]
    let isSingle: Bool
  }

  private static func closingKeys(_ tokens: Tokens, _ place: Int, _ range: Range<Int>)
    -> Closing?
  {
    switch tokens[place].key {
    case PunctuationKey.openingQuote, PunctuationKey.straightQuote:
      return Closing(
        keys: [PunctuationKey.closingQuote, PunctuationKey.straightQuote], isSingle: false)
    case PunctuationKey.openingSingleQuote:
      return Closing(keys: [PunctuationKey.apostrophe], isSingle: true)
    case PunctuationKey.apostrophe:
      let isFree = tokens[place].spaceBefore || place == range.lowerBound
      let isTight = place + 1 < range.upperBound && !tokens[place + 1].spaceBefore
      return isFree && isTight ? Closing(keys: [PunctuationKey.apostrophe], isSingle: true) : nil
    default:
      return nil
    }
  }

  private static func closes(_ tokens: Tokens, _ place: Int, _ closing: Closing) -> Bool {
    let token = tokens[place]
    guard token.kind == .punctuation, closing.keys.contains(token.key) else { return false }
    return !closing.isSingle || !token.spaceBefore
  }
}
