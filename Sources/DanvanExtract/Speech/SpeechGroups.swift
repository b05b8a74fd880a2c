import DanvanText

/// How groups and bodies are named that are told to do something: `các quận, huyện, thị xã`.
extension SpeechSentence {
  /// Where the group or list of names that begins at `start` ends, or nil where none begins there.
  func groupPhrase(from start: Int, before end: Int) -> Int? {
    var place = start
    var itemEnd: Int?
    /// After `các`: any noun may follow.
    var isOpen = false
    while place < end {
      let isFirst = place == start || isOpen
      if let name = name(at: place) {
        place = name.tokens.upperBound
        itemEnd = place
        isOpen = false
        continue
      }
      if let honorific = words.honorifics.longest(in: tokens, at: place, before: end),
        name(at: honorific.end) != nil
      {
        place = honorific.end
        continue
      }
      let group = words.groups.longest(in: tokens, at: place, before: end)
      let action = words.actions.longest(in: tokens, at: place, before: end)
      if let action, action.end > (group?.end ?? 0) || (action.end == group?.end && !isOpen) {
        break
      }
      if let (part, next) = group {
        switch part {
        case .head:
          itemEnd = next
          isOpen = false
        case .plural:
          isOpen = true
        case .tail:
          guard itemEnd != nil || isOpen else { return nil }
          itemEnd = next
          isOpen = false
        case .link:
          guard itemEnd != nil else { return nil }
        }
        place = next
        continue
      }
      let token = tokens[place]
      if token.kind == .punctuation || isCoordinator(place) {
        // "tập thể, cán bộ": a word that opens a group may also be one.
        if isOpen { (itemEnd, isOpen) = (place, false) }
        guard itemEnd == place, joinsItems(token), startsItem(place + 1, before: end) else { break }
        place += 1
        continue
      }
      if token.kind == .number, itemEnd == place {
        place += 1
        itemEnd = place
        continue
      }
      if isOpen, token.kind == .word,
        words.modals.longest(in: tokens, at: place, before: end) == nil
      {
        // "các nhà xuất bản": a noun that no list has, up to four syllables to a modal or comma.
        guard let noun = unknownNoun(from: place, before: end) else { break }
        place = noun
        itemEnd = noun
        isOpen = false
        continue
      }
      if itemEnd == place, token.isCapitalized, !isFirst {
        place += 1
        itemEnd = place
        continue
      }
      break
    }
    guard let itemEnd else { return nil }
    // A name may go on behind it: "Bí thư Tỉnh ủy khóa XV".
    return min(extended(from: itemEnd, before: end), end)
  }

  /// What says who of a group is meant is no longer than this.
  private static let mostAdded = 18

  func isCoordinator(_ place: Int, before end: Int? = nil) -> Bool {
    switch words.particles.longest(in: tokens, at: place, before: end ?? limit)?.0 {
    case .coordinator, .and: true
    default: false
    }
  }

  private func joinsItems(_ token: Token) -> Bool {
    token.kind == .word || token.key == PunctuationKey.comma
      || token.key == PunctuationKey.semicolon || token.key == PunctuationKey.dash
      || token.key == PunctuationKey.colon || token.key == PunctuationKey.slash
  }

  private func startsItem(_ place: Int, before end: Int) -> Bool {
    guard place < end else { return false }
    if isSubject(place) { return false }
    if name(at: place) != nil { return true }
    if let honorific = words.honorifics.longest(in: tokens, at: place, before: end),
      name(at: honorific.end) != nil
    {
      return true
    }
    guard let (part, next) = words.groups.longest(in: tokens, at: place, before: end),
      part == .head || part == .plural
    else { return false }
    let action = words.actions.longest(in: tokens, at: place, before: end)
    return (action?.end ?? 0) < next
  }

  /// `cử tri`, `các hộ dân`: people who order nobody.
  func isLay(_ start: Int) -> Bool {
    var place = start
    while let (part, next) = words.groups.longest(in: tokens, at: place, before: limit),
      part == .plural
    {
      place = next
    }
    return words.layGroups.longest(in: tokens, at: place, before: limit) != nil
  }

  /// `giao nhiệm vụ cho các sở, | ông A yêu cầu …`: who speaks next is in no list.
  private func isSubject(_ place: Int) -> Bool {
    guard
      let agent = agents.first(where: { $0.tokens.lowerBound == place && $0.isPerson })
    else { return false }
    var end = agent.tokens.upperBound
    while isPassable(end) { end += 1 }
    return cues.contains { $0.tokens.lowerBound == end && !$0.isModal && !$0.isAccording }
  }

  private func unknownNoun(from start: Int, before end: Int) -> Int? {
    // "một số tồn tại": what nobody can be told to do anything.
    if words.abstractNouns.longest(in: tokens, at: start, before: end) != nil { return nil }
    var place = start
    while place < min(end, start + 4), tokens[place].kind == .word, name(at: place) == nil,
      words.modals.longest(in: tokens, at: place, before: end) == nil,
      words.actions.longest(in: tokens, at: place, before: end) == nil,
      !isCoordinator(place)
    {
      place += 1
    }
    return place > start ? place : nil
  }

  /// Goes on to a modal that soon follows: `cấp ủy cơ sở ngành y | cần …`.
  private func extended(from itemEnd: Int, before end: Int) -> Int {
    var place = itemEnd
    while place < min(end, itemEnd + Self.mostAdded),
      tokens[place].kind == .word || tokens[place].key == PunctuationKey.comma
    {
      if let trap = words.traps.longest(in: tokens, at: place, before: end) {
        place = trap.end
        continue
      }
      if words.modals.longest(in: tokens, at: place, before: end) != nil { return place }
      // "tổng giám đốc công ty là ông A phải …": who the addressee is.
      if words.particles.longest(in: tokens, at: place, before: end)?.0 == .that {
        place += 1
        continue
      }
      if words.actions.longest(in: tokens, at: place, before: end) != nil { return itemEnd }
      place += 1
    }
    return itemEnd
  }
}
