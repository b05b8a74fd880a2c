import DanvanModel
import DanvanText

/// What namings are compared by: their days, whose and with whom they are, their words.
extension EventGroup {
  /// The days told in a naming's sentence.
  static func days(of candidate: EventCandidate, in around: EventSurroundings) -> [String] {
    around.times(in: around.scan.sentences[candidate.sentence].tokens)
      .filter { $0.expression.isCalendarDay && !around.isPapers($0) }.compactMap {
        $0.value.map { String($0.prefix(10)) }
      }
  }

  static func conflict(_ a: [String], _ b: [String]) -> Bool {
    !a.isEmpty && !b.isEmpty && Set(a).isDisjoint(with: b)
  }

  /// Who pays the visit: the verb's subject, or whose visit the noun says that it is.
  static func guest(of candidate: EventCandidate, in around: EventSurroundings) -> String? {
    if let subject = candidate.subject { return around.fullName(of: around.names[subject]) }
    guard let place = candidate.tokens.first(where: { around.scan.tokens[$0].key == around.of })
    else {
      return nil
    }
    return around.people(in: place..<candidate.tokens.upperBound).first
  }

  static func keys(of name: NameMention, in around: EventSurroundings) -> [UInt64] {
    around.scan.tokens[name.tokens].map(\.key)
  }

  /// With or about whom: the keys of the first person, office or body named behind the head.
  static func object(of candidate: EventCandidate, in around: EventSurroundings)
    -> Whom?
  {
    objectName(of: candidate, in: around).map {
      Whom(keys: keys(of: $0, in: around), isPlace: $0.kind == .location)
    }
  }

  /// With or about whom.
  struct Whom: Equatable {
    let keys: [UInt64]
    let isPlace: Bool
  }

  /// Equal names, or one the beginning or end of the other; but a place is nobody's name that ends in it
  /// (`Malaysia`, `Viện Tim quốc gia Malaysia`).
  static func agree(_ a: Whom, _ b: Whom) -> Bool {
    a.isPlace == b.isPlace && agree(a.keys, b.keys)
  }

  static func objectName(of candidate: EventCandidate, in around: EventSurroundings)
    -> NameMention?
  {
    var tail = candidate.head.upperBound..<candidate.tokens.upperBound
    // Whose visit it is comes last: "chuyến thăm Lào của Thủ tướng …".
    if candidate.kind == .visit,
      let owner = tail.first(where: { around.scan.tokens[$0].key == around.of })
    {
      tail = tail.lowerBound..<owner
    }
    let names = around.names(in: tail).filter {
      around.scan.tokens[$0.tokens.lowerBound - 1].key != around.of
    }
    return names.first { $0.kind == .person } ?? names.first { $0.kind == .organization }
      ?? (candidate.kind == .visit ? names.first { isTarget($0, of: candidate) } : nil)
  }

  /// `thăm một số cơ sở văn hóa tại Hà Nội` tells where they are.
  private static func isTarget(_ name: NameMention, of visit: EventCandidate) -> Bool {
    name.kind == .location
      && (visit.role == nil || name.tokens.lowerBound - visit.head.upperBound <= farthestTarget)
  }

  /// In tokens.
  private static var farthestTarget: Int { 3 }

  static func content(of candidate: EventCandidate, in around: EventSurroundings)
    -> Set<UInt64>
  {
    let tail = candidate.head.upperBound..<candidate.tokens.upperBound
    return Set(
      around.scan.tokens[tail].filter { $0.kind == .word || $0.kind == .number }.map(\.key))
  }

  /// All that a naming says, its head with it.
  static func words(of candidate: EventCandidate, in around: EventSurroundings) -> Set<UInt64> {
    Set(around.scan.tokens[candidate.tokens].map(\.key))
  }

  /// The words between the first quotation marks of a naming: the name that was given to it.
  static func quotation(in candidate: EventCandidate, in around: EventSurroundings) -> [UInt64]? {
    let tokens = around.scan.tokens
    let marks = candidate.tokens.filter {
      tokens[$0].key == PunctuationKey.openingQuote
        || tokens[$0].key == PunctuationKey.closingQuote
        || tokens[$0].key == PunctuationKey.straightQuote
    }
    guard marks.count > 1, marks[0] + 1 < marks[1] else { return nil }
    return tokens[marks[0] + 1..<marks[1]].filter { $0.kind != .punctuation }.map(\.key)
  }

  /// Two ceremonies that their nouns tell apart by what is done, each by a word of its own that the
  /// other does not have at all: the signing with an office is not the ceremony by which that
  /// office is set up.
  static func areActsApart(
    _ a: EventCandidate, _ b: EventCandidate, in around: EventSurroundings
  ) -> Bool {
    guard a.kind == .ceremony, a.role == nil, b.role == nil else { return false }
    func keys(_ range: Range<Int>) -> Set<UInt64> { Set(around.scan.tokens[range].map(\.key)) }
    let (first, second) = (
      keys(a.head).subtracting(keys(b.tokens)), keys(b.head).subtracting(keys(a.tokens))
    )
    // Of two syllables: "buổi" makes no other act.
    return first.count > 1 && second.count > 1
  }
}
