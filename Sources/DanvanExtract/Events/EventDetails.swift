import DanvanModel
import DanvanText

/// Finds when and where an event is held, who presides and who takes part.
struct EventDetails {
  let words: EventWords
  let around: EventSurroundings
  /// The tokens behind the namings of all events of the article.
  let ends: Set<Int>

  var date: DocumentDate? { around.date }
  var tokens: Tokens { around.scan.tokens }

  func event(of group: EventGroup, evidence: Evidence) -> Event {
    let naming = group.fullest(in: around.scan)
    let when = self.when(of: group)
    let chairs = self.chairs(of: group)
    return Event(
      naming.kind, around.scan.range(naming.tokens), name: around.scan.string(naming.tokens),
      status: status(of: group, when: when), when: when, place: place(of: group), chairs: chairs,
      attendees: attendees(of: group, besides: chairs), evidence: evidence)
  }

  private func status(of group: EventGroup, when: String?) -> Event.Status {
    if let when, let today = date?.date, let day = PartialDate(String(when.prefix(10))),
      day.isWhole, today.isWhole
    {
      if today < day { return .planned }
      if day < today && !isMain(group) { return .background }
    }
    if group.members.contains(where: \.isPlanned) && !isMain(group),
      !isTold(group, on: when) || group.members.allSatisfy(\.isPlanned)
    {
      return .planned
    }
    // "Trước đó, phát biểu tại hội nghị": what was said before at the same.
    return group.members.contains { $0.isPast && !$0.isBare } && !isMain(group)
      ? .background : .held
  }

  /// Its day has come: whoever still speaks of what it will bring tells of an event that is held.
  private func isTold(_ group: EventGroup, on when: String?) -> Bool {
    guard let when, let today = date?.date, let day = PartialDate(String(when.prefix(10))) else {
      return false
    }
    return day.isWhole && today.isWhole && !(today < day)
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
    for (cue, place) in cues([.chair, .chaired], in: own)
    where place.lowerBound > member.tokens.upperBound
      || governs(place, member)
    {
      let found = chairs(at: place, in: own, isPassive: cue == .chaired)
      if !found.isEmpty { return found }
    }
    let next = member.sentence + 1
    guard around.scan.sentences.indices.contains(next) else { return [] }
    let following = around.scan.sentences[next].tokens
    for (_, place) in cues([.chair], in: following)
    where place.upperBound == following.upperBound
      || tokens[place.upperBound].kind == .punctuation
    {
      return chairs(at: place, in: following, isPassive: false)
    }
    return []
  }

  /// `chủ trì hội nghị`, but not `chủ trì cuộc họp chuẩn bị kỳ họp`: the nearest event is meant.
  private func governs(_ cue: Range<Int>, _ member: EventCandidate) -> Bool {
    let start = member.tokens.lowerBound
    guard cue.upperBound <= start, start - cue.upperBound < Self.reach else { return false }
    return (cue.upperBound..<start).allSatisfy {
      (words.nouns.longest(in: tokens, at: $0, before: start)?.0 ?? nil) == nil
    }
  }

  /// In tokens.
  private static let reach = 8

  private func chairs(at cue: Range<Int>, in sentence: Range<Int>, isPassive: Bool) -> [String] {
    let after = cue.upperBound..<sentence.upperBound
    if isPassive { return around.people(in: after).first.map { [$0] } ?? [] }
    let subjects = EventSubjects(words: words, around: around)
    let before = subjects.coordinated(before: cue.lowerBound, from: sentence.lowerBound)
    if !before.isEmpty { return before }
    // "Tỉnh ủy A chủ trì cuộc họp về việc của ông B": who is named behind is no subject.
    if let body = subjects.body(before: cue.lowerBound, from: sentence.lowerBound) { return [body] }
    return around.people(in: after).first.map { [$0] } ?? []
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
      case .workingSession: return attends(before) ? nil : around.people(in: before).last
      case .inspection:
        return around.people(in: before).last
          ?? EventSubjects(words: words, around: around)
          .body(before: member.tokens.lowerBound, from: before.lowerBound)
      case .meeting:
        return receives(member) ? around.people(in: before).last ?? member.host : nil
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
      for person in attending(behind: member) { add(person) }
    }
    return found
  }

  /// Who is named in the sentence behind a naming that begins so (`Cùng dự có …`).
  private func attending(behind member: EventCandidate) -> [String] {
    let next = member.sentence + 1
    guard around.scan.sentences.indices.contains(next) else { return [] }
    let following = around.scan.sentences[next].tokens
    guard
      case (.attended, _)? = words.cues.longest(
        in: tokens, at: following.lowerBound, before: following.upperBound)
    else { return [] }
    return around.people(in: following)
  }
}
