import DanvanModel
import DanvanText

/// The namings of one event.
struct EventGroup {
  private(set) var members: [EventCandidate]
  /// How many events back, and how many namings of each, a naming is compared with: more than any
  /// report has, so that a digest of thousands costs no more than its length.
  static let reach = 32

  init(_ first: EventCandidate) { members = [first] }

  mutating func add(_ other: EventCandidate) { members.append(other) }

  var kind: Event.Kind { members[0].kind }
  /// The fullest naming; one in the report rather than the headline's short form, a noun rather
  /// than a verb of the same length.
  func fullest(in scan: Scan) -> EventCandidate {
    func rank(_ member: EventCandidate) -> Int {
      let isHeadline = scan.sentences[member.sentence].zone == .headline
      let isVerb = member.role != nil
      // Only what has no noun takes its verb; a visit's noun often only refers to it.
      return member.tokens.count - 3 * abbreviations(in: member, scan) + min(member.weight, 6)
        - (isVerb ? (member.kind == .visit ? 1 : 8) : 0)
        - (member.role == .meet ? 8 : 0) - (member.refersBack ? 12 : 0)
        - (member.isBare ? 40 : 0) - (isHeadline ? (isVerb ? 20 : 4) : 0)
        - (member.weight < 0 ? 40 : 0)
    }
    let longest = members.filter { $0.role != nil }.map(\.tokens.count).max() ?? 0
    let nouns = members.filter {
      $0.role == nil && !$0.isBare && !$0.refersBack && $0.weight >= 0
        // "buổi lễ khai trương" says less than "khai trương đại lý …".
        && 3 * $0.tokens.count >= longest
    }
    let isVisit = members.allSatisfy { $0.kind == .visit }
    let eligible = isVisit || nouns.isEmpty ? members : nouns
    let best = eligible.reduce(eligible[0]) { rank($1) > rank($0) ? $1 : $0 }
    // The first of those that say the same.
    let keys = scan.tokens[best.tokens].map(\.key)
    return eligible.first {
      scan.sentences[$0.sentence].zone != .headline
        && scan.tokens[$0.tokens].map(\.key) == keys
    } ?? best
  }

  /// `Đối thoại Shangri-La (SLD)` says no more than without its brackets.
  private func abbreviations(in member: EventCandidate, _ scan: Scan) -> Int {
    member.tokens.dropFirst().count { place in
      place + 1 < member.tokens.upperBound && scan.tokens[place].shape == .upper
        && scan.tokens[place - 1].key == PunctuationKey.openingParenthesis
        && scan.tokens[place + 1].key == PunctuationKey.closingParenthesis
    }
  }

  /// That of the best naming, and more where the text comes back to the event (`tại buổi làm
  /// việc`).
  var weight: Int {
    guard let best = members.filter({ !$0.isBare }).map(\.weight).max() else { return 0 }
    return best + min(2, members.count { $0.isBare && $0.weight > 0 })
  }

  /// Puts namings of the same event together. Bare namings (`hội nghị`) go with the nearest event
  /// of their kind before them, else with the first after; alone they name none.
  static func groups(of candidates: [EventCandidate], in around: EventSurroundings) -> [EventGroup]
  {
    var groups: [EventGroup] = []
    var early: [EventCandidate] = []
    for candidate in candidates {
      if candidate.isBare {
        if let place = groups.lastIndex(where: { $0.kind == candidate.kind })
          ?? groups.suffix(reach).lastIndex(where: { $0.weight >= 3 && $0.members[0].role == nil })
        {
          groups[place].members.append(candidate)
        } else {
          early.append(candidate)
        }
      } else if let place =
        (candidate.refersBack
          ? groups.suffix(reach).lastIndex(where: { $0.kind == candidate.kind }) : nil)
        ?? groups.suffix(reach).lastIndex(where: { $0.isSame(as: candidate, in: around) })
      {
        groups[place].members.append(candidate)
      } else {
        groups.append(EventGroup(candidate))
      }
    }
    groups = toldInShort(toldAgain(toldPlainly(groups, in: around), in: around), in: around)
    for candidate in early {
      if let place = groups.firstIndex(where: { $0.kind == candidate.kind }) {
        groups[place].members.append(candidate)
      }
    }
    return groups
  }

  private func isSame(as other: EventCandidate, in around: EventSurroundings) -> Bool {
    let members = members.prefix(Self.reach)
    guard kind == other.kind else {
      return members.contains {
        Self.isWorkingVisit($0, other, in: around) || Self.opens($0, other, in: around)
          || Self.opens(other, $0, in: around)
      }
    }
    if members.contains(where: { Self.areNumberedApart($0, other, in: around) }) { return false }
    // "cũng đã đến thăm B": one more, unless B was told of before.
    if other.isFurther, isPersonal {
      let object = Self.object(of: other, in: around)
      guard members.contains(where: { object != nil && Self.object(of: $0, in: around) == object })
      else { return false }
    }
    // A festival is not the show that is given at it.
    if kind == .other, !members.contains(where: { Self.haveOneHead($0, other, in: around) }) {
      return false
    }
    // Whoever was met is met in all namings of one meeting.
    let own = members.compactMap { Self.object(of: $0, in: around) }
    if kind == .visit, let guest = Self.guest(of: other, in: around) {
      let guests = members.compactMap { Self.guest(of: $0, in: around) }
      if !guests.isEmpty, !guests.contains(guest) { return false }
      // One guest's visit is told by its day, its country or only as his.
      if guests.contains(guest), members.contains(where: { Self.isOneVisit($0, other, in: around) })
      {
        return true
      }
    }
    if members.contains(where: { Self.isByOthers($0, other, in: around) }) { return false }
    if members.contains(where: { Self.areHeldApart($0, other) })
      || other.opensItem && !members.contains(where: { $0.item == other.item })
    {
      return false
    }
    let hosts = members.compactMap(\.host)
    if let host = other.host, !hosts.isEmpty, !hosts.contains(host) {
      return false
    }
    if isPersonal, let object = Self.object(of: other, in: around), !own.isEmpty,
      !own.contains(where: { Self.agree($0, object) })
    {
      return members.contains { Self.areHeadlineAndLead($0, other, in: around) }
    }
    return members.contains { !$0.isBare && Self.agree($0, other, in: around) }
  }

