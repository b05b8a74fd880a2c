import DanvanText

/// What a modal demands: `các sở, ngành cần …`, `phải …`.
struct SpeechDemand: Sendable {
  /// The start of the clause.
  let start: Int
  let addressee: Range<Int>?
  /// Where the action begins.
  let action: Int
}

extension SpeechSentence {
  /// A demand stands near the start of what is said; farther on, `cần` and `phải` are part of it.
  private static let farthest = 80
  private static let mostIntroducing = 8

  /// The demand that a modal makes, where its addressee or itself begins a clause at or after `start`.
  func demand(at cue: SpeechCue, from start: Int) -> SpeechDemand? {
    let modal = cue.tokens.lowerBound
    guard start <= modal, modal - start <= Self.farthest, !isTensed(modal) else { return nil }
    var clause = start
    while clause <= modal {
      let first = afterOpeners(from: clause)
      if first >= modal {
        // "…, nên …": so.
        if cue.needsAddressee, clause > start { return nil }
        return SpeechDemand(start: clause, addressee: nil, action: cue.tokens.upperBound)
      }
      if groupPhrase(from: first, before: modal) == modal {
        // "sự vào cuộc của quận, huyện nên công tác này …": so.
        if cue.needsAddressee, clause > start, !isAction(cue.tokens.upperBound) { return nil }
        return SpeechDemand(
          start: clause, addressee: first..<modal, action: cue.tokens.upperBound)
      }
      clause = first
      while clause < modal, tokens[clause].key != PunctuationKey.comma,
        tokens[clause].key != PunctuationKey.semicolon
      {
        clause += 1
      }
      if clause >= modal { return nil }
      clause += 1
    }
    return nil
  }

  private func isAction(_ place: Int) -> Bool {
    words.actions.longest(in: tokens, at: place, before: limit) != nil
  }

  /// `sẽ phải`, `đã phải`: tells what happens, asks nothing.
  func isTensed(_ modal: Int) -> Bool {
    words.particles.longest(in: tokens, at: modal - 1, before: modal)?.0 == .tense
  }

  /// The first demand in a stretch.
  func firstDemand(from start: Int, before end: Int) -> (SpeechDemand, modal: Range<Int>)? {
    for cue in cues where cue.isModal && start..<max(start, end) ~= cue.tokens.lowerBound {
      if let demand = demand(at: cue, from: start) { return (demand, cue.tokens) }
    }
    return nil
  }

  /// `trong thực hiện, cần …`: a few words that tell where or for whom, and say nothing themselves.
  func isIntroduction(_ content: Range<Int>) -> Bool {
    guard content.count <= Self.mostIntroducing else { return false }
    return
      switch words.particles.longest(
        in: tokens, at: content.lowerBound, before: content.upperBound)?.0
    {
    case .preposition, .deadline, .about, .relative, .recipient, .condition: true
    default: false
    }
  }
}
