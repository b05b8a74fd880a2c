import DanvanModel
import DanvanText

/// Namings of different kinds that are of one event.
extension EventGroup {
  /// `tới thăm và làm việc với Sở A`, `buổi làm việc với Sở A`: with the same body or person on the
  /// same day.
  static func isWorkingVisit(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard isOnSite(a.kind), isOnSite(b.kind), !a.isBare, !b.isBare,
      !conflict(days(of: a, in: around), days(of: b, in: around))
    else { return false }
    if let first = object(of: a, in: around), let second = object(of: b, in: around) {
      return agree(first, second)
    }
    // With somebody whose name is none of a body that is known.
    let (first, second) = (tail(of: a, in: around), tail(of: b, in: around))
    return min(first.count, second.count) > 1 && agree(first, second)
  }

  /// `Lễ khai mạc Kỳ họp thứ 3 Quốc hội khóa XIV`, `Kỳ họp thứ 3, Quốc hội khóa XIV`: all that the
  /// second says stands right behind what the first's head has more.
  static func opens(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard a.kind == .ceremony || a.kind == .session, a.role == nil, b.role == nil, !b.isBare else {
      return false
    }
    switch b.kind {
    case .session, .congress, .conference: break
    default: return false
    }
    let (whole, part) = (syllables(of: a.tokens, in: around), syllables(of: b.tokens, in: around))
    return whole.count > part.count && whole.count - part.count <= a.head.count
      && whole.suffix(part.count).elementsEqual(part)
  }

  /// `Bí thư Thành ủy A kiểm tra dự án` beside `ngày 13-3, … A đã đến thăm, kiểm tra tiến độ công
  /// trình …`: one person's act, told with no day and of nothing with a name, by a verb that
  /// another of his acts has.
  static func toldPlainly(_ groups: [EventGroup], in around: EventSurroundings) -> [EventGroup] {
    var kept = groups
    var told: Set<Int> = []
    for (number, group) in groups.enumerated().prefix(reach) {
      guard group.members.count == 1, let act = group.members.first, isPlain(act, in: around),
        let full = groups.indices.prefix(reach).first(where: { place in
          place != number
            && groups[place].members.contains { isOfSamePerson($0, act, in: around) }
        })
      else { continue }
      kept[full].add(act)
      told.insert(number)
    }
    return kept.indices.filter { !told.contains($0) }.map { kept[$0] }
  }

  private static func isPlain(_ act: EventCandidate, in around: EventSurroundings) -> Bool {
    let tail = act.head.upperBound..<act.tokens.upperBound
    return act.role != nil && isOnSite(act.kind) && tail.count <= longestPlain
      && around.names(in: tail).isEmpty && days(of: act, in: around).isEmpty
  }

  private static func isOfSamePerson(
    _ full: EventCandidate, _ act: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard full.role != nil, isOnSite(full.kind), let person = guest(of: act, in: around),
      person == guest(of: full, in: around), !days(of: full, in: around).isEmpty
    else { return false }
    return Set(around.scan.tokens[act.head].map(\.key)).isSubset(of: words(of: full, in: around))
  }

  private static func tail(of candidate: EventCandidate, in around: EventSurroundings) -> [UInt64] {
    syllables(of: candidate.head.upperBound..<candidate.tokens.upperBound, in: around)
  }

  private static func syllables(of range: Range<Int>, in around: EventSurroundings) -> [UInt64] {
    around.scan.tokens[range].filter { $0.kind != .punctuation }.map(\.key)
  }

  private static func isOnSite(_ kind: Event.Kind) -> Bool {
    kind == .visit || kind == .workingSession || kind == .inspection
  }

  /// In tokens.
  private static var longestPlain: Int { 4 }

  /// `Tại kỳ họp bất thường sáng 8/4 … Tại cuộc họp hôm nay`: sittings go by each other's nouns.
  func isOneSitting(_ bare: EventCandidate, in around: EventSurroundings) -> Bool {
    let days = Self.days(of: bare, in: around)
    return Self.isSitting(kind) && Self.isSitting(bare.kind)
      && members.contains { !Self.conflict(Self.days(of: $0, in: around), days) }
  }

  static func isSitting(_ kind: Event.Kind) -> Bool {
    switch kind {
    case .conference, .session, .workingSession: true
    default: false
    }
  }
}
