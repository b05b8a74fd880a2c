import DanvanText

/// What is passed over, and what stands in quotation marks.
extension EventFinder {
  /// Compounds that only look like an event's head are passed over whole.
  func endOfTrap(at place: Int, before end: Int) -> Int? {
    if case (nil, let after)? = words.nouns.longest(in: tokens, at: place, before: end) {
      return after
    }
    if let (act, after) = words.verbs.longest(in: tokens, at: place, before: end), act.kind == nil {
      return after
    }
    return nil
  }

  func quoted(_ isQuoted: Bool, at place: Int) -> Bool {
    switch tokens[place].key {
    case PunctuationKey.openingQuote: true
    case PunctuationKey.closingQuote: false
    case PunctuationKey.straightQuote: !isQuoted
    default: isQuoted
    }
  }

  func isQuotationMark(_ place: Int) -> Bool {
    guard tokens.indices.contains(place) else { return false }
    let marks = [
      PunctuationKey.openingQuote, PunctuationKey.straightQuote, PunctuationKey.closingQuote,
    ]
    return marks.contains(tokens[place].key)
  }
}
