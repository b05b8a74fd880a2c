import DanvanModel
import DanvanText

/// What only alludes to an event: one of a kind, one of another year, a standing body's sitting.
extension EventFinder {
  /// `quản lý lễ hội theo hướng văn minh`: one of a kind that only a name, year or number makes an
  /// event.
  func isNameless(_ candidate: EventCandidate) -> Bool {
    let (head, tail) = (candidate.head, candidate.head.upperBound..<candidate.tokens.upperBound)
    return words.named.longest(in: tokens, at: head.lowerBound, before: head.upperBound)?.end
      == head.upperBound
      && !tail.contains {
        tokens[$0].isCapitalized || tokens[$0].kind == .number || isQuotationMark($0)
      }
  }

  /// `★ Ngày 10-5, tại Đà Lạt, …`: a mark before the next report of a digest.
  func beginsItem(_ sentence: Sentence) -> Bool {
    let first = sentence.tokens.lowerBound
    return tokens[first].kind == .symbol && first + 1 < sentence.tokens.upperBound
  }

  /// `gồm: a) Đại hội đại biểu toàn quốc của Đảng; b) Hội nghị …; Đại hội …`: an item of what a law lists.
  func isProvision(_ candidate: EventCandidate, in sentence: Sentence) -> Bool {
    let start = max(
      sentence.tokens.lowerBound + 1, candidate.tokens.lowerBound - Self.longestProvision)
    return (start..<max(start, candidate.tokens.lowerBound)).contains { place in
      tokens[place].key == PunctuationKey.closingParenthesis
        && !tokens[place].spaceBefore && tokens[place - 1].kind == .word
        && around.scan.string(place - 1..<place).unicodeScalars.count == 1
    }
  }

  /// A sitting of a standing body that is only alluded to (`Nghị quyết Đại hội XII`, `từ sau Hội
  /// nghị lần thứ tư`), or anything that took place in an earlier year: nothing here says that it
  /// is held.
  func isReference(_ candidate: EventCandidate, in sentence: Sentence) -> Bool {
    if isLongPast(candidate, in: sentence) { return true }
    switch candidate.kind {
    case .congress, .session, .conference: break
    default: return false
    }
    return !candidate.isHeld && sentence.zone != .headline && sentence.zone != .lead
      && isNumbered(candidate) && (candidate.isDayless || !hasDay(sentence))
  }

  /// `Sáng 24/6, Hội nghị A thảo luận dự thảo báo cáo tại Đại hội B`, `Sáng 5/6, ông A cho biết sẽ
  /// tổ chức …`: what is only spoken of at another event, or is still to come, has not the day of
  /// it.
  func isOthersDay(
    _ candidate: EventCandidate, in sentence: Sentence, after previous: EventCandidate?
  ) -> Bool {
    let place = candidate.tokens.lowerBound
    let days = around.times(in: sentence.tokens).filter(\.expression.isCalendarDay)
    guard !candidate.isHeld || candidate.isPlanned, !candidate.isBare, !days.isEmpty,
      days.allSatisfy({ $0.tokens.upperBound <= place })
    else { return false }
    if let previous, previous.sentence == candidate.sentence, previous.role == nil,
      days.allSatisfy({ $0.tokens.upperBound <= previous.tokens.lowerBound })
    {
      switch candidate.kind {
      case .congress, .session, .conference, .election:
        if isNumbered(candidate) || candidate.isPlanned { return true }
      default:
        if candidate.isPlanned { return true }
      }
    }
    return candidate.isPlanned
      && days.allSatisfy { day in
        (day.tokens.upperBound..<place).contains {
          words.sayings.longest(in: tokens, at: $0, before: place) != nil
        }
      }
  }

  private func isNumbered(_ candidate: EventCandidate) -> Bool {
    (candidate.head.upperBound..<candidate.tokens.upperBound).contains {
      TokenClass.count.value(in: tokens, at: $0) != nil
        || TokenClass.roman.value(in: tokens, at: $0) != nil
    }
  }

  /// A month or day of an earlier year in the naming or right behind it (`Đại hội IX (tháng
  /// 4/2001)`).
  private func isLongPast(_ candidate: EventCandidate, in sentence: Sentence) -> Bool {
    guard let today = around.date?.date.year else { return false }
    if tellsOfFormerYear(sentence, before: candidate.tokens.lowerBound) { return true }
    let end = min(sentence.tokens.upperBound, candidate.tokens.upperBound + Self.nearby)
    return around.times(in: candidate.tokens.lowerBound..<end).contains { time in
      // A year alone may be the one that a report is about.
      guard let value = time.value, value.utf8.count >= 7 || candidate.kind == .election,
        let last = value.split(separator: "/").last, let year = Int(last.prefix(4))
      else { return false }
      return year < today
    }
  }

