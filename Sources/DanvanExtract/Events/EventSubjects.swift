import DanvanModel
import DanvanText

/// Reads who does something together from the names before a verb.
struct EventSubjects {
  let words: EventWords
  let around: EventSurroundings

  private var tokens: Tokens { around.scan.tokens }

  /// The full names of the last person named before `place` and of those listed with him
  /// (`các đồng chí: A, Bí thư …; B, Chủ tịch … chủ trì`), in the order of the text.
  func coordinated(before place: Int, from start: Int) -> [String] {
    let persons = (start..<place).compactMap { token -> NameMention? in
      around.name(at: token).flatMap { $0.kind == .person ? $0 : nil }
    }
    guard var first = persons.last else { return around.people(in: start..<place).suffix(1) }
    var list = [first]
    for person in persons.dropLast().reversed() {
      guard isListed(person.tokens.upperBound..<first.tokens.lowerBound) else { break }
      list.insert(person, at: 0)
      first = person
    }
    var found: [String] = []
    for name in list.compactMap(around.fullName(of:)) where !found.contains(name) {
      found.append(name)
    }
    return found
  }

  /// The body right before a verb, or before the adverbs of that verb.
  func body(before place: Int, from start: Int) -> String? {
    let end =
      (1...4).last { length in
        place - length >= start
          && words.adverbs.longest(in: tokens, at: place - length, before: place)?.end == place
      }.map { place - $0 } ?? place
    return around.numbers(endingAt: end).map { around.names[$0] }
      .first { $0.kind == .organization }.map { around.scan.string($0.tokens) }
  }

  /// Whether nothing but offices, forms of address and marks of a list stands between two persons.
  private func isListed(_ between: Range<Int>) -> Bool {
    var place = between.lowerBound
    var isJoined = false
    while place < between.upperBound {
      if let name = around.name(at: place), name.tokens.upperBound <= between.upperBound {
        place = name.tokens.upperBound
      } else if let (_, after) = words.honorifics.longest(
        in: tokens, at: place, before: between.upperBound)
      {
        place = after
      } else if tokens[place].kind == .punctuation || tokens[place].key == words.and {
        isJoined =
          isJoined || tokens[place].key == words.and
          || tokens[place].key == PunctuationKey.semicolon
          || tokens[place].key == PunctuationKey.comma
        place += 1
      } else {
        return false
      }
    }
    return isJoined
  }
}
