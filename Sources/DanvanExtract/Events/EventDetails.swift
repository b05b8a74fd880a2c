import DanvanModel
import DanvanText

/// Finds when and where an event is held, who presides and who takes part.
struct EventDetails {
  let words: EventWords
  let around: EventSurroundings
  let date: DocumentDate?

  private var tokens: Tokens { around.scan.tokens }

  func event(of group: EventGroup, evidence: Evidence) -> Event {
    let naming = group.fullest(in: around.scan)
    let when = self.when(of: group)
    let chairs = self.chairs(of: group)
    return Event(
      group.kind, around.scan.range(naming.tokens), name: around.scan.string(naming.tokens),
      status: status(of: group, when: when), when: when, place: place(of: group), chairs: chairs,
      attendees: attendees(of: group, besides: chairs), evidence: evidence)
  }

  // MARK: When

  /// The day told in the sentence of any of its namings, the most precise that agrees with the first.
  private func when(of group: EventGroup) -> String? {
    var best: String?
    let ordered = [group.fullest(in: around.scan)] + group.members
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
    if best == nil, let first = ordered.first { best = month(of: first) }
    guard best == nil, isMain(group) else { return best }
    // The report's own event without a day of its own: its day is the report's.
    return lead().flatMap { days(in: $0, near: nil).first } ?? date?.date.description
  }

  private func isMain(_ group: EventGroup) -> Bool {
    group.members.contains {
      let zone = around.scan.sentences[$0.sentence].zone
      return (zone == .headline || zone == .lead) && !$0.isPlanned && !$0.isPast
    }
  }

  private func lead() -> Sentence? { around.scan.sentences.first { $0.zone == .lead } }

  /// Values of the days in a sentence, nearest to the naming first; days inside the naming last.
  private func days(in sentence: Sentence, near member: EventCandidate?) -> [String] {
    let times = around.times(in: sentence.tokens).filter {
      $0.expression.isCalendarDay && ($0.value?.contains("REF") == false)
    }
    guard let member else { return times.compactMap(\.value) }
    func distance(_ time: TimeMention) -> Int {
      if member.tokens.overlaps(time.tokens) { return 1000 }
      return time.tokens.upperBound <= member.tokens.lowerBound
        ? member.tokens.lowerBound - time.tokens.upperBound
        : 2 * (time.tokens.lowerBound - member.tokens.upperBound)
    }
    return times.sorted { distance($0) < distance($1) }.compactMap(\.value)
  }

  /// A month or year right behind the naming (`vào tháng 11/2013`).
  private func month(of member: EventCandidate) -> String? {
    let end = around.scan.sentences[member.sentence].tokens.upperBound
    let range = member.tokens.upperBound..<min(end, member.tokens.upperBound + 12)
    return around.times(in: range).compactMap(\.value).first {
      $0.utf8.count >= 7 && $0.utf8.first.map { (48...57).contains($0) } == true
        && !$0.contains("/")
    }
  }

  private func status(of group: EventGroup, when: String?) -> Event.Status {
    if let when, let today = date?.date, let day = PartialDate(String(when.prefix(10))),
      day.isWhole, today.isWhole
    {
      if today < day { return .planned }
      if day < today && !isMain(group) { return .background }
    }
    if group.members.contains(where: \.isPlanned) && !isMain(group) { return .planned }
    return group.members.contains(where: \.isPast) && !isMain(group) ? .background : .held
  }

  // MARK: Where

  private func place(of group: EventGroup) -> String? {
    for member in [group.fullest(in: around.scan)] + group.members {
      let sentence = around.scan.sentences[member.sentence]
      let nearby = sentence.tokens.filter {
        tokens[$0].key == words.at || tokens[$0].key == words.inside
      }
      for preposition in nearby {
        guard let name = around.name(at: preposition + 1), name.kind == .location else { continue }
        return around.scan.string(name.tokens)
      }
    }
    return nil
  }

  // MARK: Who

  private func chairs(of group: EventGroup) -> [String] {
    for member in group.members where member.role == nil {
      if let chair = presiding(at: member) { return [chair] }
    }
    for member in group.members {
      if let chair = leading(member, group.kind) { return [chair] }
    }
    return []
  }

  /// Who is said to preside in a naming's sentence.
  private func presiding(at member: EventCandidate) -> String? {
    let sentence = around.scan.sentences[member.sentence]
    for place in sentence.tokens {
      guard
        let (cue, end) = words.cues.longest(
          in: tokens, at: place, before: sentence.tokens.upperBound),
        cue == .chair, place > member.tokens.upperBound || member.tokens.lowerBound - end < 8
      else { continue }
      return around.people(in: sentence.tokens.lowerBound..<place).last
        ?? around.people(in: end..<sentence.tokens.upperBound).first
    }
    return nil
  }

  /// Who leads a working session or inspection, or receives a guest: the subject.
  private func leading(_ member: EventCandidate, _ kind: Event.Kind) -> String? {
    let sentence = around.scan.sentences[member.sentence]
    let before = sentence.tokens.lowerBound..<member.tokens.lowerBound
    switch member.role {
    case .meet, .visit: return nil
    case .receive, .lead:
      return member.subject.flatMap { around.fullName(of: around.names[$0]) }
        ?? around.people(in: before).last
    case nil:
      switch kind {
      case .workingSession, .inspection: return around.people(in: before).last
      case .meeting: return receives(member) ? around.people(in: before).last : nil
      default: return nil
      }
    }
  }

  /// `buổi tiếp …`: its head holds a verb of receiving.
  private func receives(_ member: EventCandidate) -> Bool {
    member.head.contains {
      words.verbs.longest(in: tokens, at: $0, before: member.tokens.upperBound)?.0.role == .receive
    }
  }

  private func attendees(of group: EventGroup, besides chairs: [String]) -> [String] {
    var found: [String] = []
    func add(_ name: String) {
      if !chairs.contains(name) && !found.contains(name) { found.append(name) }
    }
    for member in group.members {
      let tail = member.head.upperBound..<member.tokens.upperBound
      for name in around.names(in: tail) {
        if let person = around.fullName(of: name) {
          add(person)
        } else if name.kind == .organization, member.kind != .conference {
          add(around.scan.string(name.tokens))
        }
      }
      for person in around.people(in: around.scan.sentences[member.sentence].tokens) { add(person) }
    }
    return found
  }
}
