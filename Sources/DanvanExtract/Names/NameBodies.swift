import DanvanText

/// A body as the grammar reads it.
struct BodyReading {
  var tokens: Range<Int>
  var rule: NameRule
  /// Plural or generic (`UBND các quận`): read so that it can be passed over.
  var isGeneric = false
}

extension NameGrammar {
  /// The body that begins at `index`, at its longest: a listed name or a head noun with its tail,
  /// then level, place and owner.
  func body(
    at index: Int, before end: Int, depth: Int = 0, isAsked: Bool = false
  ) -> BodyReading? {
    guard depth < 4, index < end, isWord(index) else { return nil }
    var best: BodyReading?
    // A listed name settles what its own head word could only guess.
    var listedEnd = index
    for hit in grid.hits(at: index).reversed() where Int(hit.end) <= end {
      let word = grid.word(hit)
      let reading: BodyReading?
      switch word.kind {
      case .body:
        reading = listed(word, index..<Int(hit.end), before: end, depth: depth, isAsked: isAsked)
        if reading != nil, word.use != .complement, word.category != .front {
          listedEnd = max(listedEnd, Int(hit.end))
        }
      case .head where Int(hit.end) < listedEnd: reading = nil
      case .head: reading = headed(word, index..<Int(hit.end), before: end, depth: depth)
      case .abbreviation: reading = abbreviation(index..<Int(hit.end))
      case .outlet where word.use == .capital && !shouted[index]:
        reading = BodyReading(tokens: index..<Int(hit.end), rule: .outlet)
      default: reading = nil
      }
      if let reading, reading.tokens.count > best?.tokens.count ?? 0 { best = reading }
    }
    return best
  }

  private func abbreviation(_ tokens: Range<Int>) -> BodyReading? {
    isInCode(tokens) ? nil : BodyReading(tokens: tokens, rule: .abbreviation)
  }

  /// Part of the number of a document: `409/UBND-TKBT`, `05-CT/TW`.
  func isInCode(_ tokens: Range<Int>) -> Bool {
    let first = tokens.lowerBound
    let last = tokens.upperBound
    if isMark(first - 1, PunctuationKey.slash) || isMark(first - 1, PunctuationKey.dash) {
      if isJoined(first), isJoined(first - 1), isNumber(first - 2) || isUpper(first - 2) {
        return true
      }
    }
    if isMark(last, PunctuationKey.slash) || isMark(last, PunctuationKey.dash), isJoined(last),
      isJoined(last + 1), isUpper(last + 1), isNumber(first - 2) || isNumber(first - 1)
    {
      return true
    }
    return false
  }

  private func listed(
    _ word: NameWord, _ name: Range<Int>, before end: Int, depth: Int, isAsked: Bool
  ) -> BodyReading? {
    guard word.use != .never, !isInCode(name) else { return nil }
    let first = name.lowerBound
    if word.use == .caps, !name.allSatisfy(isCapital) { return nil }
    let extended = extended(name, by: word.follows, before: end, depth: depth)
    let isExtended = extended.upperBound > name.upperBound
    if isGeneric(after: extended.upperBound), !isExtended,
      word.follows.contains(.level), word.category != .front
    {
      return BodyReading(tokens: extended, rule: .listed, isGeneric: true)
    }
    switch word.use {
    case .any where word.length > 1 || isCapital(first): break
    case .capital, .caps:
      guard isCapital(first) || isAsked || isExtended && isNamed(name, extended) else {
        return nil
      }
    case .complement:
      guard isExtended || isUpper(first) && word.length == 1 || isAsked && isCapital(first) else {
        return nil
      }
    case .named:
      guard isCapital(first), isExtended || isAsked else { return nil }
    default: return nil
    }
    // `hai Đảng`, `hai Nhà nước`
    if !isExtended, !isAsked, isCountedInWords(first) {
      return BodyReading(tokens: extended, rule: .listed, isGeneric: true)
    }
    return BodyReading(tokens: extended, rule: .listed)
  }

  /// What a name was extended by begins with a capital somewhere: not only `tỉnh`, `thành phố`.
  private func isNamed(_ name: Range<Int>, _ extended: Range<Int>) -> Bool {
    (name.upperBound..<extended.upperBound).contains { isCapital($0) || isNumber($0) }
  }

  /// `UBND các quận`, `Ban Dân vận các quận, huyện`.
  private func isGeneric(after index: Int) -> Bool {
    if grid.has(.plural, at: index) { return true }
    // `UBND tỉnh, thành phố`
    guard let level = grid.longest(.level, at: index, before: scan.tokens.count) else {
      return false
    }
    return isMark(level.end, PunctuationKey.comma) && grid.has(.level, at: level.end + 1)
  }

