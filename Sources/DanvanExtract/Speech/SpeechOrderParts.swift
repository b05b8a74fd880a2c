import DanvanText

/// What one order tells one addressee to do.
struct SpeechOrderPart: Sendable {
  let addressee: Range<Int>?
  /// The modal that demands it, where it has one of its own.
  var verb: Range<Int>?
  let action: Range<Int>
}

extension SpeechSentence {
  /// `yêu cầu Sở A làm …; các quận cần làm …`: an addressee after a semicolon opens an order of its own.
  func parts(of order: SpeechOrder) -> [SpeechOrderPart] {
    var parts: [SpeechOrderPart] = []
    var current = (
      addressee: order.addressee, verb: Range<Int>?.none, start: order.action.lowerBound
    )
    func close(at end: Int) {
      let action = trimmed(current.start..<max(current.start, end))
      guard !action.isEmpty else { return }
      parts.append(
        SpeechOrderPart(addressee: current.addressee, verb: current.verb, action: action))
    }
    let end = order.action.upperBound
    for mark in order.action where tokens[mark].key == PunctuationKey.semicolon {
      guard quotation(at: mark) == quotation(at: order.action.lowerBound) else { continue }
      let start = afterOpeners(from: mark + 1)
      guard start < end, words.actions.longest(in: tokens, at: start, before: end) == nil,
        let addressed = groupPhrase(from: start, before: end), addressed < end
      else { continue }
      let modal = words.modals.longest(in: tokens, at: addressed, before: end)
      let action = modal?.end ?? addressed
      guard modal != nil || words.actions.longest(in: tokens, at: action, before: end) != nil
      else { continue }
      close(at: mark)
      current = (start..<addressed, modal.map { addressed..<$0.end }, action)
    }
    close(at: end)
    return parts
  }

  /// `“UBND quận cần lập tổ rà soát”, Bí thư chỉ đạo`: what a quotation demands that a verb of ordering reports.
  func demanded(in quotation: Quotation, from act: SpeechAct) -> SpeechOrder? {
    let end = quotation.inside.upperBound
    let start = afterOpeners(from: quotation.inside.lowerBound)
    guard start < end else { return nil }
    let addressed = groupPhrase(from: start, before: end)
    let place = addressed ?? start
    let modal = words.modals.longest(in: tokens, at: place, before: end)
    let action = modal?.end ?? place
    guard
      modal != nil
        || (addressed == nil && isImperative(action, before: end))
    else { return nil }
    let range = trimmed(action..<max(action, end))
    guard range.count >= 2 else { return nil }
    return SpeechOrder(
      verb: act.cue.tokens, addressee: addressed.map { start..<$0 }, action: range,
      start: quotation.inside.lowerBound)
  }

  /// `“Việc này gây bức xúc. Sở A cần xem xét …”, Chủ tịch yêu cầu`: the demand in the last sentence of a
  /// quotation.
  func lastDemand(in quotation: Quotation, from act: SpeechAct) -> SpeechOrder? {
    let inside = quotation.inside
    guard
      let stop = inside.dropLast().last(where: { tokens[$0].key == PunctuationKey.fullStop }),
      tokens[stop + 1].isCapitalized
    else { return nil }
    var start = stop + 1
    while start < inside.upperBound {
      let first = afterOpeners(from: start)
      if let addressed = groupPhrase(from: first, before: inside.upperBound),
        let modal = words.modals.longest(in: tokens, at: addressed, before: inside.upperBound)
      {
        let action = trimmed(modal.end..<inside.upperBound)
        return action.count < 2
          ? nil
          : SpeechOrder(
            verb: addressed..<modal.end, addressee: first..<addressed, action: action, start: start)
      }
      guard
        let comma = (start..<inside.upperBound).first(where: {
          tokens[$0].key == PunctuationKey.comma
        })
      else { return nil }
      start = comma + 1
    }
    return nil
  }

  /// Begins with a verb of doing, and is no clause about it: `Nghiên cứu lý luận là việc khó`.
  private func isImperative(_ start: Int, before end: Int) -> Bool {
    guard words.actions.longest(in: tokens, at: start, before: end) != nil else { return false }
    for place in start..<end where tokens[place].kind == .punctuation || isCopula(place) {
      return tokens[place].kind == .punctuation
    }
    return true
  }

  private func isCopula(_ place: Int) -> Bool {
    words.particles.longest(in: tokens, at: place, before: limit)?.0 == .that
      && name(at: place) == nil
  }
}
