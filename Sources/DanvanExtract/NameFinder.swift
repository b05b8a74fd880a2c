import DanvanModel
import DanvanText

/// Reads an article once from left to right and notes what the grammar finds.
struct NameFinder {
  let grammar: NameGrammar
  private(set) var finds: [NameFind] = []
  /// Tokens that lie in a find, a time or a word that is no name.
  private(set) var covered: [Bool]
  private var sentence = 0
  private var end = 0

  init(_ grammar: NameGrammar, times: [TimeMention]) {
    self.grammar = grammar
    covered = [Bool](repeating: false, count: grammar.scan.tokens.count)
    for time in times {
      for index in time.tokens where covered.indices.contains(index) { covered[index] = true }
    }
  }

  mutating func readAll() {
    let scan = grammar.scan
    var index = 0
    for (number, piece) in scan.sentences.enumerated() {
      sentence = number
      // A name may run over a wrongly split sentence, never over a line.
      end = piece.tokens.upperBound
      while end < scan.tokens.count, scan.tokens[end].kind != .newline { end += 1 }
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
    guard grammar.isWord(index), !covered[index], !grid.hits(at: index).isEmpty else {
      return index + 1
    }
    if let next = readCredit(at: index) ?? readTreaty(at: index) { return next }
    let trap = grid.longest(.trap, at: index, before: end)?.end ?? index
    let honorific = grid.longest(.honorific, at: index, before: end)
    let title = grammar.title(at: index, before: end)
    if let title, title.tokens.upperBound >= trap,
      title.tokens.upperBound > honorific?.end ?? index,
      let next = read(title, isAddressed: false)
    {
      return next
    }
    if let honorific, let next = readAddressed(honorific, from: index) { return next }
    let person = grammar.knownPerson(at: index)
    if let person, person.upperBound > trap {
      if isNamesake(index) {
        cover(person)
      } else {
        note(.person, person, .surname)
      }
      return person.upperBound
    }
    let body = grammar.body(at: index, before: end)
    let place = grammar.place(at: index, before: end)
    let reach = max(body?.tokens.upperBound ?? 0, place?.tokens.upperBound ?? 0)
    if trap > index, trap >= reach || !grammar.isCapital(index) && reach < trap + 2 { return trap }
    if let body, body.tokens.count >= place?.tokens.count ?? 0 {
      if body.isGeneric {
        cover(body.tokens)
      } else {
        note(.organization, body.tokens, body.rule)
        learnAbbreviation(after: body.tokens.upperBound)
      }
      return body.tokens.upperBound
    }
    if let place {
      note(place)
      return place.tokens.upperBound
    }
    return readOutlet(at: index) ?? index + 1
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
      if grammar.grid.isSingle(.stop, at: place), grammar.key(place) == Self.of { break }
      place += 1
    }
    return head.end
  }

  private static let of = canonicalKey(of: "của".utf8)

  private mutating func note(_ kind: Mention.Kind, _ tokens: Range<Int>, _ rule: NameRule) {
    finds.append(NameFind(kind: kind, tokens: tokens, rule: rule, sentence: sentence))
    cover(tokens)
  }

  private mutating func note(_ place: PlaceReading) {
    finds.append(
      NameFind(
        kind: .location, tokens: place.tokens,
        rule: place.isHeaded ? .headedPlace : .gazetteer, sentence: sentence,
        bareName: place.name,
        isLocal: !place.isHeaded || place.category == .road || place.category == .number))
    cover(place.tokens)
  }

  private mutating func cover(_ tokens: Range<Int>) {
    for index in tokens where covered.indices.contains(index) { covered[index] = true }
  }

  /// `giải thưởng Tôn Đức Thắng`: the thing bears the name.
  private func isNamesake(_ index: Int) -> Bool {
    grammar.start(of: .namesake, endingAt: index) != nil
  }