  private func headed(
    _ word: NameWord, _ head: Range<Int>, before end: Int, depth: Int
  ) -> BodyReading? {
    let first = head.lowerBound
    guard !isInCode(head) else { return nil }
    if let stop = committeeEnd(word, head, before: end) {
      return BodyReading(tokens: first..<stop, rule: .headed)
    }
    var stop: Int?
    var isNamed = false
    if word.follows.contains(.owner) {
      let extended = extended(head, by: [.owner, .level], before: end, depth: depth)
      if extended.upperBound > head.upperBound { stop = extended.upperBound }
    } else if word.follows.contains(.field) {
      stop = fieldTail(at: head.upperBound, before: end, isHeadCapital: isProper(first))
    } else if word.follows.contains(.embassy) {
      stop = embassyTail(at: head.upperBound, before: end)
    } else if word.follows.contains(.party) {
      stop = partyTail(at: head.upperBound, before: end)
    } else if word.follows.contains(.group) {
      stop = isCapital(first) ? groupTail(at: head.upperBound, before: end) : nil
    } else {
      stop = namedTail(word, at: head.upperBound, before: end)
      isNamed = true
    }
    guard let stop else { return nil }
    let name = first..<stop
    let whole =
      word.follows.contains(.owner)
      ? name : extended(name, by: [.level, .owner, .country, .central], before: end, depth: depth)
    if !isNamed, whole.upperBound == stop, isGeneric(after: stop), word.category == .state {
      return BodyReading(tokens: whole, rule: .headed, isGeneric: true)
    }
    return BodyReading(tokens: whole, rule: isNamed ? .named : .headed)
  }

  /// The name with the level, place or owning body that follows it, as far as `kinds` allow.
  func extended(
    _ name: Range<Int>, by kinds: NameWord.Follows, before end: Int, depth: Int
  ) -> Range<Int> {
    guard !kinds.isEmpty else { return name }
    var stop = name.upperBound
    if let bracket = bracketedAbbreviation(at: stop, before: end),
      case let further = extensionEnd(at: bracket, by: kinds, before: end, depth: depth),
      further > bracket
    {
      return name.lowerBound..<further
    }
    for _ in 0..<2 {
      let further = extensionEnd(at: stop, by: kinds, before: end, depth: depth)
      guard further > stop else { break }
      stop = further
    }
    return name.lowerBound..<stop
  }

  /// `(MTTQ)`: the token after the bracket.
  private func bracketedAbbreviation(at index: Int, before end: Int) -> Int? {
    guard index + 2 < end, isMark(index, PunctuationKey.openingParenthesis), isUpper(index + 1),
      isMark(index + 2, PunctuationKey.closingParenthesis)
    else { return nil }
    return index + 3
  }

  private func extensionEnd(
    at index: Int, by kinds: NameWord.Follows, before end: Int, depth: Int
  ) -> Int {
    guard index < end else { return index }
    if kinds.contains(.number) {
      var place = index
      if key(place) == words.numbered { place += 1 }
      if let stop = numberEnd(at: place, before: end), !isMark(stop, PunctuationKey.slash) {
        return stop
      }
    }
    if kinds.contains(.country) || kinds.contains(.level) {
      if let country = countryName(at: index, before: end) {
        // `Hội Hữu nghị Việt Nam - Cuba`
        if isMark(country, PunctuationKey.dash),
          let second = grid.longest(.world, at: country + 1, before: end),
          second.word.category == .country, isCapital(country + 1), kinds.contains(.owner)
        {
          return second.end
        }
        return country
      }
    }
    var stop = index
    if !kinds.isDisjoint(with: [.level, .central]) {
      stop = levelEnd(at: index, before: end) ?? index
    }
    if kinds.contains(.owner), isWord(index), !grid.has(.plural, at: index),
      let owner = body(at: index, before: end, depth: depth + 1, isAsked: true), !owner.isGeneric,
      owner.rule != .outlet
    {
      stop = max(stop, owner.tokens.upperBound)
    }
    return stop
  }

  /// `tỉnh Quảng Ninh`, `TP`, `Trung ương`, `Hà Nội`.
  func levelEnd(at index: Int, before end: Int) -> Int? {
    if let place = place(at: index, before: end) {
      switch place.category {
      case .admin, .province, .district, .city, .region: return place.tokens.upperBound
      case .number, .village: return place.isHeaded ? place.tokens.upperBound : nil
      case .country: return nil
      default: return nil
      }
    }
    // A name too doubtful to stand bare is a place after a body: `Thành ủy Phan Thiết`.
    if let known = knownPlace(at: index, before: end, headed: true), known.category != .country,
      known.category != .commune, knownPerson(at: index) == nil,
      !isCapital(known.tokens.upperBound) || grid.has(.role, at: known.tokens.upperBound)
        || knownPerson(at: known.tokens.upperBound) != nil
    {
      return known.tokens.upperBound
    }
    if let stop = unlistedPlaceEnd(at: index, before: end) { return stop }
    guard let level = grid.longest(.level, at: index, before: end),
      grid.longest(.trap, at: index, before: end)?.end ?? 0 <= level.end,
      grid.longest(.body, at: index, before: end)?.end ?? 0 <= level.end,
      !isMark(level.end, PunctuationKey.comma) || !grid.has(.level, at: level.end + 1),
      key(level.end) != words.this
    else { return nil }
    return level.end
  }

  /// `Singapore`, `nước Cộng hòa Liên bang Myanmar`, `Việt Nam`.
  func countryName(at index: Int, before end: Int) -> Int? {
    var place = index
    if let headed = headedPlace(at: index, before: end), headed.category == .country {
      return headed.tokens.upperBound
    }
    let isStated =
      isWord(index) && !isCapital(index)
      && grid.longest(.placeHead, at: index, before: end)?.word.category == .country
    if isStated { place += 1 }
    if let found = grid.longest(.world, at: place, before: end), found.word.category == .country,
      isCapital(place), grid.longest(.unit, at: place, before: end)?.end ?? 0 <= found.end
    {
      if found.word.use == .ambiguous, isCapital(found.end), !grid.has(.role, at: found.end),
        knownPerson(at: found.end) == nil
      {
        return nil
      }
      return found.end
    }
    return nil
  }
}
