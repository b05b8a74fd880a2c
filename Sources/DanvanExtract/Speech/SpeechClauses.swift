import DanvanText

/// What a verb is in its clause: whether it reports at all, and where its clause begins.
extension SpeechActFinder {
  /// A paper's number and date are no longer than this.
  private static let mostReporting = 25

  /// `được yêu cầu`, `ý kiến chỉ đạo`, `những đánh giá`.
  func isGuarded(_ place: Int) -> Bool {
    // "có ý kiến giao": the word before belongs to a verb of its own.
    if let before = sentence.cues.first(where: { $0.tokens.upperBound == place }) {
      // "nhấn mạnh yêu cầu …": behind a verb that takes an object it is a noun.
      return words.guards.longest(in: tokens, at: before.tokens.lowerBound, before: place)?.end
        == place
    }
    for length in [2, 1] where place - length >= sentence.range.lowerBound {
      if words.guards.longest(in: tokens, at: place - length, before: place)?.end == place {
        return true
      }
    }
    return false
  }

  /// `giao Bộ A công khai …; đề xuất Thủ tướng …`: what the one so ordered is to ask for.
  func isDelegated(_ cue: SpeechCue, at place: Int, by last: SpeechAct?) -> Bool {
    guard let last, last.cue.directive?.frame == .assign, cue.directive?.asks == true,
      cue.statement == nil
    else { return false }
    let mark = sentence.key(place - 1)
    return (mark == PunctuationKey.semicolon || mark == PunctuationKey.comma)
      && sentence.addressesAtOnce(last.cue)
  }

  /// `gửi UBND tỉnh …`, `tại Bộ Y tế …`: no subject.
  func isObject(_ start: Int) -> Bool {
    var place = start
    while sentence.isPassable(place - 1) { place -= 1 }
    // The last piece of a longer name: "Hội Hữu nghị Việt Nam - Cuba".
    if sentence.key(place - 1) == PunctuationKey.dash,
      !tokens[place].spaceBefore || tokens[place - 1].spaceBefore,
      place - 2 >= sentence.range.lowerBound, tokens[place - 2].isCapitalized
    {
      return true
    }
    // "thông tin từ UBND huyện cho biết": it is its information all the same.
    for length in 2...3 where place - length >= sentence.range.lowerBound {
      if words.reportNouns.longest(in: tokens, at: place - length, before: place)?.end == place {
        return false
      }
    }
    return switch particle(at: place - 1) {
    case .about, .recipient, .preposition, .deadline: true
    default: false
    }
  }

  /// `yêu cầu UBND tỉnh A chỉ đạo các sở`: a body in the middle of a clause is told to order, or is
  /// written to; only one that begins a clause, or what somebody says, orders by itself.
  func isTold(_ agent: SpeechAgent, _ cue: SpeechCue, after last: SpeechAct?) -> Bool {
    let start = agent.tokens.lowerBound
    guard cue.directive != nil, agent.kind == .body || agent.kind == .place,
      !isClauseStart(start), last.map({ contentPlace(of: $0) != start }) ?? true
    else { return false }
    // "thông tin từ UBND huyện", "văn bản của UBND huyện yêu cầu …": it is its information or paper.
    return !isReported(start)
  }

  /// `khi đoàn thanh tra nhận thấy …`: says what happens if, not what somebody said.
  func isCondition(_ agent: SpeechAgent, _ cue: SpeechCue) -> Bool {
    guard agent.kind != .person, agent.kind != .reference else { return false }
    let place = agent.tokens.lowerBound
    return (1...2).contains { length in
      guard place - length >= sentence.range.lowerBound,
        let match = words.particles.longest(in: tokens, at: place - length, before: place)
      else { return false }
      return match.0 == .condition && match.end == place
    }
  }

  /// After a noun of what is said or written: `báo cáo của …`, `công văn của …`.
  private func isReported(_ start: Int) -> Bool {
    for length in 2...3 where start - length >= sentence.range.lowerBound {
      if words.reportNouns.longest(in: tokens, at: start - length, before: start)?.end == start {
        return true
      }
    }
    // "Văn bản số 12, ngày 3/4, của UBND huyện": a paper that begins a clause.
    guard particle(at: start - 1) == .noun else { return false }
    return (max(sentence.range.lowerBound, start - Self.mostReporting)..<start).contains {
      (tokens[$0].isCapitalized || isClauseStart($0))
        && words.documents.longest(in: tokens, at: $0, before: start) != nil
    }
  }

