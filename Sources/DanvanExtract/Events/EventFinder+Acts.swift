import DanvanModel
import DanvanText

/// Official acts that are told by a verb: who does what to whom.
extension EventFinder {
  func act(
    at place: Int, in sentence: Sentence, _ number: Int, _ naming: EventNaming, _ isQuoted: Bool,
    after previous: EventCandidate?
  ) -> EventCandidate? {
    let end = sentence.tokens.upperBound
    guard let (kind, verbsRole, first, isActivity) = verb(at: place, in: sentence),
      !isBodysName(at: place, in: sentence)
    else { return nil }
    let (after, role) = endOfVerbs(after: first, verbsRole, before: end)
    // "Chính phủ họp phiên họp thường kỳ tháng 6": the noun names it.
    if kind == .workingSession, words.nouns.longest(in: tokens, at: after, before: end)?.0 != nil {
      return nil
    }
    // "Kết luận … về kiểm tra công tác …"
    if kind == .inspection, place > sentence.tokens.lowerBound,
      tokens[place - 1].key == words.about
    {
      return nil
    }
    guard after < end, !isGuestsPurpose(role, at: place, number, after: previous),
      // "đón 32 triệu khách"
      role != .receive || tokens[after].kind != .number
    else { return nil }
    var subject = self.subject(before: place, in: sentence)
    if owner(before: place, from: sentence.tokens.lowerBound) != nil { subject = nil }
    if let known = subject, isInvited(known, in: sentence) { return nil }
    if let leader = leader(of: subject, before: place, in: sentence) { subject = leader }
    if isActivity { return activity(kind, place..<after, of: subject, number, naming, isQuoted) }
    var isCoordinated = false
    if subject == nil, endsGroup(before: place, in: sentence) { isCoordinated = true }
    if subject == nil, let previous, isChained(place, number, to: previous) {
      subject = previous.subject
      isCoordinated = true
    }
    let teller = subject == nil ? told(before: place, in: sentence) : nil
    subject = subject ?? teller
    if subject == nil, isFronted(place, in: sentence) {
      subject = laterSubject(after: naming.end(after: after, kind: kind), before: end)
    }
    let isOfficial = subject.map(isOfficial) ?? false
    let isIntended = subject == nil && isPlanned(at: place, in: sentence)
    // What is held once, not what a body does by law or day by day.
    let isSingle =
      kind == .workingSession && (hasDay(sentence) || isPerfective(before: place, in: sentence))
    // "Ngày 5/6, chi bộ khoa Sản đã họp bỏ phiếu …": whoever they are, they sat.
    let isDatedSitting =
      kind == .workingSession && isDated(before: place, in: sentence)
      && isPerfective(before: place, in: sentence)
    guard subject != nil || isCoordinated || isIntended || isDatedSitting,
      isObject(
        at: after, before: end,
        anyWord: isOfficial || isCoordinated || kind == .ceremony || isSingle)
    else { return nil }
    let range = place..<naming.end(after: after, kind: kind)
    guard range.upperBound > after else { return nil }
    // "tiếp ông A thăm và làm việc tại …": the guest leads nothing.
    let isGuests =
      subject.map {
        previous?.role == .receive
          && previous?.tokens.contains(
            around.names[$0].tokens.lowerBound) == true
      } ?? false
    var candidate = EventCandidate(
      kind: kind, tokens: range, head: place..<after, role: isGuests ? .visit : role,
      sentence: number, subject: subject)
    candidate.isChained = isCoordinated
    candidate.isFurther =
      (beforeAdverbs(place, from: sentence.tokens.lowerBound)..<place).contains {
        tokens[$0].key == words.also
      }
    weigh(&candidate, in: sentence, isQuoted)
    // "Đoàn đến đặt vòng hoa tại …": where a delegation went is told once.
    if isCoordinated, words.adverbs.longest(in: tokens, at: place, before: after) != nil {
      candidate.weight += 3
    }
    if isOfficial { candidate.weight += 1 }
    // What people without an office do is seldom an official act.
    if let subject, around.names[subject].kind == .person, !isOfficial { candidate.weight -= 2 }
    // "Sáng 18/10, Đoàn đại biểu … tiếp xúc cử tri …": the formula of a report.
    if !isOfficial, isDated(before: place, in: sentence) { candidate.weight += 1 }
    if isOfficial, isPerfective(before: place, in: sentence) { candidate.weight += 2 }
    // "Đoàn công tác đã khảo sát Bệnh viện A": what a group that was sent there did.
    if isCoordinated, isPerfective(before: place, in: sentence) { candidate.weight += 2 }
    if let subject, isDelegation(subject), isPerfective(before: place, in: sentence) {
      candidate.weight += 2
    }
    if subject == nil, isCoordinated, around.name(at: after) != nil { candidate.weight += 1 }
    // "Tại hội nghị, ông A đã công bố quyết định …": a part of what is held there.
    if kind == .ceremony, let previous, previous.isBare, previous.sentence == number,
      previous.tokens.lowerBound - sentence.tokens.lowerBound <= 1
    {
      candidate.weight -= 3
    }
    if isIntended { candidate.weight += 2 }
    // "ông A nói khi kiểm tra thì …": without a day what happens time and again.
    if teller != nil, !hasDay(sentence) { candidate.weight -= 2 }
    // Bodies visit and inspect day by day, but what they hold is an event.
    if !isOfficial, kind == .workingSession || kind == .conference { candidate.weight += 1 }
    if role == .receive {
      candidate.weight += 1
      candidate.host = subject.flatMap { around.fullName(of: around.names[$0]) }
    }
    if isCoordinated, let previous, previous.sentence == number {
      candidate.weight = max(candidate.weight, previous.weight)
    }
    return candidate
  }

