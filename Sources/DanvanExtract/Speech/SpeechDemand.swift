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
      if addresses(from: first, cue) {
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

  /// Whether a group stands right before the modal, with no more than words that say who is meant.
  private func addresses(from start: Int, _ cue: SpeechCue) -> Bool {
    let modal = cue.tokens.lowerBound
    if groupPhrase(from: start, before: modal) == modal { return true }
    // "nên" is "so" as often; "chỉ cần", "rất cần" tell what suffices or is missing.
    guard !cue.needsAddressee, groupPhrase(from: start, before: cue.tokens.upperBound) == modal
    else { return false }
    return !isPassable(modal - 1)
      && !(start..<modal).contains {
        words.particles.longest(in: tokens, at: $0, before: modal)?.0 == .that
      }
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

  /// What a sentence goes on to order: `Đồng thời xem xét, xử lý …`, `Đồng thời, Sở Y tế chủ trì …`.
  ///
  /// None where it quotes, tells what was done, or names somebody behind a comma: its subject.
  func furtherAction() -> (addressee: Range<Int>?, action: Range<Int>)? {
    let first = afterAdding(from: range.lowerBound)
    let adds =
      words.openers.longest(in: tokens, at: range.lowerBound, before: limit)?.0 == .adding
    let addressee = groupPhrase(from: first, before: limit).map { first..<$0 }
    guard addressee == nil || adds else { return nil }
    let start = addressee?.upperBound ?? first
    guard range.lowerBound > 0, tokens[range.lowerBound - 1].kind != .newline,
      start < limit, isAction(start), quotations.isEmpty,
      addressee != nil
        || !agents.contains(where: { key($0.tokens.lowerBound - 1) == PunctuationKey.comma }),
      !(start..<limit).contains(where: {
        words.particles.longest(in: tokens, at: $0, before: limit)?.0 == .tense
      })
    else { return nil }
    let action = trimmed(start..<limit)
    return action.count >= 4 ? (addressee, action) : nil
  }

  /// Past words that add to what was said (`đồng thời`, `ngoài ra`) or say when, and commas.
  private func afterAdding(from start: Int) -> Int {
    var place = start
    while place < limit {
      if isPassable(place) || key(place) == PunctuationKey.comma {
        place += 1
      } else if let (kind, end) = words.openers.longest(in: tokens, at: place, before: limit),
        kind == .adding || kind == .time
      {
        place = end
      } else {
        break
      }
    }
    return place
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
