import DanvanModel
import DanvanText

/// Who presides: by a word that says so, by what the naming says that he does, by his concluding.
extension EventDetails {
  func chairs(of group: EventGroup) -> [String] {
    // "hội kiến với ông A và dự tiệc do ông B chủ trì": the dinner is not the meeting.
    for member in group.members
    where member.role == nil && (member.kind != .other || group.kind == .other) {
      let found = presiding(at: member)
      if !found.isEmpty { return found }
    }
    for member in group.members {
      if let chair = leading(member, group.kind) { return [chair] }
    }
    for member in group.members where member.role == .lead {
      let found = presiding(at: member)
      if !found.isEmpty { return found }
    }
    for member in group.members {
      let found = concluding(at: member)
      if !found.isEmpty { return found }
    }
    return group.members.lazy.compactMap(guest(at:)).first.map { [$0] } ?? []
  }

  /// Who is said to preside in a naming's sentence, or in the next where that names no event
  /// (`Bí thư … chủ trì, phát biểu khai mạc.`).
  private func presiding(at member: EventCandidate) -> [String] {
    let own = around.scan.sentences[member.sentence].tokens
    let behind = presidingBehind(member)
    var found: [String] = []
    for (cue, place) in cues([.chair, .chaired], in: own)
    where place.lowerBound >= member.tokens.upperBound
      ? isNearest(place, behind: member) && isWhole(cue, place, before: own.upperBound)
      : governs(cue, place, member)
    {
      for name in chairs(at: place, in: own, isPassive: cue == .chaired, member)
      where !found.contains(name) {
        found.append(name)
      }
      // "dưới sự chủ trì của ông A, ông B điều hành phiên họp"
      if cue == .chair && !found.isEmpty { break }
    }
    if !found.isEmpty {
      // "Cùng chủ trì có …"
      return behind.isPassive ? found + behind.chairs.filter { !found.contains($0) } : found
    }
    return behind.chairs
  }

  private func presidingBehind(_ member: EventCandidate) -> (chairs: [String], isPassive: Bool) {
    let next = member.sentence + 1
    guard around.scan.sentences.indices.contains(next), isFirst(member) else { return ([], false) }
    let following = around.scan.sentences[next].tokens
    for (cue, place) in cues([.chair, .chaired], in: following) {
      let isOpening = place.lowerBound == following.lowerBound
      guard
        cue == .chaired
          ? isOpening
          : place.upperBound == following.upperBound
            || tokens[place.upperBound].kind == .punctuation
      else { continue }
      return (
        chairs(at: place, in: following, isPassive: cue == .chaired, nil), cue == .chaired
      )
    }
    return ([], false)
  }

  /// `Hội nghị … do ông A chủ trì`, but not `hội kiến với ông A và dự tiệc do ông B chủ trì`: no other
  /// event is named between.
  private func isNearest(_ cue: Range<Int>, behind member: EventCandidate) -> Bool {
    let start = member.tokens.upperBound
    let isOther = (start..<cue.lowerBound).contains {
      let kind = words.nouns.longest(in: tokens, at: $0, before: cue.lowerBound)?.0 ?? nil
      return kind != nil && kind != member.kind
    }
    return !isOther
      && !namings[member.sentence, default: []].contains {
        !$0.isBare && $0.tokens.lowerBound >= start && $0.tokens.upperBound <= cue.lowerBound
      }
  }

  /// Behind the naming only a verb without an object, or one whose object is a gathering:
  /// `do ông A chủ trì`, but not `điều hành linh hoạt`, `chủ trì soạn thảo`.
  private func isWhole(_ cue: EventWords.Cue, _ place: Range<Int>, before end: Int) -> Bool {
    let after = place.upperBound
    guard cue == .chair, after < end, tokens[after].kind == .word else { return true }
    if tokens[after].isCapitalized || tokens[after].key == words.and
      || tokens[after].key == words.at || tokens[after].key == words.with
      || around.time(at: after) != nil
    {
      return true
    }
    let object = tokens[after].key == words.one ? after + 1 : after
    return words.nouns.longest(in: tokens, at: object, before: end)?.0 != nil
      || words.activities.longest(in: tokens, at: object, before: end) != nil
      || words.verbs.longest(in: tokens, at: object, before: end) != nil
  }

