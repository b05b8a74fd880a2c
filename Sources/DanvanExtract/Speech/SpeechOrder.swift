import DanvanText

/// An order as its verb gives it: who is to do what.
struct SpeechOrder: Sendable {
  let verb: Range<Int>
  let addressee: Range<Int>?
  let action: Range<Int>
  /// Where the clause of the order begins.
  let start: Int
}

extension SpeechSentence {
  /// The order of an act whose verb orders; nil where it gives none after all.
  func order(of act: SpeechAct, before end: Int) -> SpeechOrder? {
    guard let verb = act.cue.directive else { return nil }
    var (place, end) = (orderStart(from: act.contentStart, before: end), end)
    // "các cấp ủy chỉ đạo rà soát …": what they do, no order.
    if act.kind == .group, act.link == .adjacent, !verb.chains,
      groupPhrase(from: place, before: end) == nil
    {
      return nil
    }
    if let quotation = quotation(at: place), quotation.opening == place, quotation.isSpeech {
      // "yêu cầu: “Bộ A tiếp tục …”"
      end = quotation.inside.upperBound
      place = orderStart(from: quotation.inside.lowerBound, before: end)
    }
    // "yêu cầu sau hội nghị, các đại biểu cần phổ biến …": the addressee in the second clause.
    let later = firstDemand(from: place, before: min(end, place + 20))?.0.addressee
    let addressee =
      groupPhrase(from: place, before: end).map { place..<$0 } ?? later
      ?? afterIntroduction(from: place, before: end) ?? beforeModal(from: place, before: end)
    let (action, hasModal) = pastModals(
      from: pastBrackets(from: addressee?.upperBound ?? place), before: end)
    let isAction = words.actions.longest(in: tokens, at: action, before: end) != nil
    if verb.frame == .wish, addressee == nil || !hasModal && !isAction {
      return wished(act, from: place, before: end)
    }
    switch verb.frame {
    case .wish:
      guard let addressee, hasModal || isAction, !followsPreposition(addressee.lowerBound)
      else { return nil }
    case .assign:
      guard addressee != nil else { return nil }
    case .order:
      guard addressee != nil || (act.link == .adjacent && (hasModal || isAction)) || verb.chains
      else { return nil }
    }
    // "lưu ý (rằng) tình hình …": told, not asked.
    if act.cue.statement != nil, verb.frame == .order, !hasModal, !isAction,
      !hasModalCue(in: place..<max(place, end))
    {
      return nil
    }
    let opening = words.particles.longest(in: tokens, at: action, before: end)
    // "kiến nghị với quận về …" tells no action.
    if !isAction, !hasModal, opening?.0 == .about { return nil }
    let range = trimmed(action..<max(action, end))
    guard range.count >= 2 || isAction else { return nil }
    return SpeechOrder(verb: act.cue.tokens, addressee: addressee, action: range, start: act.start)
  }

  private func wished(_ act: SpeechAct, from place: Int, before end: Int) -> SpeechOrder? {
    guard let wish = wish(from: place, before: end), !followsPreposition(wish.addressee.lowerBound)
    else { return nil }
    let action = trimmed(wish.action..<end)
    guard action.count >= 2 else { return nil }
    return SpeechOrder(
      verb: act.cue.tokens, addressee: wish.addressee, action: action, start: act.start)
  }

  /// Whether a place lies in the addressee of an act: what follows is what that one is told to do.
  func isAddressed(_ place: Int, by act: SpeechAct) -> Bool {
    guard act.cue.directive != nil, place >= act.contentStart else { return false }
    let start = orderStart(from: act.contentStart, before: limit)
    return groupPhrase(from: start, before: limit).map { start..<$0 ~= place } ?? false
  }

  /// `Đồng thời giao Công an TP …`: an order that names its addressee right after the verb.
  func addressesAtOnce(_ cue: SpeechCue) -> Bool {
    guard cue.directive != nil else { return false }
    let start = orderStart(from: cue.tokens.upperBound, before: limit)
    return groupPhrase(from: start, before: limit).map { $0 < limit } ?? false
  }

  /// The orders among the sentences of a quotation that name their addressee:
  /// `“Đề nghị HĐND TP xác định lại mục tiêu”`, `“Tôi đã giao cho UBND tỉnh kiểm tra”`.
  func orders(in quotation: Quotation) -> [SpeechOrder] {
    var found: [SpeechOrder] = []
    var start = quotation.inside.lowerBound
    while start < quotation.inside.upperBound {
      var end = start
      while end < quotation.inside.upperBound, !endsSentence(end) { end += 1 }
      if let order = quotedOrder(from: start, before: end) { found.append(order) }
      start = end + 1
    }
    return found
  }

