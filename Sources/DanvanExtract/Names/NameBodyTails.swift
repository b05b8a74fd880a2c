import DanvanText

extension NameGrammar {
  /// The words for a field of work after a head: `Nông nghiệp và Phát triển nông thôn`, `GD-ĐT`.
  /// The first must be capitalised; nil where there is none.
  ///
  /// `isStrict`: only words that the lists know.
  func fieldTail(
    at index: Int, before end: Int, isHeadCapital: Bool, isStrict: Bool = false
  ) -> Int? {
    guard index < end, isWord(index) else { return nil }
    var place = index
    var isOpen = false
    if let field = grid.longest(.field, at: index, before: end),
      isCapital(index) || isHeadCapital && field.word.category != .verb
    {
      place = field.end
      isOpen = field.word.category == .open
    } else if isProper(index), isHeadCapital, !isBoundary(index, before: end),
      knownPlace(at: index, before: end) == nil, knownPerson(at: index) == nil
    {
      place = abbreviationEnd(at: index, before: end)
    } else {
      return nil
    }
    while place < end, place - index < 16 {
      guard let next = nextField(at: place, before: end, isOpen: isOpen, isStrict: isStrict) else {
        break
      }
      place = next.end
      isOpen = next.isOpen
    }
    return place
  }

  /// One more word of a field tail, alone or after a joining word or mark.
  private func nextField(
    at index: Int, before end: Int, isOpen: Bool, isStrict: Bool
  ) -> (end: Int, isOpen: Bool)? {
    if isGlued(index) { return nil }
    if isJoiningWord(index) {
      guard let field = grid.longest(.field, at: index + 1, before: end),
        isCapital(index + 1) || field.word.category != .verb || isOpen || field.word.length > 2,
        grid.longest(.head, at: index + 1, before: end).map({ $0.end < field.end }) ?? true
      else { return nil }
      return (field.end, field.word.category == .open)
    }
    // `Hội đồng quốc gia về Khoa học`
    if key(index) == words.about, isProper(index + 1),
      let field = grid.longest(.field, at: index + 1, before: end)
    {
      return (field.end, field.word.category == .open)
    }
    if isWord(index) {
      if grid.has(.level, at: index), grid.longest(.field, at: index, before: end) == nil {
        return nil
      }
      if let field = grid.longest(.field, at: index, before: end),
        isOpen || field.word.category != .verb || isProper(index),
        !isBoundary(index, before: end)
      {
        return (field.end, field.word.category == .open)
      }
      if isStrict || grid.has(.world, at: index) { return nil }
      if isProper(index), !grid.has(.role, at: index), !isBoundary(index, before: end),
        place(at: index, before: end) == nil, knownPerson(at: index) == nil
      {
        return (abbreviationEnd(at: index, before: end), false)
      }
      // The second syllable of a word that no list knows.
      if isProper(index - 1), grid.longest(.field, at: index - 1, before: end) == nil,
        !isCapital(index), !grid.has(.stop, at: index), !grid.has(.world, at: index - 1),
        !grid.has(.level, at: index), !grid.has(.placeHead, at: index),
        !grid.has(.plural, at: index), !isUpper(index - 1)
      {
        return (index + 1, false)
      }
      return nil
    }
    guard index + 1 < end, isMark(index, PunctuationKey.dash) || isMark(index, PunctuationKey.comma)
    else { return nil }
    let isDash = isMark(index, PunctuationKey.dash)
    guard let field = grid.longest(.field, at: index + 1, before: end),
      isProper(index + 1)
        || isDash && (isJoined(index) && isJoined(index + 1) || field.word.category == .plain)
    else { return nil }
    // `Văn hóa, Thể thao và Du lịch`: a field that is joined in itself ends the list.
    let isLast = (index + 1..<field.end).contains(where: isJoiningWord)
    if !isDash, !isLast, !listGoesOn(after: field.end, before: end) { return nil }
    return (field.end, field.word.category == .open)
  }

  /// After a comma a field belongs to the name only where a joined last field follows:
  /// `Khoa học, Công nghệ và Môi trường`.
  private func listGoesOn(after index: Int, before end: Int) -> Bool {
    var place = index
    for _ in 0..<5 {
      if isJoiningWord(place) {
        return isCapital(place + 1) && grid.has(.field, at: place + 1)
      }
      if isMark(place, PunctuationKey.comma), isProper(place + 1),
        let field = grid.longest(.field, at: place + 1, before: end)
      {
        place = field.end
      } else if let field = grid.longest(.field, at: place, before: end) {
        place = field.end
      } else {
        return false
      }
    }
    return false
  }

  /// `và` or `&`.
  func isJoiningWord(_ index: Int) -> Bool {
    guard let key = key(index) else { return false }
    return key == words.and || key == Self.ampersand
  }

  private static let ampersand = canonicalKey(of: "&".utf8)

  /// The rest of an abbreviation written with joined marks: `TN&MT`, `GD-ĐT`, `VH-TT-DL`.
  func abbreviationEnd(at index: Int, before end: Int) -> Int {
    var place = index + 1
    guard isUpper(index) else { return place }
    while place + 1 < end, isMark(place, PunctuationKey.dash) || key(place) == Self.ampersand,
      isUpper(place + 1), isJoined(place) == isJoined(place + 1)
    {
      place += 2
    }
    return place
  }