  /// What the next sentence says is said of the event that its own sentence is about: `họp thẩm tra
  /// báo cáo để trình kỳ họp thứ 4. Ông A chủ trì.`
  private func isFirst(_ member: EventCandidate) -> Bool {
    let others = namings[member.sentence, default: []]
    let main = others.first { $0.role != nil || $0.isHeld } ?? others.first
    return main.map { $0.tokens == member.tokens } ?? true
  }

  /// `chủ trì hội nghị`, but not `chủ trì cuộc họp chuẩn bị kỳ họp`: the nearest event is meant.
  private func governs(_ cue: EventWords.Cue, _ place: Range<Int>, _ member: EventCandidate) -> Bool
  {
    let start = member.tokens.lowerBound
    guard place.upperBound <= start,
      cue == .chaired || start - place.upperBound < Self.reach
    else { return false }
    return (place.upperBound..<start).allSatisfy {
      (words.nouns.longest(in: tokens, at: $0, before: start)?.0 ?? nil) == nil
    }
  }

  /// In tokens.
  private static let reach = 8

  private func chairs(
    at cue: Range<Int>, in sentence: Range<Int>, isPassive: Bool, _ member: EventCandidate?
  ) -> [String] {
    let subjects = EventSubjects(words: words, around: around)
    let after = cue.upperBound..<sentence.upperBound
    if isPassive { return subjects.listed(in: after) }
    let before = subjects.coordinated(before: cue.lowerBound, from: sentence.lowerBound)
    if !before.isEmpty { return before }
    // "Tỉnh ủy A chủ trì cuộc họp về việc của ông B": who is named behind is no subject.
    if let body = subjects.body(before: cue.lowerBound, from: sentence.lowerBound) { return [body] }
    // "Chủ trì hội nghị tiếp xúc ông B có ông A": behind the naming, not within it.
    let start = member.map { max(cue.upperBound, $0.tokens.upperBound) } ?? cue.upperBound
    let behind = subjects.listed(in: start..<sentence.upperBound)
    return behind.isEmpty ? subjects.listed(in: after) : behind
  }

  /// Who concludes a sitting has presided over it (`Kết luận buổi làm việc, đồng chí …`).
  private func concluding(at member: EventCandidate) -> [String] {
    let sentence = around.scan.sentences[member.sentence].tokens
    for (_, place) in cues([.concludes], in: sentence)
    where place.upperBound == member.tokens.lowerBound {
      let before = around.people(in: sentence.lowerBound..<place.lowerBound).last
      let after = around.people(in: member.tokens.upperBound..<sentence.upperBound).first
      return (before ?? after).map { [$0] } ?? []
    }
    return []
  }

  private func cues(_ wanted: Set<EventWords.Cue>, in range: Range<Int>)
    -> [(EventWords.Cue, Range<Int>)]
  {
    var found: [(EventWords.Cue, Range<Int>)] = []
    var place = range.lowerBound
    while place < range.upperBound {
      guard let (cue, end) = words.cues.longest(in: tokens, at: place, before: range.upperBound)
      else {
        place += 1
        continue
      }
      if wanted.contains(cue) { found.append((cue, place..<end)) }
      place = end
    }
    return found
  }