  private func quotedOrder(from start: Int, before end: Int) -> SpeechOrder? {
    var place = passing(start, before: end)
    if let (particle, next) = words.particles.longest(in: tokens, at: place, before: end),
      particle == .oneself
    {
      place = passing(next, before: end)
    }
    guard let (verb, verbEnd) = words.directiveVerbs.longest(in: tokens, at: place, before: end),
      verb.frame != .wish
    else { return nil }
    let next = orderStart(from: verbEnd, before: end)
    guard let addressed = groupPhrase(from: next, before: end) else { return nil }
    let actionStart = pastModals(from: addressed, before: end).place
    // A name may run on past the end of the sentence within the quotation.
    guard actionStart < end else { return nil }
    let action = trimmed(actionStart..<end)
    guard action.count >= 2 else { return nil }
    return SpeechOrder(
      verb: place..<verbEnd, addressee: next..<addressed, action: action, start: start)
  }

  /// Past `cho`, `rằng`, `việc`, and words that open a clause.
  private func orderStart(from start: Int, before end: Int) -> Int {
    var place = start
    while place < end, groupPhrase(from: place, before: end) == nil,
      words.actions.longest(in: tokens, at: place, before: end) == nil
    {
      if let (particle, next) = words.particles.longest(in: tokens, at: place, before: end),
        particle.opensContent || particle == .recipient || particle == .matter
      {
        place = next
      } else {
        let next = afterOpeners(from: place)
        if next == place { break }
        place = next
      }
    }
    return min(place, max(start, end))
  }

  /// `đề nghị công tác dân vận phải …`: what stands before a modal, whatever it is.
  private func beforeModal(from start: Int, before end: Int) -> Range<Int>? {
    if words.modals.longest(in: tokens, at: start, before: end) != nil { return nil }
    var place = start
    while place < min(end, start + 14), tokens[place].kind == .word || name(at: place) != nil {
      if place > start, words.modals.longest(in: tokens, at: place, before: end) != nil {
        return isTensed(place) || isCoordinator(place - 1) ? nil : start..<place
      }
      if words.actions.longest(in: tokens, at: place, before: end) != nil { return nil }
      place = name(at: place)?.tokens.upperBound ?? place + 1
    }
    return nil
  }

  /// `đề nghị tại kỳ họp tới, hai bên chỉ đạo …`: the addressee after the first comma, before a verb.
  private func afterIntroduction(from start: Int, before end: Int) -> Range<Int>? {
    guard words.particles.longest(in: tokens, at: start, before: end)?.0 == .preposition,
      let comma = (start..<min(end, start + 20)).first(where: {
        tokens[$0].key == PunctuationKey.comma
      }), let last = groupPhrase(from: comma + 1, before: end), last < end,
      words.actions.longest(in: tokens, at: last, before: end) != nil
    else { return nil }
    return comma + 1..<last
  }

  private func hasModalCue(in stretch: Range<Int>) -> Bool {
    cues.contains {
      $0.isModal && !$0.needsAddressee && stretch.contains($0.tokens.lowerBound)
        && !isTensed($0.tokens.lowerBound)
    }
  }

  private func pastModals(from start: Int, before end: Int) -> (place: Int, hasModal: Bool) {
    var place = start
    while let modal = words.modals.longest(in: tokens, at: place, before: end) { place = modal.end }
    return (place, place > start)
  }

  /// `Hợp tác xã A (do ông B quản lý) | làm đường …`
  private func pastBrackets(from place: Int) -> Int {
    guard key(place) == PunctuationKey.openingParenthesis else { return place }
    var end = place
    while isPassable(end) { end += 1 }
    return end
  }

  /// `mong muốn cùng các đối tác …` asks nothing of them.
  private func followsPreposition(_ place: Int) -> Bool {
    words.particles.longest(in: tokens, at: place - 1, before: place)?.0 == .preposition
  }

  private func endsSentence(_ place: Int) -> Bool {
    let key = tokens[place].key
    // "5.380 hộ dân"
    if key == PunctuationKey.fullStop, place + 1 < limit, tokens[place + 1].kind == .number,
      !tokens[place + 1].spaceBefore
    {
      return false
    }
    return key == PunctuationKey.fullStop || key == PunctuationKey.questionMark
      || key == PunctuationKey.exclamationMark
  }

  /// Past openers and adverbs: inside a quotation nothing is marked, so they are looked up.
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
