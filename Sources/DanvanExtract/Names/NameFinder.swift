import DanvanModel
import DanvanText

/// Reads an article once from left to right and notes what the grammar finds.
struct NameFinder {
  let grammar: NameGrammar
  var finds: [NameFind] = []
  /// Tokens that lie in a find, a time or a word that is no name.
  private(set) var covered: [Bool]
  var sentence = 0
  var end = 0

  init(_ grammar: NameGrammar, times: [TimeMention]) {
    self.grammar = grammar
    covered = [Bool](repeating: false, count: grammar.scan.tokens.count)
    for time in times {
      for index in time.tokens where covered.indices.contains(index) { covered[index] = true }
    }
  }

  mutating func readAll() {
    let scan = grammar.scan
    let count = scan.tokens.count
    var index = 0
    for (number, piece) in scan.sentences.enumerated() {
      sentence = number
      // A name may run over a wrongly split sentence, never over a line, whose end is looked for once.
      if piece.tokens.upperBound > end {
        end = piece.tokens.upperBound
        while end < count, scan.tokens[end].kind != .newline { end += 1 }
      }
      index = max(index, piece.tokens.lowerBound)
      if let names = grammar.byline(piece, isLast: number + 1 == scan.sentences.count) {
        for name in names { note(.person, name, .byline) }
      }
      while index < piece.tokens.upperBound { index = read(at: index) }
    }
  }

  /// Reads what begins at a token; the token to go on from.
  private mutating func read(at index: Int) -> Int {
    let grid = grammar.grid
    if let name = apposedPerson(at: index) {
      note(.person, name, .titled)
      return name.upperBound
    }
    guard grammar.isWord(index), !covered[index], !grid.hits(at: index).isEmpty else {
      return index + 1
    }
    if let next = readCredit(at: index) ?? readTreaty(at: index) { return next }
    let trap = grid.longest(.trap, at: index, before: end)?.end ?? index
    let honorific = grid.longest(.honorific, at: index, before: end)
    let title = grammar.title(at: index, before: end)
    let noun = max(
      grid.longest(.head, at: index, before: end)?.end ?? 0,
      grid.longest(.body, at: index, before: end)?.end ?? 0)
    if let title, title.tokens.upperBound >= trap, title.tokens.upperBound >= noun,
      title.tokens.upperBound > honorific?.end ?? index,
      let next = read(title, isAddressed: false)
    {
      return next
    }
    if let honorific, let next = readAddressed(honorific, from: index) { return next }
    if let next = readDepartments(at: index) { return next }
    let person = grammar.knownPerson(at: index)
    if let person, person.upperBound > trap {
      if isAfterHouseNumber(index) {
        note(.location, person, .headedPlace)
      } else if isNamesake(index) {
        grammar.scan.dropped("PERSON", person, because: "the thing named before it bears the name")
        cover(person)
      } else {
        note(.person, person, .surname)
      }
      return person.upperBound
    }
    if let name = listedPerson(at: index) {
      note(.person, name, .surname)
      return name.upperBound
    }
    if grammar.isProper(index), grammar.isAfterHouseNumber(index),
      case let stop = grammar.properRun(from: index, before: end, limit: 4), stop - index >= 2
    {
      note(.location, index..<stop, .headedPlace)
      return stop
    }
    let body = grammar.body(at: index, before: end)
    let place = grammar.place(at: index, before: end)
    let reach = max(body?.tokens.upperBound ?? 0, place?.tokens.upperBound ?? 0)
    if trap > index, trap >= reach || !grammar.isCapital(index) && reach < trap + 2 {
      dropped(body, place, to: index..<trap, "is a word of name-traps")
      return trap
    }
    if let body, body.tokens.count >= place?.tokens.count ?? 0 {
      dropped(nil, place, to: body.tokens, "is a body's name")
      if body.isGeneric {
        dropped(body, nil, to: body.tokens, "names a kind of body, none in particular")
        cover(body.tokens)
      } else {
        note(.organization, body.tokens, body.rule)
        learnAbbreviation(after: body.tokens.upperBound)
      }
      return body.tokens.upperBound
    }
    if let place {
      dropped(body, nil, to: place.tokens, "is a place's name and longer")
      note(place)
      return place.tokens.upperBound
    }
    return readOutlet(at: index) ?? index + 1
  }

  private func dropped(
    _ body: BodyReading?, _ place: PlaceReading?, to winner: Range<Int>, _ what: String
  ) {
    let scan = grammar.scan
    if let body {
      scan.dropped("ORG", body.tokens, because: "`\(scan.string(winner))` \(what)")
    }
    if let place {
      scan.dropped("LOC", place.tokens, because: "`\(scan.string(winner))` \(what)")
    }
  }

