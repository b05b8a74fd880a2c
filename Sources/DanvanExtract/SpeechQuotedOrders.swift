import DanvanText

/// An order in a speaker's own words: `“Đề nghị HĐND TP xác định lại mục tiêu”, ông A nói`.
struct QuotedOrder: Sendable {
  let verb: Range<Int>
  let addressee: Range<Int>
  let action: Range<Int>
  /// Where the clause of the order begins.
  let start: Int
}

extension SpeechSentence {
  /// The orders among the sentences of a quotation that name their addressee.
  func orders(in quotation: Quotation) -> [QuotedOrder] {
    var found: [QuotedOrder] = []
    var start = quotation.inside.lowerBound
    while start < quotation.inside.upperBound {
      var end = start
      while end < quotation.inside.upperBound, !endsSentence(end) { end += 1 }
      if let order = order(from: start, before: end) { found.append(order) }
      start = end + 1
    }
    return found
  }

  private func endsSentence(_ place: Int) -> Bool {
    let key = tokens[place].key
    return key == PunctuationKey.fullStop || key == PunctuationKey.questionMark
      || key == PunctuationKey.exclamationMark
  }

  private func order(from start: Int, before end: Int) -> QuotedOrder? {
    var place = passing(start, before: end)
    if let particle = words.particles.longest(in: tokens, at: place, before: end),
      particle.0 == .oneself
    {
      place = passing(particle.end, before: end)
    }
    guard let verb = words.directiveVerbs.longest(in: tokens, at: place, before: end),
      verb.0.frame != .wish
    else { return nil }
    var next = verb.end
    if let particle = words.particles.longest(in: tokens, at: next, before: end),
      particle.0 == .recipient
    {
      next = particle.end
    }
    guard let addressed = groupPhrase(from: next, before: end) else { return nil }
    var action = addressed
    while let modal = words.modals.longest(in: tokens, at: action, before: end) {
      action = modal.end
    }
    guard end - action >= 2 else { return nil }
    return QuotedOrder(
      verb: place..<verb.end, addressee: next..<addressed, action: action..<end, start: start)
  }

  /// Past openers and adverbs; nothing inside a quotation is marked, so they are looked up.
  private func passing(_ start: Int, before end: Int) -> Int {
    var place = start
    while place < end {
      let next = afterOpeners(from: place)
      if next > place {
        place = next
      } else if let adverb = words.adverbs.longest(in: tokens, at: place, before: end) {
        place = adverb.end
      } else {
        break
      }
    }
    return place
  }
}
