import DanvanText

/// A title as the grammar reads it.
struct TitleReading {
  var tokens: Range<Int>
  /// The role word itself, without prefix and complement.
  var role: NameWord
  var roleTokens: Range<Int>
  var bodies: [BodyReading] = []
  var places: [PlaceReading] = []
  /// It has a body, place or field after the role.
  var hasComplement: Bool
}

extension NameGrammar {
  /// The title that begins at `index`: prefix, role, qualifier and the complements that the role
  /// takes. The longest reading wins.
  func title(at index: Int, before end: Int) -> TitleReading? {
    guard isWord(index) else { return nil }
    var start = index
    if let prefix = grid.longest(.prefix, at: index, before: end),
      grid.has(.role, at: prefix.end)
    {
      start = prefix.end
    }
    var best: TitleReading?
    for hit in grid.hits(at: start).reversed() where Int(hit.end) <= end {
      let role = grid.word(hit)
      guard role.kind == .role, role.use != .never else { continue }
      if role.category == .academic, !isCapital(start), role.length == 1 { continue }
      guard var reading = title(role, start..<Int(hit.end), before: end) else { continue }
      reading.tokens = index..<reading.tokens.upperBound
      if reading.tokens.count > best?.tokens.count ?? 0 { best = reading }
    }
    return best
  }

  private func title(_ role: NameWord, _ tokens: Range<Int>, before end: Int) -> TitleReading? {
    var place = tokens.upperBound
    while let qualifier = grid.longest(.qualifier, at: place, before: end),
      role.category != .rank, role.category != .academic
    {
      place = qualifier.end
    }
    var reading = TitleReading(
      tokens: tokens.lowerBound..<place, role: role, roleTokens: tokens, hasComplement: false)
    addComplement(to: &reading, at: place, before: end)
    if role.follows.contains(.headed) || role.follows.contains(.secretariat)
      || role.follows.contains(.board) || role.follows.contains(.chancery)
    {
      guard reading.hasComplement else { return nil }
    }
    if reading.hasComplement { addTerm(to: &reading, before: end) }
    return reading
  }

  private func addComplement(to reading: inout TitleReading, at index: Int, before end: Int) {
    guard index < end else { return }
    let follows = reading.role.follows
    if isWord(index), !grid.has(.plural, at: index) || isCapital(index) {
      if !follows.isDisjoint(with: .withBody), let body = complementBody(follows, index, end) {
        if !body.isGeneric { add(body, to: &reading, before: end) }
        return
      }
      // `bí thư đảng ủy`, the body written small and not named: it belongs to the title alone.
      if follows.contains(.body), !isCapital(index),
        let small = grid.longest(.body, at: index, before: end), small.word.use == .complement,
        !grid.has(.plural, at: small.end)
      {
        extend(&reading, to: small.end)
        return
      }
      if follows.contains(.embassy), let stop = embassyTail(at: index, before: end) {
        addPlaces(in: index..<stop, to: &reading)
        return
      }
      if !follows.isDisjoint(with: [.place, .level]),
        let place = complementPlace(follows, at: index, before: end)
      {
        reading.places.append(place)
        extend(&reading, to: place.tokens.upperBound)
        return
      }
      // `Thủ tướng nước chủ nhà`
      if follows.contains(.place), key(index) == words.country,
        let phrase = grid.longest(.trap, at: index, before: end)
      {
        extend(&reading, to: phrase.end)
        return
      }
      if follows.contains(.level), let level = grid.longest(.level, at: index, before: end) {
        extend(&reading, to: level.end)
        return
      }
      if follows.contains(.named), addNamed(to: &reading, at: index, before: end) { return }
      if follows.contains(.field), isProper(index), grid.has(.field, at: index),
        let stop = fieldTail(at: index, before: end, isHeadCapital: false, isStrict: true)
      {
        extend(&reading, to: stop)
        if let country = complementPlace(.place, at: stop, before: end),
          country.category == .country
        {
          addPlaces(in: stop..<country.tokens.upperBound, to: &reading)
        }
        return
      }
      let subject =
        key(index) == words.speciality[0] && key(index + 1) == words.speciality[1]
        ? index + 2 : index
      if follows.contains(.study), isProper(subject), knownPerson(at: subject) == nil,
        let stop = fieldTail(at: subject, before: end, isHeadCapital: false)
      {
        extend(&reading, to: stop)
        return
      }
      if follows.contains(.name), isProper(index), !isSurname(index, .strong) {
        extend(&reading, to: properRun(from: index, before: end, limit: 3))
        return
      }
    }
    // `Tổng giám đốc Vinaconex`: one foreign word after a director's post is the company.
    if reading.role.category == .director, isForeign(index), !isCapital(index + 1),
      !isGiven(index), grid.hits(at: index).isEmpty
    {
      let company = BodyReading(tokens: index..<(index + 1), rule: .named)
      add(company, to: &reading, before: end)
      return
    }
    // `Giám đốc Sở`, the body not named.
    if follows.contains(.body), let head = grid.longest(.head, at: index, before: end),
      head.word.length == 1, head.word.category == .state, reading.role.category != .party,
      !isCapital(head.end), !grid.has(.field, at: head.end)
    {
      extend(&reading, to: head.end)
      return
    }
    // `người phát ngôn của Chính phủ`
    if key(index) == words.of, follows.contains(.body), reading.role.category == .diplomacy,
      let body = body(at: index + 1, before: end), !body.isGeneric
    {
      add(body, to: &reading, before: end)
    }
  }

