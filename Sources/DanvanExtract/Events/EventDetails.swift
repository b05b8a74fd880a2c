import DanvanModel
import DanvanText

/// Finds when and where an event is held, who presides and who takes part.
struct EventDetails {
  let words: EventWords
  let around: EventSurroundings
  /// The namings of each sentence that has any, in the order of the text.
  let namings: [Int: [EventCandidate]]
  /// The tokens behind them.
  let ends: Set<Int>

  init(words: EventWords, around: EventSurroundings, namings: [EventCandidate]) {
    self.words = words
    self.around = around
    self.namings = Dictionary(grouping: namings, by: \.sentence)
    ends = Set(namings.map(\.tokens.upperBound))
  }

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
