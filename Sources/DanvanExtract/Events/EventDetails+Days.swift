import DanvanModel
import DanvanText

/// When an event is held: the days told in the sentences of its namings, or right before them.
extension EventDetails {
  /// The day told in the sentence of any of its namings, the most precise that agrees with the
  /// first.
  func when(of group: EventGroup) -> String? {
    var best: String?
    let ordered = [group.fullest(in: around.scan)] + group.members.prefix(EventGroup.reach)
    for member in ordered {
      let sentence = around.scan.sentences[member.sentence]
      for value in days(in: sentence, near: member) {
        guard let known = best else {
          best = value
          continue
        }
        if value.hasPrefix(known) { best = value }
      }
    }
    if best == nil, let first = ordered.first { best = month(of: first) ?? ownMonth(of: first) }
    if best == nil, !isMain(group), let first = ordered.first, isPresent(group) {
      best = dayBefore(first)
    }
    guard best == nil, isMain(group) || isPresent(group),
      !group.members.contains(where: \.isRecent)
    else { return best }
    // The report's own event without a day of its own: its day is the report's.
    return lead().flatMap { days(in: $0, near: nil).first } ?? date?.date.description
  }

  /// Told as held, and of no other time.
  private func isPresent(_ group: EventGroup) -> Bool {
    !group.members.contains { $0.isPlanned || $0.isPast }
  }

  /// The last day told in the sentences right before a naming, where the story has come to.
  private func dayBefore(_ member: EventCandidate) -> String? {
    let own = around.scan.sentences[member.sentence]
    for number in (max(0, member.sentence - Self.mostBack)..<member.sentence).reversed() {
      let sentence = around.scan.sentences[number]
      guard sentence.paragraph == own.paragraph || sentence.zone == .lead else { break }
      if let day = days(in: sentence, near: nil).last { return day }
    }
    return nil
  }

  /// In sentences.
  private static let mostBack = 3

  func isMain(_ group: EventGroup) -> Bool {
    group.members.contains {
      let zone = around.scan.sentences[$0.sentence].zone
      return (zone == .headline || zone == .lead) && !$0.isPlanned && !$0.isPast
    }
  }

  private func lead() -> Sentence? { around.scan.sentences.first { $0.zone == .lead } }

  /// Values of the days in a sentence, nearest to the naming first; days inside the naming last.
  private func days(in sentence: Sentence, near member: EventCandidate?) -> [String] {
    if member?.isDayless == true { return [] }
    let times = around.times(in: sentence.tokens).filter {
      $0.expression.isCalendarDay && ($0.value?.contains("REF") == false) && !isRemembered($0)
        && !around.isPapers($0) && !takesEffect($0, of: member)
        && !(member?.tokens.overlaps($0.tokens) == true && isBracketed($0))
        && !(member?.isPlanned == true && isOthers($0, than: member))
    }
    guard let member else { return times.compactMap(\.value) }
    func distance(_ time: TimeMention) -> Int {
      if member.tokens.overlaps(time.tokens) { return 1000 }
      // "từ ngày 6 đến 16-5" behind the name is when what it is about took place.
      let isSpan = time.value?.contains("/") == true
      if isSpan, member.kind != .visit, !member.isPlanned,
        time.tokens.lowerBound >= member.tokens.upperBound
      {
        return 500
      }
      // "Trưa 20-11 (rạng sáng 21-11 giờ Việt Nam)": the same told in other words.
      if isEnclosed(time, in: sentence) { return 250 }
      return time.tokens.upperBound <= member.tokens.lowerBound
        ? member.tokens.lowerBound - time.tokens.upperBound
        : 2 * (time.tokens.lowerBound - member.tokens.upperBound)
    }
    return times.map { (distance($0), $0.value) }.sorted { $0.0 < $1.0 }.compactMap(\.1)
  }

  /// `trao quyết định bổ nhiệm ông A … từ ngày 1/7`: since when it holds.
  private func takesEffect(_ time: TimeMention, of member: EventCandidate?) -> Bool {
    let place = time.tokens.lowerBound
    guard let member, member.kind == .ceremony, member.role != nil,
      place >= member.tokens.upperBound
    else { return false }
    return tokens[place - 1].key == words.from
  }

  /// `tại buổi họp báo ngày 8/2 …`: the day right behind another event's naming is that event's.
  private func isOthers(_ time: TimeMention, than member: EventCandidate?) -> Bool {
    let place = time.tokens.lowerBound
    return ends.contains(place) && member?.tokens.upperBound != place
  }

  private func isEnclosed(_ time: TimeMention, in sentence: Sentence) -> Bool {
    let before =
      max(
        sentence.tokens.lowerBound, time.tokens.lowerBound - Self.longestEnclosure)..<time.tokens
      .lowerBound
    guard let mark = before.last(where: { Self.parentheses.contains(tokens[$0].key) }) else {
      return false
    }
    return tokens[mark].key == PunctuationKey.openingParenthesis
  }

  /// In tokens.
  private static let longestEnclosure = 40
  private static let parentheses = [
    PunctuationKey.openingParenthesis, PunctuationKey.closingParenthesis,
  ]

  /// The day of a birth, and a span over more than a year: `(14/6/1957 - 14/6/2017)`.
  private func isRemembered(_ time: TimeMention) -> Bool {
    if time.tellsLife { return true }
    let ends = time.value.map { $0.split(separator: "/") } ?? []
    guard ends.count == 2, let from = Int(ends[0].prefix(4)), let to = Int(ends[1].prefix(4)) else {
      return false
    }
    return to - from > 1
  }

  /// `(14/6/1957 - 14/6/2017)` in a name tells what is remembered.
  private func isBracketed(_ time: TimeMention) -> Bool {
    time.tokens.lowerBound > 0
      && tokens[time.tokens.lowerBound - 1].key == PunctuationKey.openingParenthesis
  }

  /// A month or year right behind the naming (`vào tháng 11/2013`).
  private func month(of member: EventCandidate) -> String? {
    let end = around.scan.sentences[member.sentence].tokens.upperBound
    let range = member.tokens.upperBound..<min(end, member.tokens.upperBound + 12)
    let times = around.times(in: range).filter {
      !around.isPapers($0) && !takesEffect($0, of: member)
    }
    return times.compactMap(\.value).first {
      $0.utf8.count >= 7 && $0.utf8.first.map { (48...57).contains($0) } == true
        && !$0.contains("/")
    }
  }

  /// `đợt giám sát tháng 9-2016`, `cuộc họp khẩn với Sở A giữa tháng 5`: the month that ends the
  /// naming of what is with or at somebody; a conference may be about one.
  private func ownMonth(of member: EventCandidate) -> String? {
    guard EventNaming.isPersonal(member.kind) || member.kind == .inspection,
      let time = around.time(endingAt: member.tokens.upperBound), let value = time.value,
      value.utf8.count == 7, value.utf8.first.map({ (48...57).contains($0) }) == true,
      value.utf8.dropFirst(5).allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return value
  }
}