  /// `Tổng Bí thư A đã hội đàm với B; hội kiến C`: a word that names an event too, right behind whose act it is.
  func doneByOne(
    at place: Int, in sentence: Sentence, _ number: Int, _ naming: EventNaming, _ isQuoted: Bool,
    after previous: EventCandidate?
  ) -> EventCandidate? {
    let end = sentence.tokens.upperBound
    guard tokens[place].shape == .lower,
      words.verbs.longest(in: tokens, at: place, before: end)?.0.kind == .meeting,
      words.nouns.longest(in: tokens, at: place, before: end)?.0 != nil,
      let subject = subject(before: place, in: sentence), isOfficial(subject)
    else { return nil }
    return act(at: place, in: sentence, number, naming, isQuoted, after: previous)
  }

  /// A verb of an official act; behind a day one that elsewhere only names what somebody is said to
  /// hold: `Sáng 12/6, Hội Nông dân tỉnh tổng kết phong trào …`.
  private func verb(at place: Int, in sentence: Sentence)
    -> (Event.Kind, EventWords.Role, end: Int, isActivity: Bool)?
  {
    let end = sentence.tokens.upperBound
    if let (act, after) = words.verbs.longest(in: tokens, at: place, before: end) {
      return act.kind.map { ($0, act.role, after, false) }
    }
    guard let (activity, after) = words.activities.longest(in: tokens, at: place, before: end),
      activity.cue == .held, isDated(before: place, in: sentence)
    else { return nil }
    return (activity.kind, .meet, after, true)
  }

  /// What a verb of an official act or of what is held makes of the classifier before it.
  func actKind(at place: Int, before end: Int) -> (Event.Kind, end: Int)? {
    if let (activity, after) = words.activities.longest(in: tokens, at: place, before: end) {
      return (activity.kind, after)
    }
    guard let (act, after) = words.verbs.longest(in: tokens, at: place, before: end) else {
      return nil
    }
    return act.kind.map { ($0, after) }
  }

  private func isDated(before place: Int, in sentence: Sentence) -> Bool {
    around.times(in: sentence.tokens.lowerBound..<place).contains { $0.expression.isCalendarDay }
  }

  private func activity(
    _ kind: Event.Kind, _ head: Range<Int>, of subject: Int?, _ number: Int, _ naming: EventNaming,
    _ isQuoted: Bool
  ) -> EventCandidate? {
    let sentence = around.scan.sentences[number]
    guard let subject, around.names[subject].kind != .person,
      isObject(at: head.upperBound, before: sentence.tokens.upperBound, anyWord: true)
    else { return nil }
    let range = head.lowerBound..<naming.end(after: head.upperBound, kind: kind)
    guard range.upperBound > head.upperBound else { return nil }
    var candidate = EventCandidate(
      kind: kind, tokens: range, head: head, role: .meet, sentence: number, subject: subject)
    weigh(&candidate, in: sentence, isQuoted)
    candidate.weight += 1
    return candidate
  }