  /// `các sở: Tư pháp, GD - ĐT`: each field is a body of its own.
  private mutating func readDepartments(at index: Int) -> Int? {
    guard let head = grammar.grid.longest(.head, at: index, before: end), head.word.length == 1,
      head.word.category == .state || head.word.category == .ministry,
      grammar.start(of: .plural, endingAt: index) != nil
    else { return nil }
    let hasColon = grammar.isMark(head.end, PunctuationKey.colon)
    var place = hasColon ? head.end + 1 : head.end
    var items: [Range<Int>] = []
    while let stop = grammar.fieldTail(at: place, before: end, isHeadCapital: false) {
      items.append((items.isEmpty && !hasColon ? index : place)..<stop)
      guard grammar.isMark(stop, PunctuationKey.comma) || grammar.isJoiningWord(stop) else {
        break
      }
      place = stop + 1
    }
    guard let last = items.last, hasColon || items.count > 1 else { return nil }
    for item in items { note(.organization, item, .headed) }
    return last.upperBound
  }

  /// `Luật Tổ chức Quốc hội`, `Hiệp định khung về kết nối Việt Nam - Singapore`: passed over up to
  /// the body or place in the name.
  private mutating func readTreaty(at index: Int) -> Int? {
    guard let head = grammar.grid.longest(.treaty, at: index, before: end),
      grammar.isCapital(index)
    else { return nil }
    var place = head.end
    while place < end, place - head.end < 8, grammar.isWord(place) {
      if let inner = grammar.place(at: place, before: end)?.tokens
        ?? grammar.body(at: place, before: end)?.tokens
      {
        cover(inner)
        place = inner.upperBound
        guard grammar.isMark(place, PunctuationKey.dash) else { return place }
        place += 1
        continue
      }
      if place > head.end + 3, grammar.grid.has(.stop, at: place),
        !grammar.isCapital(place + 1), !grammar.isCapital(place)
      {
        break
      }
      if grammar.grid.isSingle(.stop, at: place), grammar.key(place) == grammar.words.of { break }
      place += 1
    }
    return head.end
  }

  mutating func note(_ kind: Mention.Kind, _ tokens: Range<Int>, _ rule: NameRule) {
    finds.append(NameFind(kind: kind, tokens: tokens, rule: rule, sentence: sentence))
    cover(tokens)
  }

  mutating func note(_ place: PlaceReading) {
    finds.append(
      NameFind(
        kind: .location, tokens: place.tokens,
        rule: place.isHeaded ? .headedPlace : .gazetteer, sentence: sentence,
        bareName: place.name,
        isLocal: !place.isHeaded || place.category == .road || place.category == .number))
    cover(place.tokens)
  }

  mutating func cover(_ tokens: Range<Int>) {
    for index in tokens where covered.indices.contains(index) { covered[index] = true }
  }

  /// `; Pany Tester, Chủ tịch Quốc hội`: a foreign name after a mark, with an office after it.
  private func apposedPerson(at index: Int) -> Range<Int>? {
    guard grammar.isProper(index), !covered[index],
      grammar.isMark(index - 1, PunctuationKey.semicolon)
        || grammar.isMark(index - 1, PunctuationKey.colon),
      grammar.grid.hits(at: index).isEmpty,
      let run = grammar.nameRun(at: index, before: end), (2...5).contains(run.count),
      grammar.isMark(run.upperBound, PunctuationKey.comma),
      let title = grammar.title(at: run.upperBound + 1, before: end), title.hasComplement
    else { return nil }
    return run
  }

  /// A name of two syllables, which proves itself only beside another: `Võ Văn Kiệt, Lê Duẩn`.
  private func listedPerson(at index: Int) -> Range<Int>? {
    guard grammar.isProper(index), grammar.isSurname(index, .strong), let last = finds.last,
      last.kind == .person, last.tokens.upperBound == index - 1,
      grammar.isMark(index - 1, PunctuationKey.comma) || grammar.isJoiningWord(index - 1),
      let run = grammar.nameRun(at: index, before: end), run.count == 2,
      grammar.isGiven(run.upperBound - 1)
    else { return nil }
    return run
  }

  /// A name right after a number that is no time is a street's: `77-79 Phạm Viết Chánh`.
  private func isAfterHouseNumber(_ index: Int) -> Bool {
    grammar.isAfterHouseNumber(index)
      || grammar.isNumber(index - 1) && !covered[index - 1]
        && (grammar.isMark(index - 2, PunctuationKey.dash)
          || grammar.isMark(index - 2, PunctuationKey.slash))
  }

  /// `giải thưởng Tôn Đức Thắng`: the thing bears the name.
  private func isNamesake(_ index: Int) -> Bool {
    grammar.start(of: .namesake, endingAt: index) != nil
  }

  /// `(PAP)` after a body's name stands for it from then on.
  mutating func learnAbbreviation(after index: Int) {
    guard grammar.isMark(index, PunctuationKey.openingParenthesis), grammar.isUpper(index + 1),
      grammar.isMark(index + 2, PunctuationKey.closingParenthesis)
        || grammar.isMark(index + 2, PunctuationKey.comma), !covered[index + 1],
      grammar.scan.tokens[index + 1].end - grammar.scan.tokens[index + 1].start >= 3,
      grammar.body(at: index + 1, before: index + 2) == nil,
      grammar.place(at: index + 1, before: index + 2) == nil
    else { return }
    note(.organization, (index + 1)..<(index + 2), .knownBody)
  }
}