  /// `được nhiều đại biểu đánh giá cao`: somebody is spoken of, nobody speaks.
  func isPassive(_ start: Int) -> Bool {
    // "được Đảng, Nhà nước giao": before the first of a list.
    var start = start
    while sentence.key(start - 1) == PunctuationKey.comma || particle(at: start - 1) == .and,
      let earlier = sentence.agents.first(where: { $0.tokens.upperBound == start - 1 })
    {
      start = earlier.tokens.lowerBound
    }
    if particle(at: start - 1) == .passive { return true }
    return start - 1 > sentence.range.lowerBound && tokens[start - 1].kind == .word
      && particle(at: start - 2) == .passive
  }

  /// An order that is only alluded to: `như Thủ tướng yêu cầu`, `do ông A đề nghị`.
  func isAllusion(_ start: Int) -> Bool {
    var place = start
    while sentence.isPassable(place - 1) { place -= 1 }
    // "như sinh thời Chủ tịch A mong muốn": a word or two may stand between.
    for _ in 0..<3 {
      place -= 1
      guard sentence.range.contains(place), tokens[place].kind == .word else { return false }
      if particle(at: place) == .relative { return true }
    }
    return false
  }

  /// `khi Thủ tướng chỉ đạo …`, `việc ông A giao …`: an order told of, not given.
  func isSubordinate(_ start: Int, _ cue: SpeechCue) -> Bool {
    guard cue.statement == nil, cue.directive != nil else { return false }
    var place = start
    while sentence.isPassable(place - 1) { place -= 1 }
    return isGuarded(place)
  }

  /// `yêu cầu của …`, `đề nghị này`: no verb.
  func isNoun(_ cue: SpeechCue) -> Bool {
    guard sentence.name(at: cue.tokens.upperBound) == nil else { return false }
    switch particle(at: cue.tokens.upperBound) {
    case .noun: return true
    // "Yêu cầu được ông A nêu tại …"
    case .passive: return cue.tokens.lowerBound == sentence.range.lowerBound
    default: return false
    }
  }

  func particle(at place: Int) -> SpeechWords.Particle? {
    guard sentence.range.contains(place) else { return nil }
    return words.particles.longest(in: tokens, at: place, before: sentence.limit)?.0
  }

  /// Whether a new act ends the content of the one before, or lies inside it.
  func endsEarlier(_ agent: SpeechAgent, _ last: SpeechAct?) -> Bool {
    guard let last else { return true }
    var place = agent.tokens.lowerBound
    while place > last.contentStart, sentence.isPassable(place - 1) { place -= 1 }
    guard place > contentPlace(of: last) else { return false }
    let mark = sentence.key(place - 1)
    if mark == PunctuationKey.semicolon || particle(at: place - 1) == .coordinator { return true }
    return agent.isPerson && mark == PunctuationKey.comma
  }

  /// At the start of the sentence, after a comma or semicolon, or after words that open a clause.
  func isClauseStart(_ place: Int) -> Bool {
    var place = place
    while place > sentence.range.lowerBound, sentence.isPassable(place - 1) { place -= 1 }
    if place == sentence.range.lowerBound { return true }
    let previous = tokens[place - 1]
    if previous.kind == .punctuation || sentence.isCoordinator(place - 1) { return true }
    return isOpening(place)
  }

  /// Nothing but openers, adverbs, times and commas before.
  func isOpening(_ place: Int) -> Bool {
    sentence.afterOpeners(from: sentence.range.lowerBound) >= place
  }

  /// The start of the clause that `place` ends: after the last comma, semicolon or opener.
  func clauseStart(before place: Int) -> Int? {
    let first = sentence.afterOpeners(from: sentence.range.lowerBound)
    if first < place, sentence.groupPhrase(from: first, before: place) == place { return first }
    var start = place
    while start > sentence.range.lowerBound, tokens[start - 1].kind != .punctuation { start -= 1 }
    return sentence.afterOpeners(from: start)
  }
}