  /// Who leads a working session or inspection, or receives a guest: the subject.
  private func leading(_ member: EventCandidate, _ kind: Event.Kind) -> String? {
    let sentence = around.scan.sentences[member.sentence]
    let before = sentence.tokens.lowerBound..<member.tokens.lowerBound
    switch member.role {
    case .meet, .visit: return nil
    case .receive, .lead:
      if let subject = member.subject.map({ around.names[$0] }) {
        if let person = around.fullName(of: subject) { return person }
        // "Thanh tra Chính phủ thanh tra …"
        if subject.kind == .organization, kind == .inspection {
          return around.scan.string(subject.tokens)
        }
      }
      // "cho biết thành phố sẽ kiểm tra …": who says so does not do it.
      return member.isPlanned ? nil : lastPerson(in: before)
    case nil:
      switch kind {
      case .workingSession: return attends(before) ? nil : leader(before, of: member)
      case .inspection:
        return leader(before, of: member)
          ?? EventSubjects(words: words, around: around)
          .body(before: member.tokens.lowerBound, from: before.lowerBound)
      case .meeting:
        return receives(member) ? around.people(in: before).last ?? member.host : nil
      default: return nil
      }
    }
  }

  /// The person named last before a naming, where he is the one who holds it: nothing that he says,
  /// and no other subject, stands between (`ông A cho biết, sở đã có cuộc họp …`).
  private func leader(_ range: Range<Int>, of member: EventCandidate) -> String? {
    guard
      let last = range.last(where: { around.name(at: $0).flatMap(around.fullName(of:)) != nil }),
      let name = around.name(at: last), let person = around.fullName(of: name),
      !isSource(name, from: range.lowerBound),
      // "… được biết, cuộc họp đã …": the naming is itself the subject.
      tokens[range.upperBound - 1].key != PunctuationKey.comma
    else { return nil }
    var place = name.tokens.upperBound
    while place < range.upperBound {
      if let (_, after) = words.orders.longest(in: tokens, at: place, before: range.upperBound) {
        place = after
      } else if case (.concludes, let after)? = words.cues.longest(
        in: tokens, at: place, before: range.upperBound), after == range.upperBound
      {
        return person
      } else if words.sayings.longest(in: tokens, at: place, before: range.upperBound) != nil {
        // Who speaks at the session that he has with others leads it.
        return isWith(member) && isOneClause(place..<range.upperBound) ? person : nil
      } else if case (_, let after)? = words.company.longest(
        in: tokens, at: place, before: range.upperBound), after > place + 1
      {
        // "do ông A làm trưởng đoàn", "ông A cùng với …"
        return person
      } else if let other = around.name(at: place) {
        if other.kind == .organization, isSubject(place, behind: name.tokens.upperBound) {
          return nil
        }
        place = max(place + 1, other.tokens.upperBound)
      } else {
        place += 1
      }
    }
    return person
  }

  /// `theo ông A, …`: who tells it.
  private func isSource(_ name: NameMention, from start: Int) -> Bool {
    var place = name.tokens.lowerBound
    while place > start, let title = around.numbers(endingAt: place).last {
      place = around.names[title].tokens.lowerBound
    }
    for length in 1...2 where place - length >= start {
      if words.honorifics.longest(in: tokens, at: place - length, before: place)?.1 == place {
        place -= length
        break
      }
    }
    return place > start && tokens[place - 1].key == words.according
  }

  /// `…, Sở A đã có …`, `… sáng nay UBND tỉnh …`, `… được Bộ B đưa ra`: a body that does something,
  /// not one that an office is of.
  private func isSubject(_ place: Int, behind start: Int) -> Bool {
    guard place > start else { return false }
    let before = tokens[place - 1]
    return before.key == PunctuationKey.comma || before.key == PunctuationKey.semicolon
      || around.time(endingAt: place) != nil
      || words.cues.longest(in: tokens, at: place - 1, before: place)?.0 == .agent
  }

  private func isOneClause(_ range: Range<Int>) -> Bool {
    !range.contains { tokens[$0].key == PunctuationKey.comma || around.name(at: $0) != nil }
  }

  /// `buổi làm việc với Sở A`
  private func isWith(_ member: EventCandidate) -> Bool {
    member.head.upperBound < member.tokens.upperBound
      && tokens[member.head.upperBound].key == words.with
  }

  /// `buổi tiếp …`: its head holds a verb of receiving.
  private func receives(_ member: EventCandidate) -> Bool {
    member.head.contains {
      words.verbs.longest(in: tokens, at: $0, before: member.tokens.upperBound)?.0.role == .receive
    }
  }
}