  /// A place that no list has shows itself by the full name after it: `Krông Năng Lê Văn Thử`.
  func unlistedPlaceEnd(at index: Int, before end: Int) -> Int? {
    guard isProper(index), !isSurname(index, .strong) else { return nil }
    if let person = anchoredPerson(after: index, before: end) { return person }
    var place = index + 1
    while place < min(index + 5, end), isProper(place), !grid.has(.role, at: place) {
      if place - index >= 2, isSurname(place, .strong), knownPerson(at: place) != nil {
        return place
      }
      place += 1
    }
    return nil
  }

  /// `tỉnh Lam Hạ Châu Lâm Thị Nghĩa`: where the person begins, as the article tells elsewhere.
  func anchoredPerson(after index: Int, before end: Int) -> Int? {
    ((index + 1)...(index + 4)).first { place in
      place < end && isSurname(place) && (index..<place).allSatisfy(isProper)
        && anchors.contains(at: place, in: scan.tokens)
    }
  }

  /// `Việt Nam tại Lào`.
  func embassyTail(at index: Int, before end: Int) -> Int? {
    guard index < end, isWord(index) else { return nil }
    guard var stop = countryName(at: index, before: end) else { return nil }
    if stop + 1 < end, key(stop) == words.at, isWord(stop + 1) {
      if let place = place(at: stop + 1, before: end) {
        stop = place.tokens.upperBound
      } else if let body = body(at: stop + 1, before: end) {
        stop = body.tokens.upperBound
      }
    }
    return stop
  }

  /// `Cộng sản Trung Quốc`, `Nhân dân Campuchia`, `Dân chủ Tự do`.
  func partyTail(at index: Int, before end: Int) -> Int? {
    guard isProper(index - 1), isProper(index), !isBoundary(index, before: end) else { return nil }
    guard place(at: index, before: end) == nil else { return nil }
    if isUpper(index) { return index + 1 }
    return fieldTail(at: index, before: end, isHeadCapital: true)
  }

  /// `nữ đại biểu Quốc hội`: words up to a body.
  func groupTail(at index: Int, before end: Int) -> Int? {
    var place = index
    while place < end, place - index < 6, isWord(place), !isCapital(place) { place += 1 }
    guard place > index, isCapital(place), let body = body(at: place, before: end) else {
      return nil
    }
    return body.tokens.upperBound
  }

  /// The tail of a company, school, hospital, newspaper: words of its kind, then a proper name.
  func namedTail(_ head: NameWord, at index: Int, before end: Int) -> Int? {
    if head.category == .press, let outlet = grid.longest(.outlet, at: index, before: end) {
      return outlet.end
    }
    var place = index
    var lastProper = index
    let isQuoted = isMark(place, PunctuationKey.straightQuote)
    if isQuoted { return nil }
    while place < end, place - index < 16 {
      if isMark(place, PunctuationKey.dash), place > index, isProper(place - 1),
        isProper(place + 1),
        !isBoundary(place + 1, before: end)
      {
        place += 1
        continue
      }
      guard isWord(place) || isNumber(place) else { break }
      if isNumber(place) {
        guard place == lastProper, let stop = schoolNumberEnd(head, at: place, before: end) else {
          break
        }
        place = stop
        lastProper = place
        break
      }
      if let inner = headedPlace(at: place, before: end), place > index {
        return inner.tokens.upperBound
      }
      if key(place) == words.numbered, isNumber(place + 1), place + 1 < end { return place + 2 }
      if let level = grid.longest(.level, at: place, before: end), level.word.category == .central {
        if isCapital(place) { lastProper = level.end }
        place = level.end
        continue
      }
      if isProper(place) {
        if place > index, isBoundary(place, before: end) { break }
        if place > index, head.category == .company || head.category == .press,
          knownPerson(at: place) != nil
        {
          break
        }
        if isSentenceWord(place), !isCapital(place + 1), !isGiven(place) { break }
        if let known = knownPlace(at: place, before: end), known.category != .country {
          place = known.tokens.upperBound
          lastProper = place
          continue
        }
        if let field = grid.longest(.field, at: place, before: end) {
          place = max(field.end, abbreviationEnd(at: place, before: end))
        } else {
          place = abbreviationEnd(at: place, before: end)
        }
        lastProper = place
        continue
      }
      // Lower-case words of the kind count only where a proper name follows.
      if let field = grid.longest(.field, at: place, before: end),
        field.word.category != .verb || lastProper == index
      {
        place = field.end
        continue
      }
      // A word that no list knows, between known words or before the proper name.
      if head.category == .company, place > index, !grid.has(.stop, at: place),
        !isJoiningWord(place), isWord(place), !grid.has(.placeHead, at: place),
        isProper(place + 1) || lastProper == index && isProper(place + 2) && isWord(place + 1)
      {
        place += 1
        continue
      }
      guard isJoiningWord(place), isProper(place + 1), place == lastProper,
        grid.has(.field, at: place + 1) || head.category == .press,
        !grid.has(.head, at: place + 1)
      else { break }
      place += 1
    }
    // `Trường Chinh` is no school: the bare head word wants more than one syllable.
    guard
      lastProper > index + (head.length == 1 && isCapital(index - 1) && !isUpper(index - 1) ? 1 : 0)
        || lastProper > index && (isUpper(index) || head.category == .press)
    else { return nil }
    if lastProper == index + 1, grid.has(.head, at: index) { return nil }
    return lastProper
  }

  private func schoolNumberEnd(_ head: NameWord, at index: Int, before end: Int) -> Int? {
    guard let number = numberEnd(at: index, before: end), !isMark(number, PunctuationKey.slash)
    else { return nil }
    return number
  }
}