  /// `Năm 2014, tại Đại hội …, ông được cử …`, `Vào năm 2023, ông A đã thăm …`: a former year opens
  /// the sentence, and no day follows before the naming.
  func tellsOfFormerYear(_ sentence: Sentence, before place: Int) -> Bool {
    let start = sentence.tokens.lowerBound
    guard let today = around.date?.date.year,
      let opening = (start..<min(start + Self.longestYearOpener, place)).lazy
        .compactMap(around.time(at:)).first,
      let value = opening.value, value.utf8.count == 4, let year = Int(value)
    else { return false }
    return year < today
      && !around.times(in: opening.tokens.upperBound..<place).contains {
        $0.expression.isCalendarDay
      }
  }

  /// `Lễ truy điệu lúc 15h cùng ngày`, `Lễ viếng được tổ chức …`
  func isRite(_ candidate: EventCandidate, in sentence: Sentence) -> Bool {
    guard
      words.rites.longest(
        in: tokens, at: candidate.head.lowerBound, before: candidate.head.upperBound)?.end
        == candidate.head.upperBound
    else { return false }
    switch cue(after: candidate.tokens.upperBound, in: sentence) {
    case .held, .planned, .recent: return true
    default:
      // "lúc 15h cùng ngày", "ngày 3/6"
      return (0...1).contains {
        around.time(at: candidate.tokens.upperBound + $0)?.expression.isCalendarDay == true
      }
    }
  }

  /// `…, Hội nghị đánh giá …` at the head of a clause, where a fuller name of its kind stands
  /// before: the conference says so.
  func speaker(
    at place: Int, in sentence: Sentence, _ number: Int, _ isQuoted: Bool,
    among found: [EventCandidate]
  ) -> EventCandidate? {
    let start = sentence.tokens.lowerBound
    guard tokens[place].isCapitalized,
      place == start || tokens[place - 1].key == PunctuationKey.comma,
      case (let kind?, let after)? = words.nouns.longest(
        in: tokens, at: place, before: sentence.tokens.upperBound),
      found.suffix(EventGroup.reach).contains(where: { $0.kind == kind && !$0.isBare }),
      words.sayings.longest(in: tokens, at: after, before: sentence.tokens.upperBound) != nil
        || words.orders.longest(in: tokens, at: after, before: sentence.tokens.upperBound) != nil
        || words.predicates.longest(in: tokens, at: after, before: sentence.tokens.upperBound)
          != nil
    else { return nil }
    var candidate = EventCandidate(
      kind: kind, tokens: place..<after, head: place..<after, role: nil, sentence: number,
      subject: nil)
    candidate.isBare = true
    weigh(&candidate, in: sentence, isQuoted)
    return candidate
  }

  /// `Trong cuộc gặp với A, Thủ tướng …`, `Sau buổi làm việc với B, ông …`: somebody says or does
  /// something there.
  func isStage(_ candidate: EventCandidate, in sentence: Sentence) -> Bool {
    var first = candidate.tokens.lowerBound
    if first > sentence.tokens.lowerBound, tokens[first - 1].key == words.one { first -= 1 }
    let isInside = (1...2).contains { length in
      first - length >= sentence.tokens.lowerBound
        && words.cues.longest(in: tokens, at: first - length, before: first)
          .map { $0.0 == .at && $0.end == first } == true
    }
    guard isInside, let clause = clause(behind: candidate, in: sentence) else { return false }
    return words.pronouns.longest(in: tokens, at: clause, before: sentence.tokens.upperBound) != nil
      || person(behind: candidate, in: sentence) != nil || hasDone(bodyAt: clause)
      || !isNumbered(candidate) && !around.names(in: candidate.tokens).isEmpty
        && isDone(at: clause, in: sentence)
  }

  /// `Tại phiên trù bị, Quốc hội đã …`
  private func hasDone(bodyAt clause: Int) -> Bool {
    guard let name = around.name(at: clause), name.kind == .organization,
      tokens.indices.contains(name.tokens.upperBound)
    else { return false }
    return tokens[name.tokens.upperBound].key == words.perfective
  }

  /// `Trong buổi giao lưu với sinh viên, các đại diện đã báo cáo …`: what has been done there.
  private func isDone(at clause: Int, in sentence: Sentence) -> Bool {
    let end = min(sentence.tokens.upperBound, clause + Self.longestSubject)
    return (clause..<end).first {
      tokens[$0].kind == .punctuation || tokens[$0].key == words.perfective
    }
    .map { tokens[$0].key == words.perfective } == true
  }

