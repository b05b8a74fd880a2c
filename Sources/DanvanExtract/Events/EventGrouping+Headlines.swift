import DanvanModel
import DanvanText

/// What headlines and captions tell in short.
extension EventGroup {
  /// What a headline or caption tells by a verb is told in full below (`A thăm châu Á`, `A sẽ thăm
  /// Singapore`): it goes with the first event of its kind that the same person's act is.
  static func toldAgain(_ groups: [EventGroup], in around: EventSurroundings) -> [EventGroup] {
    var kept = groups
    var told: Set<Int> = []
    for (number, group) in groups.enumerated().prefix(reach) {
      guard personal(group.kind), let act = group.members.first, act.role != nil,
        group.members.allSatisfy({ isShort($0, in: around) }),
        let full = groups.indices.prefix(reach).first(where: { place in
          place != number && groups[place].kind == group.kind
            && groups[place].members.contains {
              !isShort($0, in: around) && isOnesAct($0, act, in: around)
            }
        })
      else { continue }
      for member in group.members { kept[full].add(member) }
      told.insert(number)
    }
    return kept.indices.filter { !told.contains($0) }.map { kept[$0] }
  }

  /// A headline or caption tells what is held by another word for it (`Bế giảng lớp tập huấn …`,
  /// `công bố Quyết định …`) than the report (`lễ bế giảng lớp tập huấn …`, `Hội nghị triển khai
  /// Quyết định …`).
  static func toldInShort(_ groups: [EventGroup], in around: EventSurroundings) -> [EventGroup] {
    var kept = groups
    var told: Set<Int> = []
    for (number, group) in groups.enumerated().prefix(reach) {
      guard !personal(group.kind) || group.kind == .workingSession,
        group.members.allSatisfy({ isShort($0, in: around) }),
        let full = groups.indices.prefix(reach).first(where: { place in
          place != number && !personal(groups[place].kind)
            && (group.kind != .workingSession || isSitting(groups[place].kind))
            && groups[place].members.contains {
              !isShort($0, in: around) && $0.role == nil
                && sayTheSame(group.members[0], $0, in: around)
            }
        })
      else { continue }
      for member in group.members { kept[full].add(member) }
      told.insert(number)
    }
    return kept.indices.filter { !told.contains($0) }.map { kept[$0] }
  }

  /// Most of what the shorter naming says behind its head stands in the other.
  private static func sayTheSame(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard !conflict(days(of: a, in: around), days(of: b, in: around)) else { return false }
    let (first, second) = (content(of: a, in: around), content(of: b, in: around))
    let (short, long) = first.count <= second.count ? (first, b) : (second, a)
    let shared = short.intersection(words(of: long, in: around)).count
    return shared >= fewestShared && shared * 2 >= short.count
  }

  /// In syllables.
  private static var fewestShared: Int { 4 }

  /// By one person, as far as both tell.
  private static func isOnesAct(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard let first = guest(of: a, in: around) ?? a.host,
      let second = guest(of: b, in: around) ?? b.host
    else { return true }
    return first == second
  }

  private static func isShort(_ member: EventCandidate, in around: EventSurroundings) -> Bool {
    let zone = around.scan.sentences[member.sentence].zone
    return zone == .headline || zone == .caption
  }
}
