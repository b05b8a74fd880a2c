import DanvanText

/// A place as the grammar reads it.
struct PlaceReading {
  /// With its head word.
  var tokens: Range<Int>
  /// The name without the head word.
  var name: Range<Int>
  var category: NameWord.Category
  var isHeaded: Bool
}

extension NameGrammar {
  /// The place that begins at `index`: a head word with a name, or a name of the gazetteers.
  func place(at index: Int, before end: Int) -> PlaceReading? {
    let known = knownPlace(at: index, before: end)
    // `TP HCM` is in the gazetteer with its head word.
    guard let headed = headedPlace(at: index, before: end) else { return known }
    guard let known, known.tokens.count > 1, grid.has(.placeHead, at: index) else { return headed }
    let isLonger = headed.tokens.count > known.tokens.count
    return isLonger && grid.has(.unit, at: headed.name.lowerBound)
      || isLonger && grid.has(.world, at: headed.name.lowerBound) ? headed : known
  }

  /// `huyện Củ Chi`, `quận 10`, `nước Singapore`, `khu công nghiệp Đông Nam`.
  func headedPlace(at index: Int, before end: Int) -> PlaceReading? {
    for hit in grid.hits(at: index).reversed() where Int(hit.end) <= end {
      let head = grid.word(hit)
      guard head.kind == .placeHead else { continue }
      let next = Int(hit.end)
      if head.category == .fixed {
        guard isProper(index) else { continue }
        return PlaceReading(
          tokens: index..<next, name: index..<next, category: .site, isHeaded: true)
      }
      if let name = nameOfPlace(after: head, at: next, before: end) {
        // `hai nước Việt Nam - Lào`, `4 tỉnh Quảng Ninh, Lạng Sơn`: the head word is of them all.
        let isCounted = isCounted(index) && isWord(name.lowerBound) && !isRoman(name.lowerBound)
        return PlaceReading(
          tokens: (isCounted ? name.lowerBound : index)..<name.upperBound, name: name,
          category: head.category, isHeaded: true)
      }
    }
    return nil
  }

  /// A number stands right before: `hai`, `4`.
  func isCounted(_ index: Int) -> Bool {
    if isNumber(index - 1), !isJoined(index - 1) {
      return !isMark(index - 2, PunctuationKey.slash)
    }
    return isCountedInWords(index)
  }

  func isCountedInWords(_ index: Int) -> Bool {
    grid.hits(at: index - 1).contains {
      let word = grid.word($0)
      return word.kind == .plural && word.category == .number && Int($0.end) == index
    }
  }

  private func nameOfPlace(after head: NameWord, at index: Int, before end: Int) -> Range<Int>? {
    guard index < end else { return nil }
    if head.follows.contains(.number), let stop = numberEnd(at: index, before: end) {
      return index..<stop
    }
    if !head.follows.isDisjoint(with: [.country, .region, .direction]) {
      return nameOfRegion(after: head, at: index, before: end)
    }
    guard head.follows.contains(.name) || head.follows.contains(.place) else { return nil }
    if head.category == .site || head.category == .road {
      return nameOfSite(at: index, before: end)
    }
    if let person = anchoredPerson(after: index, before: end) { return index..<person }
    let isUpperUnit = head.category == .admin && !head.follows.contains(.commune)
    if let known = knownPlace(at: index, before: end, headed: true),
      !isUpperUnit || known.category != .commune
    {
      return index..<extended(known.tokens.upperBound, before: end)
    }
    if isMark(index - 1, PunctuationKey.fullStop), !isJoined(index) { return nil }
    if isSentenceWord(index), !isCapital(index + 1) { return nil }
    if head.category == .admin, knownPerson(at: index) != nil { return nil }
    if head.category == .village {
      return nameOfSite(at: index, before: end)
    }
    guard head.category == .admin || head.category == .number else { return nil }
    let stop = properRun(from: index, before: end, limit: 4)
    return stop > index ? index..<stop : nil
  }