  /// The person or office named first behind a naming, its day and a comma.
  func person(behind candidate: EventCandidate, in sentence: Sentence) -> NameMention? {
    guard let clause = clause(behind: candidate, in: sentence),
      let name = around.name(at: clause), name.kind == .person || name.kind == .title
    else { return nil }
    return name
  }

  /// `Tại buổi tiếp Đoàn đại biểu …, Thủ tướng A khẳng định`: an official whom the naming itself
  /// does not name.
  func host(behind candidate: EventCandidate, in sentence: Sentence) -> String? {
    guard !candidate.isBare,
      let person = person(behind: candidate, in: sentence).flatMap(around.fullName(of:)),
      around.officials.contains(person), !around.people(in: candidate.tokens).contains(person)
    else { return nil }
    return person
  }

  /// Where the clause begins, behind the comma and a form of address.
  private func clause(behind candidate: EventCandidate, in sentence: Sentence) -> Int? {
    let end = sentence.tokens.upperBound
    var place = candidate.tokens.upperBound
    if let time = around.time(at: place) { place = time.tokens.upperBound }
    guard place + 1 < end, tokens[place].key == PunctuationKey.comma else { return nil }
    return words.honorifics.longest(in: tokens, at: place + 1, before: end)?.end ?? place + 1
  }

  /// `yêu cầu các tỉnh tổ chức hội thảo …`: what somebody is told to hold has no day yet, and
  /// nothing says that it will be held.
  func isDemanded(_ candidate: EventCandidate, in sentence: Sentence) -> Bool {
    let first = candidate.tokens.lowerBound
    // A day right behind it says when it will be.
    guard !tokens[first].isCapitalized,
      around.time(at: candidate.tokens.upperBound)?.expression.isCalendarDay != true,
      let verb = (max(sentence.tokens.lowerBound, first - 3)..<first).last(where: {
        words.cues.longest(in: tokens, at: $0, before: first)
          .map { ($0.0 == .held || $0.0 == .attends) && $0.end == first } == true
      })
    else { return false }
    let start = max(sentence.tokens.lowerBound, verb - Self.longestDemand)
    for place in (start..<verb).reversed() {
      if tokens[place].key == words.perfective || tokens[place].key == PunctuationKey.semicolon
        || around.time(at: place).map(tellsMonth) == true
      {
        return false
      }
      // "Ban Chỉ đạo", "Ban Chỉ đạo về khu vực phòng thủ" order nothing.
      if around.name(covering: place) != nil
        || tokens[place].isCapitalized && place > sentence.tokens.lowerBound
      {
        continue
      }
      if words.modals.longest(in: tokens, at: place, before: verb) != nil
        || words.orders.longest(in: tokens, at: place, before: verb) != nil
      {
        return true
      }
    }
    return false
  }

  /// A day, month or quarter, not only a year.
  private func tellsMonth(_ time: TimeMention) -> Bool {
    time.expression.isCalendarDay || (time.value?.utf8.count ?? 0) >= "2021-Q1".utf8.count
  }

  /// In tokens.
  private static let nearby = 4
  private static let longestYearOpener = 3
  private static let longestSubject = 12
  private static let longestDemand = 16
  private static let longestProvision = 48

  /// What is said of an event right behind its naming, or behind the day that follows it.
  func cue(after place: Int, in sentence: Sentence) -> EventWords.Cue? {
    let start = around.time(at: place)?.tokens.upperBound ?? place
    return words.cues.longest(in: tokens, at: start, before: sentence.tokens.upperBound)?.0
  }

  /// `Hằng năm, huyện tổ chức …`, `trong nhiệm kỳ qua, hội đã …`, `thường xuyên thăm …`: what is done time
  /// and again, or was in the course of a period, where the sentence tells no day.
  func isHabit(_ candidate: EventCandidate, in sentence: Sentence) -> Bool {
    let start = candidate.tokens.lowerBound
    func isHabit(at place: Int) -> Bool {
      words.habits.longest(in: tokens, at: place, before: start) != nil
    }
    guard !hasDay(sentence), start > sentence.tokens.lowerBound else { return false }
    let isAhead = (sentence.tokens.lowerBound..<start).contains {
      words.cues.longest(in: tokens, at: $0, before: start)?.0 == .planned
    }
    return isHabit(at: sentence.tokens.lowerBound) && !isAhead
      || (max(sentence.tokens.lowerBound, start - Self.nearHabit)..<start).contains {
        words.habits.longest(in: tokens, at: $0, before: start)?.0 == .anywhere
      }
  }

  /// In tokens.
  private static let nearHabit = 6
}
