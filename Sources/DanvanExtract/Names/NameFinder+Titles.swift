import DanvanModel
import DanvanText

/// Titles, forms of address and the names after them.
extension NameFinder {
  /// Notes a title, the bodies and places inside and the name after it; nil where it is none here.
  mutating func read(_ title: TitleReading, isAddressed: Bool) -> Int? {
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
    // `các Phó Bí thư: A, B`: held by the first.
    let isListHead =
      grammar.isMark(stop, PunctuationKey.colon) && grammar.knownPerson(at: stop + 1) != nil
    if isPlural, name == nil, !isListHead {
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
  mutating func readAddressed(_ honorific: NameGrid.Found, from index: Int) -> Int? {
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
    // `lãnh tụ Cuba Fidel Castro`
    if let country = grammar.grid.longest(.world, at: next, before: end),
      country.word.category == .country, country.word.use == .plain,
      let name = grammar.nameAfterHonorific(honorific.word, at: country.end, before: end)
    {
      finds.append(
        NameFind(
          kind: .location, tokens: next..<country.end, rule: .gazetteer, sentence: sentence,
          isLocal: true))
      cover(next..<country.end)
      note(.person, name, .addressed)
      return name.upperBound
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
