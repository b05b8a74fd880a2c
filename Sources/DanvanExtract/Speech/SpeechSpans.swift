import DanvanText

/// Where a stretch of somebody's words begins and ends.
extension SpeechSentence {
  /// Without the marks and joining words that stand at its ends; an ellipsis is kept.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, max(range.lowerBound, range.upperBound))
    while start < end, isOuter(tokens[start]), !isOpening(start) { start += 1 }
    while start < end {
      if isOuter(tokens[end - 1]) || isOpening(end - 1) || isClosingAlone(end - 1, from: start)
        || isCoordinator(end - 1)
      {
        end -= 1
      } else if end - start >= 2, isCoordinator(end - 2, before: end) {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }

  /// What a sentence says that opens with `theo đó` or the like and names no person; nil for others.
  func continuation() -> Range<Int>? {
    guard
      let opener = words.openers.longest(in: tokens, at: range.lowerBound, before: limit),
      opener.0 == .onward || opener.0 == .adding, !agents.contains(where: \.isPerson)
    else { return nil }
    let start = afterOpeners(from: opener.end)
    guard words.pronouns.longest(in: tokens, at: start, before: limit) == nil else { return nil }
    let content = trimmed(start..<max(start, limit))
    return content.count >= 5 ? content : nil
  }

  /// Whether only punctuation stands from a quotation to `end`.
  func isWhole(_ quotation: Quotation, before end: Int) -> Bool {
    (quotation.end..<max(quotation.end, end)).allSatisfy { tokens[$0].kind == .punctuation }
  }

  /// Past `rằng`, `về`, a hearer, a comma or a colon, to what is said; tells whether there was a colon.
  func content(from start: Int, before end: Int) -> (start: Int, hasColon: Bool) {
    var place = start
    while place < end {
      let mark = key(place)
      if mark == PunctuationKey.colon { return (place + 1, true) }
      if mark == PunctuationKey.comma {
        place += 1
        continue
      }
      guard let (particle, next) = words.particles.longest(in: tokens, at: place, before: end)
      else { break }
      if particle.opensContent {
        // "cho biết, đến nay …": after a comma it is the speaker's own.
        if particle == .about, place > start, key(place - 1) == PunctuationKey.comma { break }
        place = next
      } else if particle == .recipient, let hearer = groupPhrase(from: next, before: end),
        hearer < end
      {
        place = hearer
      } else if particle == .recipient, let colon = colon(after: next, before: end) {
        return (colon + 1, true)
      } else {
        break
      }
    }
    return (place, false)
  }

  /// `nói với tờ The Sun: …`: past a hearer that nobody knows.
  private func colon(after start: Int, before end: Int) -> Int? {
    for place in start..<max(start, min(end, start + 12)) where tokens[place].kind == .punctuation {
      return tokens[place].key == PunctuationKey.colon ? place : nil
    }
    return nil
  }

  private func isOuter(_ token: Token) -> Bool {
    token.kind == .punctuation
      && (token.key == PunctuationKey.comma || token.key == PunctuationKey.fullStop
        || token.key == PunctuationKey.semicolon || token.key == PunctuationKey.colon
        || token.key == PunctuationKey.dash)
  }

  private func isOpening(_ place: Int) -> Bool { quotation(at: place)?.opening == place }

  /// A closing mark whose opening one lies before the span.
  private func isClosingAlone(_ place: Int, from start: Int) -> Bool {
    guard let quotation = quotation(at: place), quotation.end == place + 1 else { return false }
    return quotation.opening < start
  }
}
