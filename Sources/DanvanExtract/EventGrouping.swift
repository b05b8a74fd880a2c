import DanvanModel
import DanvanText

/// The namings of one event.
struct EventGroup {
  private(set) var members: [EventCandidate]

  var kind: Event.Kind { members[0].kind }
  /// The fullest naming.
  var fullest: EventCandidate {
    members.max { $0.tokens.count < $1.tokens.count } ?? members[0]
  }
  var weight: Int { members.map(\.weight).max() ?? 0 }

  /// Puts namings of the same event together. Bare namings (`hội nghị`) go with the nearest event of
  /// their kind before them, else with the first after; alone they name none.
  static func groups(of candidates: [EventCandidate], in around: EventSurroundings) -> [EventGroup]
  {
    var groups: [EventGroup] = []
    var early: [EventCandidate] = []
    for candidate in candidates {
      if candidate.isBare {
        if let place = groups.lastIndex(where: { $0.kind == candidate.kind }) {
          groups[place].members.append(candidate)
        } else {
          early.append(candidate)
        }
      } else if let place = groups.lastIndex(where: { $0.isSame(as: candidate, in: around) }) {
        groups[place].members.append(candidate)
      } else {
        groups.append(EventGroup(members: [candidate]))
      }
    }
    for candidate in early {
      if let place = groups.firstIndex(where: { $0.kind == candidate.kind }) {
        groups[place].members.append(candidate)
      }
    }
    return groups
  }

  private func isSame(as other: EventCandidate, in around: EventSurroundings) -> Bool {
    guard kind == other.kind else { return false }
    return members.contains { !$0.isBare && Self.agree($0, other, in: around) }
  }

  private static func agree(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    if let first = object(of: a, in: around), let second = object(of: b, in: around) {
      if first == second { return true }
      let (short, long) = first.count <= second.count ? (first, second) : (second, first)
      return long.starts(with: short) || long.suffix(short.count).elementsEqual(short)
    }
    let first = content(of: a, in: around)
    let second = content(of: b, in: around)
    let shared = first.intersection(second).count
    let least = min(first.count, second.count)
    return least > 0 && shared * 2 >= least && shared * 4 >= max(first.count, second.count)
  }

  /// With or about whom: the keys of the first person, office or body named behind the head.
  private static func object(of candidate: EventCandidate, in around: EventSurroundings)
    -> [UInt64]?
  {
    let tail = candidate.head.upperBound..<candidate.tokens.upperBound
    let names = around.names(in: tail)
    guard
      let name = names.first(where: { $0.kind == .person })
        ?? names.first(where: { $0.kind == .organization })
    else {
      return nil
    }
    return around.scan.tokens[name.tokens].map(\.key)
  }

  private static func content(of candidate: EventCandidate, in around: EventSurroundings)
    -> Set<UInt64>
  {
    let tail = candidate.head.upperBound..<candidate.tokens.upperBound
    return Set(
      around.scan.tokens[tail].filter { $0.kind == .word || $0.kind == .number }.map(\.key))
  }
}