  /// Events that are told apart by whom they are with.
  private var isPersonal: Bool { Self.personal(kind) }

  static func personal(_ kind: Event.Kind) -> Bool {
    switch kind {
    case .meeting, .visit, .workingSession, .inspection: true
    default: false
    }
  }

  private static func areHeadlineAndLead(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    let zones = [around.scan.sentences[a.sentence].zone, around.scan.sentences[b.sentence].zone]
    guard zones.contains(.headline) else { return false }
    return zones.contains(.lead) || (a.host != nil && a.host == b.host)
  }

  /// Who receives a guest takes no part in a meeting between others: `hội đàm giữa A và B`.
  private static func isByOthers(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard let host = a.host ?? b.host, a.host == nil || b.host == nil else { return false }
    let meeting = a.host == nil ? a : b
    let people = around.people(in: meeting.tokens)
    let isBetween = meeting.tokens.contains { around.scan.tokens[$0].key == around.between }
    return meeting.role == nil && (people.count > 1 || isBetween) && !people.contains(host)
  }

  /// One head is the other, or its beginning or end.
  private static func haveOneHead(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    agree(around.scan.tokens[a.head].map(\.key), around.scan.tokens[b.head].map(\.key))
  }

  /// Equal names, or one the beginning or end of the other.
  static func agree(_ a: [UInt64], _ b: [UInt64]) -> Bool {
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    return long.starts(with: short) || long.suffix(short.count).elementsEqual(short)
  }

  private static func agree(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    // Two acts told in one sentence are two acts.
    guard a.role == nil || b.role == nil || a.sentence != b.sentence else { return false }
    if repeats(a, b, in: around) { return true }
    guard !conflict(days(of: a, in: around), days(of: b, in: around)) else { return false }
    if let given = quotation(in: a, in: around), given == quotation(in: b, in: around) {
      return true
    }
    if let first = a.host, let second = b.host, first != second { return false }
    if isCeremonysAct(a, b, in: around) || isCeremonysAct(b, a, in: around) { return true }
    // The headline and the lead tell the same.
    if areHeadlineAndLead(a, b, in: around) { return true }
    let objects = (object(of: a, in: around), object(of: b, in: around))
    if personal(a.kind), let first = objects.0, let second = objects.1 {
      return agree(first, second)
    }
    // Two acts say with whom, each in its own words.
    let areActs = a.role != nil && b.role != nil
    if objects.0 == nil && objects.1 == nil, !areActs {
      switch a.kind {
      case .meeting, .visit, .workingSession, .session, .election, .press: return true
      default: break
      }
    }
    // "chuyến thăm Lào" and "chuyến thăm của Thủ tướng": one tells where, the other who.
    if a.kind == .visit, a.role == nil, b.role == nil, (objects.0 == nil) != (objects.1 == nil),
      guest(of: a, in: around) == nil || guest(of: b, in: around) == nil
    {
      return true
    }
    if areActsApart(a, b, in: around) { return false }
    let first = content(of: a, in: around)
    let second = content(of: b, in: around)
    let shared = first.intersection(second).count
    let least = min(first.count, second.count)
    return least > 0 && shared * 2 >= least && shared * 4 >= max(first.count, second.count)
  }

  /// One naming says nothing that the other does not: a later mention of the same, whatever day its
  /// sentence tells. Meetings with the same people are told apart by their days.
  private static func repeats(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard !personal(a.kind), !areActsApart(a, b, in: around) else { return false }
    // "Lễ trao giải" after "lễ trao giải danh hiệu …" is its short name.
    let (short, long) = a.tokens.count <= b.tokens.count ? (a, b) : (b, a)
    let tokens = around.scan.tokens
    if short.tokens.count > short.head.count || short.head.count > 1,
      zip(short.tokens, long.tokens).allSatisfy({ tokens[$0].key == tokens[$1].key })
    {
      return true
    }
    let first = content(of: a, in: around)
    let second = content(of: b, in: around)
    // "hội nghị 11" is "hội nghị Ban Chấp hành … lần thứ 11", but a term of years is many's.
    let isNumbered = short.tokens.contains {
      TokenClass.count.value(in: tokens, at: $0) != nil
    }
    return min(first.count, second.count) >= (isNumbered ? 1 : 2)
      && (first.isSubset(of: words(of: b, in: around))
        || second.isSubset(of: words(of: a, in: around)))
  }

  /// `trao quyết định …` at a `lễ công bố quyết định`: what is done there, by the name of what is
  /// given.
  private static func isCeremonysAct(
    _ act: EventCandidate, _ ceremony: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard act.kind == .ceremony, act.role != nil, ceremony.role == nil, act.head.count > 2 else {
      return false
    }
    let given = around.scan.tokens[act.head.suffix(2)].map(\.key)
    let name = around.scan.tokens[ceremony.tokens].map(\.key)
    return zip(name, name.dropFirst()).contains { [$0, $1] == given }
  }
}
