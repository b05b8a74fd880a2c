import DanvanModel
import DanvanText

/// Where a naming holds a list: which items behind a comma or semicolon belong to it.
extension EventNaming {
  /// Whether the naming goes on behind a comma or semicolon: with an item of the same list, not
  /// with the sentence's subject or verb.
  func goesOn(after comma: Int) -> Bool {
    let first = comma + 1
    guard first < end, tokens[first].kind == .word || tokens[first].kind == .number else {
      return false
    }
    if namesEvents(at: first) { return false }
    if continuesList(at: first) || continuesPlural(before: comma) { return true }
    if let name = around.name(at: first), name.kind == .person || name.kind == .title {
      return false
    }
    if words.stops.longest(in: tokens, at: first, before: end).map({ $0.0 != .go && $0.0 != .head })
      == true
    {
      return false
    }
    var place = first
    while place < end {
      if tokens[place].kind == .punctuation, tokens[place].key != PunctuationKey.slash,
        tokens[place].key != PunctuationKey.dash
      {
        break
      }
      if let time = around.time(at: place) {
        // "…, làm việc của Đoàn từ ngày 6 đến 16-5": the day ends the item.
        if time.expression.isCalendarDay { return place - first > 1 }
        place = time.tokens.upperBound
        continue
      }
      if let name = around.name(at: place) {
        // "…, phong cách Hồ Chí Minh" goes on; "…, bà A phát biểu" does not.
        if name.kind == .person, !isAttribute(name, of: first..<place) { return false }
        place = name.tokens.upperBound
        continue
      }
      if let (stop, after) = words.stops.longest(in: tokens, at: place, before: end) {
        if stop == .always || stop == .purpose || stop == .tail { return false }
        if stop == .own { return true }
        // "…, lòng lề đường vào sáng 6/2": a few plain words, not what somebody did then.
        if stop == .when {
          return place - first <= Self.longestAttributed
            && (first..<place).allSatisfy {
              tokens[$0].shape == .lower && around.name(at: $0) == nil
            }
            && words.actions.longest(in: tokens, at: first, before: place) == nil
        }
        place = stop == .go ? after : place + 1
        continue
      }
      place += 1
    }
    return true
  }

  /// `Hội thảo A, các chuyến thăm B`: other events, by their noun.
  private func namesEvents(at first: Int) -> Bool {
    guard let (_, place) = words.plurals.longest(in: tokens, at: first, before: end), place < end
    else { return false }
    return (words.nouns.longest(in: tokens, at: place, before: end)?.0 ?? nil) != nil
  }

  /// `phong cách Hồ Chí Minh`, `phân công đồng chí A`: a person who ends a short item and is not
  /// its subject.
  func isAttribute(_ person: NameMention, of item: Range<Int>) -> Bool {
    let after = person.tokens.upperBound
    guard words.honorifics.longest(in: tokens, at: item.lowerBound, before: end) == nil else {
      return false
    }
    guard after >= end || tokens[after].kind == .punctuation else { return false }
    return (1...Self.longestAttributed).contains(item.count)
      && item.allSatisfy { tokens[$0].shape == .lower && around.name(at: $0) == nil }
      && (item.count > 1 || !isJoint(person.tokens.lowerBound - 1))
  }

  /// One more office of a person just named, or one more place or body of a list of names.
  func continuesList(at place: Int) -> Bool {
    guard place >= 2, let name = around.name(at: place) else { return false }
    return around.numbers(endingAt: place - 1).contains { number in
      let before = around.names[number]
      switch name.kind {
      case .title:
        return before.kind == .title
          || before.kind == .person && before.person == name.person && name.person != nil
      case .location, .organization: return before.kind == name.kind
      default: return false
      }
    }
  }

  /// `lãnh đạo các sở, ngành`: what was many before the comma goes on behind it.
  func continuesPlural(before comma: Int) -> Bool {
    let start = max(0, comma - 3)
    func isPlain(_ place: Int) -> Bool {
      tokens[place].shape == .lower
        || tokens[place].kind == .word && around.name(covering: place) == nil
    }
    let isWord = comma + 1 < end && isPlain(comma + 1)
    return isWord && words.actions.longest(in: tokens, at: comma + 1, before: end) == nil
      && (start..<comma).contains { place in
        guard let (_, after) = words.plurals.longest(in: tokens, at: place, before: comma) else {
          return false
        }
        return (after..<comma).allSatisfy(isPlain)
          && words.stops.longest(in: tokens, at: comma + 1, before: end)?.0 != .always
          && words.stops.longest(in: tokens, at: comma + 1, before: end)?.0 != .own
          && words.stops.longest(in: tokens, at: comma + 1, before: end)?.0 != .tail
      }
  }
}
