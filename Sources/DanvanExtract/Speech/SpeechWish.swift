import DanvanText

/// Who is wished to do what: `mong muốn sau khóa học, các học viên sẽ vận dụng …`.
struct SpeechWish: Sendable {
  let addressee: Range<Int>
  /// Where the action begins.
  let action: Int
}

extension SpeechSentence {
  /// In tokens: a few words on when or where may come first, and some that say who is meant.
  private static let mostBefore = 24
  private static let mostBetween = 10

  /// What follows a verb of wishing: an addressee at its head or behind a comma, and what he is to do.
  func wish(from start: Int, before end: Int) -> SpeechWish? {
    // "mong muốn thúc đẩy hợp tác …": for oneself.
    guard words.actions.longest(in: tokens, at: start, before: end) == nil else { return nil }
    var place = start
    let last = min(end, start + Self.mostBefore)
    while place < last {
      if let addressed = groupPhrase(from: place, before: end), addressed < end,
        let action = predicate(after: addressed, before: end)
      {
        return SpeechWish(addressee: place..<action.subjectEnd, action: action.start)
      }
      guard
        let comma = (place..<last).first(where: { tokens[$0].key == PunctuationKey.comma })
      else { return nil }
      place = comma + 1
    }
    return nil
  }

  /// The verb of a subject that ends at `place`: after `sẽ`, an adverb or a modal, with only words
  /// that belong to the subject between.
  private func predicate(after place: Int, before end: Int) -> (subjectEnd: Int, start: Int)? {
    var place = place
    let last = min(end, place + Self.mostBetween)
    while place < last, tokens[place].kind == .word || key(place) == PunctuationKey.comma {
      if key(place) == PunctuationKey.comma,
        words.particles.longest(in: tokens, at: place + 1, before: end)?.0 == .recipient
          || words.particles.longest(in: tokens, at: place + 1, before: end)?.0 == .preposition,
        let comma = (place + 1..<end).first(where: { tokens[$0].key == PunctuationKey.comma })
      {
        place = comma
      }
      let subjectEnd = key(place - 1) == PunctuationKey.comma ? place - 1 : place
      var verb = place
      while verb < end, let next = endOfMood(at: verb, before: end) { verb = next }
      if verb < end,
        verb > place || words.actions.longest(in: tokens, at: place, before: end) != nil
      {
        return (subjectEnd, verb)
      }
      place = name(at: place)?.tokens.upperBound ?? place + 1
    }
    return nil
  }

  /// Past one modal or word of tense.
  private func endOfMood(at place: Int, before end: Int) -> Int? {
    if let modal = words.modals.longest(in: tokens, at: place, before: end) { return modal.end }
    if let (particle, next) = words.particles.longest(in: tokens, at: place, before: end),
      particle == .tense
    {
      return next
    }
    if let adverb = words.adverbs.longest(in: tokens, at: place, before: end),
      words.actions.longest(in: tokens, at: place, before: end) == nil
    {
      return adverb.end
    }
    return nil
  }
}