  private func extend(_ reading: inout TitleReading, to stop: Int) {
    reading.tokens = reading.tokens.lowerBound..<stop
    reading.hasComplement = true
  }

  /// The body, and what it belongs to after `của` (`Đoàn kiểm tra số 471 của Bộ Chính trị`).
  private func add(_ body: BodyReading, to reading: inout TitleReading, before end: Int) {
    reading.bodies.append(body)
    extend(&reading, to: body.tokens.upperBound)
    let stop = body.tokens.upperBound
    if key(stop) == words.of, isCapital(stop + 1),
      let owner = self.body(at: stop + 1, before: end), !owner.isGeneric,
      reading.role.follows.contains(.headed) || body.rule == .listed && owner.tokens.count == 2
        || knownPerson(at: owner.tokens.upperBound) != nil
    {
      reading.bodies.append(owner)
      extend(&reading, to: owner.tokens.upperBound)
    } else if reading.role.follows.contains(.named) || reading.role.category == .diplomacy,
      key(stop) == words.at, let place = place(at: stop + 1, before: end)
    {
      reading.places.append(place)
      extend(&reading, to: place.tokens.upperBound)
    }
  }

  private func addPlaces(in range: Range<Int>, to reading: inout TitleReading) {
    var index = range.lowerBound
    while index < range.upperBound {
      if let place = place(at: index, before: range.upperBound) {
        reading.places.append(place)
        index = place.tokens.upperBound
      } else if let found = grid.longest(.world, at: index, before: range.upperBound) {
        reading.places.append(
          PlaceReading(
            tokens: index..<found.end, name: index..<found.end, category: found.word.category,
            isHeaded: false))
        index = found.end
      } else if let body = body(at: index, before: range.upperBound) {
        reading.bodies.append(body)
        index = body.tokens.upperBound
      } else {
        index += 1
      }
    }
    extend(&reading, to: range.upperBound)
  }

  /// `Đặc phái viên Thủ tướng Ô-xtrây-li-a`, `Trợ lý Bộ trưởng Bộ Ngoại giao`.
  private func addNamed(to reading: inout TitleReading, at index: Int, before end: Int) -> Bool {
    if let inner = title(at: index, before: end), inner.role.category == .state {
      reading.bodies += inner.bodies
      reading.places += inner.places
      extend(&reading, to: inner.tokens.upperBound)
      return true
    }
    if let body = body(at: index, before: end), !body.isGeneric {
      add(body, to: &reading, before: end)
      return true
    }
    return false
  }

  private func complementBody(_ follows: NameWord.Follows, _ index: Int, _ end: Int) -> BodyReading?
  {
    guard let body = body(at: index, before: end, isAsked: true), body.rule != .outlet else {
      return nil
    }
    if body.isGeneric { return body }
    if follows.contains(.body) { return body }
    func begins(with firsts: Set<UInt64>) -> Bool { key(index).map(firsts.contains) ?? false }
    if follows.contains(.headed) {
      return grid.has(.head, at: index) || body.tokens.count > 1 && grid.has(.body, at: index)
        ? body : nil
    }
    if follows.contains(.chancery), begins(with: words.chanceries) { return body }
    if follows.contains(.government), begins(with: words.governments) { return body }
    if follows.contains(.secretariat), begins(with: words.secretariats) { return body }
    if follows.contains(.board), begins(with: words.boards) { return body }
    return nil
  }

  private func complementPlace(
    _ follows: NameWord.Follows, at index: Int, before end: Int
  ) -> PlaceReading? {
    if let place = place(at: index, before: end) {
      switch place.category {
      case .country, .city, .region, .province, .district: return place
      case .admin, .number: return follows.contains(.level) || place.isHeaded ? place : nil
      default: break
      }
    }
    if let stop = countryName(at: index, before: end)
      ?? grid.longest(.world, at: index, before: end).flatMap({
        $0.word.category == .country && isProper(index) ? $0.end : nil
      })
    {
      return PlaceReading(
        tokens: index..<stop, name: index..<stop, category: .country, isHeaded: false)
    }
    return nil
  }

  /// `khóa XII`, `nhiệm kỳ 2016-2021` right after the complement.
  private func addTerm(to reading: inout TitleReading, before end: Int) {
    var place = reading.tokens.upperBound
    if key(place) == words.session, let stop = numberEnd(at: place + 1, before: end) {
      place = stop
    }
    if key(place) == words.term[0], key(place + 1) == words.term[1], isNumber(place + 2) {
      place += 3
      if isMark(place, PunctuationKey.dash), isNumber(place + 1) { place += 2 }
    }
    if place <= end { reading.tokens = reading.tokens.lowerBound..<place }
  }
}

extension NameWord.Follows {
  /// Every complement that is a body.
  static let withBody: Self = [.body, .headed, .chancery, .government, .secretariat, .board]
}