  private func nameOfRegion(after head: NameWord, at index: Int, before end: Int) -> Range<Int>? {
    guard let found = grid.longest(.world, at: index, before: end) else {
      if head.follows.contains(.country), let inner = headedPlace(at: index, before: end),
        inner.category == .country
      {
        return index..<inner.tokens.upperBound
      }
      if head.follows.contains(.direction), isProper(index), !isCapital(index + 1) {
        return index..<(index + 1)
      }
      return nil
    }
    let wanted: Bool
    switch found.word.category {
    case .country: wanted = head.follows.contains(.country)
    case .region: wanted = head.follows.contains(.region)
    default: wanted = false
    }
    return wanted ? index..<found.end : nil
  }

  /// The name of a road, a building, a zone: up to four lower-case words of its kind, then capitals
  /// or another place (`khu dân cư thương mại xã Phước Tân`).
  private func nameOfSite(at index: Int, before end: Int) -> Range<Int>? {
    var place = index
    while place < end, place - index < 4, !isCapital(place),
      let field = grid.longest(.field, at: place, before: end), field.end - index <= 6
    {
      place = field.end
    }
    if let inner = headedPlace(at: place, before: end), inner.category != .country {
      return index..<inner.tokens.upperBound
    }
    guard isProper(place) || shouted[index], body(at: place, before: end) == nil,
      !isBoundary(place, before: end)
    else { return nil }
    let known = knownPlace(at: place, before: end, headed: true)
      .map { extended($0.tokens.upperBound, before: end) }
    // Sites and roads bear the names of persons.
    let person = knownPerson(at: place)?.upperBound
    let run = properRun(from: place, before: end, limit: 5)
    var stop = max(known ?? place, person ?? place, known == nil || run - place <= 3 ? run : place)
    guard stop > place else { return nil }
    // `Nghĩa trang Quốc gia`
    if isWord(stop), !isCapital(stop),
      let word = grid.longest(.level, at: stop - 1, before: end)
        ?? grid.longest(.field, at: stop - 1, before: end), word.end > stop
    {
      stop = word.end
    }
    return index..<stop
  }

  /// A known name may go on with a letter or number: `Vĩnh Lộc A`, `Cái Mép 2`.
  private func extended(_ stop: Int, before end: Int) -> Int {
    guard stop < end, isWord(stop) || isNumber(stop) else { return stop }
    if isNumber(stop), isJoined(stop) { return stop + 1 }
    let token = scan.tokens[stop]
    if isCapital(stop), token.end - token.start == 1 || isRoman(stop) { return stop + 1 }
    return stop
  }

  /// `10`, `42`, `1A`, `XI`: a number that is not the beginning of a date or amount.
  func numberEnd(at index: Int, before end: Int) -> Int? {
    guard index < end else { return nil }
    if isRoman(index) { return index + 1 }
    guard isNumber(index),
      !(isJoined(index + 1) && isJoined(index + 2) && isNumber(index + 2))
    else { return nil }
    guard scan.tokens[index].number >= 0 else { return nil }
    if isWord(index + 1), index + 1 < end, isJoined(index + 1), isCapital(index + 1) {
      return index + 2
    }
    return index + 1
  }

  /// A name of the gazetteers at `index`. Doubtful ones count only after a head word (`headed`).
  func knownPlace(at index: Int, before end: Int, headed: Bool = false) -> PlaceReading? {
    guard isCapital(index) || isWord(index) && grid.has(.world, at: index) else { return nil }
    for hit in grid.hits(at: index).reversed() where Int(hit.end) <= end {
      let word = grid.word(hit)
      guard word.kind == .world || word.kind == .unit else { continue }
      let stop = Int(hit.end)
      guard headed || stands(word, index..<stop) else { continue }
      return PlaceReading(
        tokens: index..<stop, name: index..<stop, category: word.category, isHeaded: false)
    }
    return nil
  }