  /// `tiếp Đại sứ A đến chào từ biệt`: what the guest came for is no event beside it.
  private func isGuestsPurpose(
    _ role: EventWords.Role, at place: Int, _ sentence: Int, after previous: EventCandidate?
  ) -> Bool {
    guard let previous, previous.sentence == sentence, previous.role == .receive else {
      return false
    }
    return role == .meet && previous.tokens.upperBound == place
  }

  /// An office, or a person of whom the article tells one.
  func isOfficial(_ subject: Int) -> Bool {
    let name = around.names[subject]
    switch name.kind {
    case .title, .location: return true
    case .person: return around.fullName(of: name).map(around.officials.contains) ?? false
    default: return false
    }
  }

  /// `Bộ trưởng … đã trực tiếp thăm …`: told as done.
  func isPerfective(before place: Int, in sentence: Sentence) -> Bool {
    (max(sentence.tokens.lowerBound, place - 4)..<place).contains {
      tokens[$0].key == words.perfective
    }
  }

  /// Right behind a mark or `và` that follows an act of the same sentence.
  func isChained(_ place: Int, _ sentence: Int, to previous: EventCandidate) -> Bool {
    (previous.role != nil || previous.isChained) && previous.sentence == sentence
      && previous.tokens.upperBound == place - 1 && isCoordinator(place - 1)
  }

  private func isCoordinator(_ place: Int) -> Bool {
    let key = tokens[place].key
    return key == PunctuationKey.comma || key == PunctuationKey.semicolon || key == words.and
  }

  /// The end of coordinated verbs that share their object (`thăm, tặng quà và động viên …`), and
  /// what their subject does: who visits and works with his hosts leads the session.
  private func endOfVerbs(after first: Int, _ role: EventWords.Role, before end: Int)
    -> (Int, EventWords.Role)
  {
    var after = first
    var role = role
    while after + 1 < end,
      tokens[after].key == PunctuationKey.comma || tokens[after].key == words.and
    {
      if case (let act, let next)? = words.verbs.longest(in: tokens, at: after + 1, before: end),
        act.kind != nil
      {
        after = next
        if role == .visit, act.role == .lead { role = .lead }
      } else if let (_, next) = words.companions.longest(in: tokens, at: after + 1, before: end) {
        after = next
      } else {
        break
      }
    }
    return (after, role)
  }

  /// `Thanh tra tỉnh`, `Cục Quản lý, Giám sát Bảo hiểm`: with a capital inside a sentence it is a
  /// body.
  private func isBodysName(at place: Int, in sentence: Sentence) -> Bool {
    guard tokens[place].isCapitalized, place > sentence.tokens.lowerBound else { return false }
    let previous = tokens[place - 1]
    return previous.kind == .word || previous.key == PunctuationKey.comma
  }

  /// `mời ông A thăm …`, `dịp để ông A thăm …`, `kiến nghị UBND tỉnh làm việc với …`: nothing has
  /// been held yet.
  private func isInvited(_ subject: Int, in sentence: Sentence) -> Bool {
    var start = around.names[subject].tokens.lowerBound
    while let title = around.numbers(endingAt: start).last {
      start = around.names[title].tokens.lowerBound
    }
    if start > 0,
      tokens[start - 1].key == words.invite || tokens[start - 1].key == words.purpose
    {
      return true
    }
    return (1...3).contains { length in
      start - length > sentence.tokens.lowerBound
        && words.orders.longest(in: tokens, at: start - length, before: start)?.end == start
    }
  }

  /// Whether an object can begin at a token. What an official does may be done to anything that a
  /// word can name; what a body does must be told apart from its daily business.
  private func isObject(at place: Int, before end: Int, anyWord: Bool) -> Bool {
    if around.name(at: place) != nil || tokens[place].isCapitalized
      || tokens[place].kind == .number
      || words.objects.longest(in: tokens, at: place, before: end) != nil
    {
      return true
    }
    guard anyWord, tokens[place].kind == .word else { return false }
    return switch words.stops.longest(in: tokens, at: place, before: end)?.0 {
    // What ends a clause with a capital, or behind a comma, ends nothing here.
    case nil, .go, .clause, .opener, .measure: true
    case .always, .own, .when, .head, .purpose, .tail: false
    }
  }

  /// Right behind `kế hoạch`, `chuẩn bị` and their like.
  private func isPlanned(at place: Int, in sentence: Sentence) -> Bool {
    for length in 1...4 where place - length >= sentence.tokens.lowerBound {
      if case (.planned, place)? = words.cues.longest(in: tokens, at: place - length, before: place)
      {
        return true
      }
    }
    return false
  }
}
