import DanvanModel
import DanvanText

/// What tells events of one kind apart, or one guest's visits.
extension EventGroup {
  /// Two namings of visits by one guest, one a noun: to the same country, or to one that only one
  /// tells.
  static func isOneVisit(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard a.role == nil || b.role == nil else { return false }
    guard let first = objectName(of: a, in: around), let second = objectName(of: b, in: around)
    else {
      // "thăm Trung tâm dữ liệu quốc gia" in the course of "chuyến thăm Malaysia".
      let plain = objectName(of: a, in: around) == nil ? a : b
      let other = plain.tokens == a.tokens ? b : a
      return plain.role == nil || content(of: plain, in: around).isEmpty
        || objectName(of: other, in: around)?.kind != .location
    }
    return (first.kind == .location) == (second.kind == .location)
      && agree(keys(of: first, in: around), keys(of: second, in: around))
  }

  /// `Tỉnh ủy A vừa tổ chức Hội nghị …`, `Tỉnh ủy B tổ chức Hội nghị …`: bodies of one sort, neither of which is
  /// the other in short, hold one each.
  static func areHeldApart(_ a: EventCandidate, _ b: EventCandidate) -> Bool {
    if a.item != b.item, let first = a.organizer, let second = b.organizer, first != second {
      return true
    }
    guard let first = a.organizer?.split(separator: " "),
      let second = b.organizer?.split(separator: " "), first.count > 2, second.count > 2,
      first.prefix(2) == second.prefix(2)
    else { return false }
    return !Set(first).isSubset(of: second) && !Set(second).isSubset(of: first)
  }

  /// `kỳ họp thứ 2` and `kỳ họp thứ 8`; congresses of two bodies.
  static func areNumberedApart(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    switch a.kind {
    case .session, .congress, .conference: break
    default: return false
    }
    if let first = number(of: a, in: around), let second = number(of: b, in: around) {
      return first != second
    }
    guard a.kind == .congress, let first = object(of: a, in: around),
      let second = object(of: b, in: around)
    else { return false }
    return !agree(first, second)
  }

  /// The first number of what names it, Arabic or Roman, but not that of a term (`khóa XIV`).
  private static func number(of candidate: EventCandidate, in around: EventSurroundings) -> Int? {
    let tokens = around.scan.tokens
    let tail = candidate.head.upperBound..<candidate.tokens.upperBound
    return tail.lazy.filter { tokens[$0 - 1].key != around.term }.compactMap { place in
      TokenClass.count.value(in: tokens, at: place)
        ?? TokenClass.roman.value(in: tokens, at: place)
    }.first
  }
}
