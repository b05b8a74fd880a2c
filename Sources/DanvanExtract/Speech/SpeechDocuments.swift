import DanvanText

/// Orders that a paper gives: `UBND TP có công văn số 12 … giao Sở A …`, `Chỉ thị yêu cầu các sở …`.
extension SpeechActFinder {
  /// A paper is named soon after the one who issues it.
  private static let mostBefore = 8
  /// Its number and what it is about are no longer than this.
  private static let mostBetween = 60

  /// Who issues the paper that stands between its issuer and the verb that orders.
  func issuer(before place: Int, of cue: SpeechCue) -> SpeechAgent? {
    guard ordersAtOnce(cue) else { return nil }
    // "… nêu ý kiến của Phó Thủ tướng A: Giao Bộ B …"
    if sentence.key(place - 1) == PunctuationKey.colon,
      let agent = sentence.agents.first(where: { $0.tokens.upperBound == place - 1 }),
      agent.isPerson
    {
      return agent
    }
    guard
      let agent = sentence.agents.last(where: {
        $0.tokens.upperBound < place && $0.kind != .place && $0.kind != .group
          && isClauseStart($0.tokens.lowerBound) && !isObject($0.tokens.lowerBound)
          && hasDocument($0.tokens.upperBound..<min(place, $0.tokens.upperBound + Self.mostBefore))
      }), place - agent.tokens.upperBound <= Self.mostBetween
    else { return nil }
    return agent
  }

  /// Whether the subject of an ordering verb is a paper: `Văn bản cũng yêu cầu các sở …`.
  func isDocument(_ place: Int, of cue: SpeechCue) -> Bool {
    guard ordersAtOnce(cue), let start = clauseStart(before: place), start < place,
      place - start <= Self.mostBefore
    else { return false }
    return words.documents.longest(in: tokens, at: start, before: place) != nil
  }

  private func ordersAtOnce(_ cue: SpeechCue) -> Bool {
    cue.directive != nil && cue.statement == nil
      && sentence.key(cue.tokens.upperBound) != PunctuationKey.comma
      && sentence.addressesAtOnce(cue)
  }

  private func hasDocument(_ stretch: Range<Int>) -> Bool {
    stretch.contains {
      words.documents.longest(in: tokens, at: $0, before: sentence.limit) != nil
    }
  }
}
