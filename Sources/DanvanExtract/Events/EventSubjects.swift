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

  /// The full names of the first person of a range and of those listed with him: joined by `và` or a
  /// semicolon, or by commas behind a word for many or to the end of the range (`các đồng chí: A,
  /// Bí thư …; B, Chủ tịch …`), but not a new subject behind a comma.
  func listed(in range: Range<Int>) -> [String] {
    let persons = range.compactMap { token -> NameMention? in
      around.name(at: token).flatMap { $0.kind == .person ? $0 : nil }
    }
    guard var last = persons.first else { return Array(around.people(in: range).prefix(1)) }
    let isMany = (range.lowerBound..<last.tokens.lowerBound).contains {
      words.plurals.longest(in: tokens, at: $0, before: last.tokens.lowerBound) != nil
    }
    var list = [last]
    for person in persons.dropFirst() {
      let between = last.tokens.upperBound..<person.tokens.lowerBound
      guard isListed(between) else { break }
      list.append(person)
      last = person
    }
    let isWhole = isMany || isList(last.tokens.upperBound..<range.upperBound)
    var found: [String] = []
    for (number, person) in list.enumerated() {
      if number > 0, !isWhole, !isJoined(list[number - 1], person) { break }
      if let name = around.fullName(of: person), !found.contains(name) { found.append(name) }
    }
    return found
  }

  /// `A, Bí thư …; B`, `A và B`
  private func isJoined(_ first: NameMention, _ second: NameMention) -> Bool {
    (first.tokens.upperBound..<second.tokens.lowerBound).contains {
      tokens[$0].key == PunctuationKey.semicolon
        || tokens[$0].key == words.and && around.name(covering: $0) == nil
    }
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
  private func isListed(_ between: Range<Int>) -> Bool { isList(between, joined: true) }

  private func isList(_ between: Range<Int>, joined: Bool = false) -> Bool {
    var place = between.lowerBound
    var isJoined = !joined
    while place < between.upperBound {
      if let name = around.name(at: place), name.tokens.upperBound <= between.upperBound {
        place = name.tokens.upperBound
      } else if let (_, after) = words.honorifics.longest(
        in: tokens, at: place, before: between.upperBound)
      {
        place = after
      } else if let (_, after) = words.subjects.longest(
        in: tokens, at: place, before: between.upperBound)
      {
        // "…; các phó chủ tịch: A, B"
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
