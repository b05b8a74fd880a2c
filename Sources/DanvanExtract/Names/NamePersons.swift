import DanvanText

extension NameGrammar {
  func isSurname(_ index: Int, _ use: NameWord.Use? = nil) -> Bool {
    grid.hits(at: index).contains {
      let word = grid.word($0)
      return word.kind == .surname && Int($0.end) == index + 1 && (use == nil || word.use == use)
    }
  }

  func isGiven(_ index: Int) -> Bool { grid.isSingle(.given, at: index) }

  /// The run of capitalised syllables from `index` that a title or form of address makes a name:
  /// `Nguyễn Văn An`, `Donald Trump`, `A.Hiu-xtơn`, `Khăm Chăn Phôm Sẻng Sạ Văn`.
  func nameRun(at index: Int, before end: Int) -> Range<Int>? {
    guard isCapital(index) else { return nil }
    // An abbreviation is no part of a name in small letters: `QH Nguyễn Thị ...`.
    if isUpper(index), isCapital(index + 1), !isUpper(index + 1), !shouted[index] { return nil }
    if shouted[index] { return shoutedName(at: index, before: end) }
    let isVietnamese = isSurname(index)
    let limit = isVietnamese ? 5 : 7
    var place = index
    var syllables = 0
    while place < end, syllables < limit, isCapital(place) {
      if place > index, isBoundary(place, before: end),
        !(isGiven(place) && grid.has(.role, at: place + 1))
      {
        break
      }
      // A second full name: `Hồ Chí Minh Nguyễn ...`
      if isVietnamese, place - index >= 3, isSurname(place, .strong), isCapital(place + 1) { break }
      place = joinedEnd(at: place, before: end, isVietnamese: isSurname(index, .strong))
      syllables += 1
    }
    // A capital that begins the sentence glued on is no given name: `Nguyễn Xuân Phúc Ngày`.
    while isVietnamese, syllables >= 3, place > index, !isGiven(place - 1), isWord(place - 2),
      syllables >= 4 || isSentenceWord(place - 1)
    {
      place -= 1
      syllables -= 1
    }
    if isNumber(place), isJoined(place) { return nil }
    return place > index ? index..<place : nil
  }

  func isSentenceWord(_ index: Int) -> Bool {
    grid.hits(at: index).contains {
      let kind = grid.word($0).kind
      return kind == .stop || kind == .biography || kind == .honorific
    }
  }

  /// One part of a name with what is joined to it: `Hiu-xtơn`, `A.`, `Jong-un`, `Y.`.
  private func joinedEnd(at index: Int, before end: Int, isVietnamese: Bool) -> Int {
    var place = index + 1
    while place + 1 < end {
      let isShort = scan.tokens[place - 1].end - scan.tokens[place - 1].start <= 2
      if isMark(place, PunctuationKey.dash) || isMark(place, PunctuationKey.apostrophe),
        isJoined(place), isJoined(place + 1), isWord(place + 1),
        !isVietnamese, !isBoundary(place + 1, before: end)
      {
        place += 2
      } else if isMark(place, PunctuationKey.fullStop), isJoined(place), isCapital(place + 1),
        isShort, isJoined(place + 1)
      {
        place += 2
      } else {
        break
      }
    }
    return place
  }

  /// In a line of capitals only a surname with given names is a name.
  private func shoutedName(at index: Int, before end: Int) -> Range<Int>? {
    guard isSurname(index) else { return nil }
    var place = index + 1
    while place < end, place - index < 4, isWord(place), isGiven(place),
      !isBoundary(place, before: end)
    {
      place += 1
    }
    return place - index >= 2 ? index..<place : nil
  }

  /// A full Vietnamese name that shows itself by its syllables alone: surname, then given names.
  func knownPerson(at index: Int) -> Range<Int>? {
    guard isCapital(index), isSurname(index) else { return nil }
    guard let run = nameRun(at: index, before: min(index + 6, scan.tokens.count)) else {
      return nil
    }
    let isStrong = isSurname(index, .strong)
    let rest = run.dropFirst()
    guard rest.count >= 2, rest.count <= 4 else { return nil }
    if shouted[index], rest.count > 3 { return nil }
    let given = rest.reduce(0) { $0 + (isGiven($1) ? 1 : 0) }
    guard isStrong ? given >= 1 : given == rest.count else { return nil }
    if let unit = grid.longest(.unit, at: index, before: run.upperBound),
      unit.end == run.upperBound, unit.word.category != .commune
    {
      return nil
    }
    if let world = grid.longest(.world, at: index, before: scan.tokens.count),
      world.end - index >= 2
    {
      return nil
    }
    if let body = grid.longest(.body, at: index, before: scan.tokens.count), body.end - index >= 3 {
      return nil
    }
    return run
  }
}