  /// `(PAP)` after a body's name stands for it from then on.
  private mutating func learnAbbreviation(after index: Int) {
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

// MARK: Titles, forms of address and the names after them
extension NameFinder {
  /// Notes a title, the bodies and places inside and the name after it; nil where it is none here.
  private mutating func read(_ title: TitleReading, isAddressed: Bool) -> Int? {
    let grid = grammar.grid
    let index = title.tokens.lowerBound
    let stop = title.tokens.upperBound
    let name = grammar.nameAfterTitle(title, before: end)
    let isPlural =
      grammar.start(of: .plural, endingAt: index) != nil
      || isAddressed
        && grammar.start(of: .honorific, endingAt: index).map {
          grammar.start(of: .plural, endingAt: $0) != nil
        } ?? false
    // `Bí thư Tỉnh ủy 4 tỉnh`
    if name == nil, grammar.isNumber(stop), stop + 1 < end,
      grid.has(.level, at: stop + 1) || grid.has(.placeHead, at: stop + 1)
    {
      cover(title.tokens)
      return stop
    }
    if !title.hasComplement, name == nil, grid.has(.plural, at: stop) {
      cover(title.tokens)
      return stop
    }
    if !title.hasComplement, name == nil,
      let generic = grammar.body(at: stop, before: end), generic.isGeneric
    {
      cover(index..<generic.tokens.upperBound)
      return generic.tokens.upperBound
    }
    let isCapital = grammar.isCapital(title.roleTokens.lowerBound)
    let standsAlone =
      title.role.use == .yes || title.role.use == .capital && isCapital || !title.bodies.isEmpty
    if isPlural, name == nil {
      for body in title.bodies { note(.organization, body.tokens, body.rule) }
      for place in title.places { note(place) }
      cover(title.tokens)
      return stop
    }
    if !standsAlone, name == nil, !isCapital, !title.hasComplement, title.role.category != .rank,
      !isAddressed, !grammar.isBesideName(title.tokens)
    {
      return nil
    }
    finds.append(
      NameFind(
        kind: .title, tokens: title.tokens,
        rule: title.role.category == .rank || title.role.category == .academic ? .rank : .office,
        sentence: sentence, role: title.roleTokens, body: title.bodies.first?.tokens,
        needsHolder: !standsAlone && name == nil, isPlural: isPlural,
        isKeyword: grammar.scan.sentences[sentence].zone == .keywords))
    for body in title.bodies {
      note(.organization, body.tokens, body.rule)
      learnAbbreviation(after: body.tokens.upperBound)
    }
    for place in title.places { note(place) }
    cover(title.tokens)
    guard let name else { return stop }
    note(.person, name, .titled)
    return name.upperBound
  }

  /// `ông Thăng`, `đồng chí Nguyễn Văn An`, `đồng chí Thứ trưởng`.
  private mutating func readAddressed(_ honorific: NameGrid.Found, from index: Int) -> Int? {
    let next = honorific.end
    if grammar.isCapital(index), !isSentenceStart(index),
      let place = grammar.knownPlace(at: index, before: end), place.tokens.upperBound > next
    {
      return nil
    }
    if let title = grammar.title(at: next, before: end),
      let after = read(title, isAddressed: true)
    {
      return after
    }
    guard let name = grammar.nameAfterHonorific(honorific.word, at: next, before: end) else {
      return nil
    }
    // `Bác Hồ` is one name.
    let isOne =
      honorific.word.use == .kin && name.count == 1 && grammar.isProper(index)
      && !isSentenceStart(index)
    note(.person, isOne ? index..<name.upperBound : name, .addressed)
    return name.upperBound
  }

  private func isSentenceStart(_ index: Int) -> Bool {
    grammar.scan.sentences[sentence].tokens.lowerBound == index
  }
}

// MARK: Credits and outlets
extension NameFinder {
  /// `Ảnh: Nguyễn Dân/TTXVN`, `Tin, ảnh: X.Linh`.
  private mutating func readCredit(at index: Int) -> Int? {
    guard let credit = grammar.grid.longest(.credit, at: index, before: end),
      credit.word.category != .source, grammar.isMark(credit.end, PunctuationKey.colon)
    else { return nil }
    var place = credit.end + 1
    while place < end {
      if let body = grammar.body(at: place, before: end) {
        note(.organization, body.tokens, body.rule)
        place = body.tokens.upperBound
      } else if let outlet = grammar.grid.longest(.outlet, at: place, before: end) {
        note(.organization, place..<outlet.end, .outlet)
        place = outlet.end
      } else if let name = grammar.creditName(at: place, before: end) {
        note(.person, name, .credit)
        place = name.upperBound
      } else {
        break
      }
      guard grammar.isCreditSeparator(place) else { break }
      place += 1
    }
    return place
  }

  /// An outlet whose name is also an ordinary word: only where outlets are named.
  private mutating func readOutlet(at index: Int) -> Int? {
    guard let outlet = grammar.grid.longest(.outlet, at: index, before: end),
      grammar.isCapital(index)
    else { return nil }
    let piece = grammar.scan.sentences[sentence]
    let isAlone = piece.tokens == index..<outlet.end
    let isSigned =
      grammar.start(of: .credit, endingAt: index) != nil
      && grammar.grid.hits(at: index - 1).contains { grammar.grid.word($0).category == .source }
    let isBracketed =
      grammar.isMark(index - 1, PunctuationKey.openingParenthesis)
      && grammar.isMark(outlet.end, PunctuationKey.closingParenthesis)
    guard isAlone || isSigned || isBracketed || piece.zone == .attribution else { return nil }
    note(.organization, index..<outlet.end, .outlet)
    return outlet.end
  }
}