  /// Whether a bare gazetteer name may be taken for the place, by what stands around it.
  private func stands(_ word: NameWord, _ tokens: Range<Int>) -> Bool {
    if shouted[tokens.lowerBound] {
      return word.kind == .world && word.use == .plain || word.category == .province
    }
    // Inside a longer run of capitals it is a part of another name.
    let before = tokens.lowerBound - 1
    let after = tokens.upperBound
    let isDashedOn = joinsNext(tokens.upperBound - 1, with: PunctuationKey.dash, before: after + 2)
    if word.kind == .world {
      if word.use == .ambiguous { return standsDoubtful(tokens) }
      if word.use == .lone {
        return standsDoubtful(tokens)
          || !isCapital(before) && !isCapital(after) && !isDashedOn
      }
      return tokens.count > 1 || !isDashedOn || isCapital(after + 1)
    }
    switch word.category {
    case .province: return tokens.count > 1 || !(isCapital(before) && !isAfterPlaceHead(tokens))
    case .district:
      if tokens.count == 1 { return false }
      if grid.isSingle(.surname, at: tokens.lowerBound), isSurname(tokens.lowerBound, .strong) {
        return isAfterLocative(tokens.lowerBound) && !isCapital(after)
      }
      return !isCapital(after) || grid.has(.role, at: after) || knownPerson(at: after) != nil
    case .commune:
      // In a list after another unit: `phường Trung Văn, Mễ Trì`.
      return tokens.count > 1 && isMark(before, PunctuationKey.comma) && !isCapital(after)
        && isSurname(tokens.lowerBound, .strong) == false
        && start(of: .unit, endingAt: before, within: 5).map {
          start(of: .placeHead, endingAt: $0) != nil
        } ?? false
    default: return false
    }
  }

  private func isAfterPlaceHead(_ tokens: Range<Int>) -> Bool {
    start(of: .placeHead, endingAt: tokens.lowerBound) != nil
  }

  /// `Mỹ`, `Anh`, `Nga`: a country when no other capital leans on it and a word before asks for it.
  private func standsDoubtful(_ tokens: Range<Int>) -> Bool {
    let before = tokens.lowerBound - 1
    let after = tokens.upperBound
    if isCapital(after), !grid.has(.role, at: after), knownPerson(at: after) == nil { return false }
    if isMark(before, PunctuationKey.dash) {
      return grid.has(.world, at: before - 1) || start(of: .world, endingAt: before) != nil
    }
    if isMark(after, PunctuationKey.dash), isCapital(after + 1), grid.has(.world, at: after + 1) {
      return true
    }
    if isCapital(before) { return false }
    if tokens.count == 1, isUpper(tokens.lowerBound) { return true }
    return isAfterLocative(tokens.lowerBound)
      || isMark(before, PunctuationKey.comma)
        && (start(of: .world, endingAt: before) != nil)
  }

  private func isAfterLocative(_ index: Int) -> Bool {
    start(of: .locative, endingAt: index, within: 3) != nil
  }

  /// The end of a run of capitalised words from `index`, cut before an office or a second name.
  func properRun(from index: Int, before end: Int, limit: Int) -> Int {
    var place = index
    while place < end, place - index < limit, isProper(place) {
      if place > index, isBoundary(place, before: end) { break }
      if place > index, knownPerson(at: place) != nil { break }
      if place - index >= 2, isSurname(place, .strong), isProper(place + 1) { break }
      place += 1
      while joinsNext(place - 1, with: PunctuationKey.dash, before: end) { place += 2 }
    }
    if place > index, place < end, isNumber(place), scan.tokens[place].number < 100,
      !isMark(place + 1, PunctuationKey.slash), !(isJoined(place + 1) && isWord(place + 1)),
      !(isJoined(place + 1) && isJoined(place + 2) && isNumber(place + 2))
    {
      place += 1
    }
    return place
  }

  /// Whether something else than the rest of a name begins here: an office, a body, a common word.
  func isBoundary(_ index: Int, before end: Int) -> Bool {
    if isGlued(index) { return true }
    for hit in grid.hits(at: index) {
      let word = grid.word(hit)
      let isLong = Int(hit.end) - index >= 2
      switch word.kind {
      case .role where isLong && Int(hit.end) <= end: return true
      case .body where isLong && Int(hit.end) <= end && word.use != .never: return true
      case .trap where !isCapital(index + 1) && !grid.has(.field, at: index): return true
      case .stop where isLong && !isCapital(index + 1): return true
      default: continue
      }
    }
    return false
  }
}
