import DanvanModel
import DanvanText

/// What a punctuation mark does to a naming: end it, or belong to it.
extension EventNaming {
  /// The token behind the mark at `place` where the naming goes on behind it; nil where it ends.
  func endOfMark(at place: Int, before limit: Int, _ kind: Event.Kind, _ hasTail: Bool)
    -> Int?
  {
    let token = tokens[place]
    switch token.key {
    case PunctuationKey.comma:
      // "buổi kiểm tra, giám sát …"
      if case (let act, _)? = words.verbs.longest(in: tokens, at: place + 1, before: limit),
        act.kind == kind, !hasTail
      {
        return place + 1
      }
      // "lễ khánh thành, đặt tên cho trường …"
      if kind == .ceremony, !hasTail, place + 1 < limit, tokens[place + 1].shape == .lower,
        words.actions.longest(in: tokens, at: place + 1, before: limit) != nil,
        words.stops.longest(in: tokens, at: place + 1, before: limit) == nil
      {
        return place + 1
      }
      // "thăm Khu công nghiệp A, gặp gỡ B": the next of what they did.
      if hasTail, place + 1 < end, Self.isPersonal(kind), tokens[place + 1].shape == .lower,
        startsAnotherEvent(at: place + 1)
      {
        return nil
      }
      // "phiên họp thứ 8, rà soát …": its number is its name, and what they did there follows.
      if endsOrdinal(place),
        words.actions.longest(in: tokens, at: place + 1, before: limit) != nil
          || words.stops.longest(in: tokens, at: place + 1, before: limit)?.0 == .head
      {
        return nil
      }
      // "Trong chuyến thăm Doha, Mỹ và Qatar đã ký …": those behind the comma do something.
      if beginsClause(at: place + 1) { return nil }
      switch kind {
      case .session, .congress, .election:
        // "Kỳ họp thứ 3, Quốc hội khóa XIV", but not "Tại kỳ họp thứ 40, Ủy ban Kiểm tra kết luận".
        let isBody =
          around.name(at: place + 1).map {
            $0.kind == .organization && !isSubject($0.tokens.upperBound)
          } ?? false
        let isTerm = around.time(at: place + 1).map { !$0.expression.isCalendarDay } ?? false
        return hasTail && (isBody || isTerm) ? place + 1 : nil
      default: return hasTail && goesOn(after: place) ? place + 1 : nil
      }
    case PunctuationKey.semicolon:
      // Behind a semicolon an item of a list goes on, but a verb begins another clause.
      let isClause = words.actions.longest(in: tokens, at: place + 1, before: end) != nil
      let isOthers =
        around.name(at: place + 1).map {
          $0.kind == .organization && isSubject($0.tokens.upperBound)
        } ?? false
      // "lễ rước kiệu; ngày 12 tháng Giêng tổ chức …": the next of a programme.
      let isDated = around.time(at: place + 1) != nil
      return hasTail && !isClause && !isOthers && !isDated && !startsAnotherEvent(at: place + 1)
        && goesOn(after: place)
        ? place + 1 : nil
    case PunctuationKey.dash, PunctuationKey.slash:
      guard place + 1 < limit, place > 0 else { return nil }
      if kind == .ceremony, let office = newOffice(behindOfficesAt: place + 1) { return office }
      let next = tokens[place + 1]
      let isJoined = !token.spaceBefore && !next.spaceBefore
      let isPair = next.shape == .lower && tokens[place - 1].shape == .lower
      let isSpan = next.kind == .number && tokens[place - 1].kind == .number
      let isNames =
        around.name(at: place + 1)?.kind == .location && tokens[place - 1].isCapitalized
      let isCode = tokens[place - 1].kind == .number && next.shape == .upper
      return isJoined || isPair || isSpan || isNames || isCode || areFields(around: place)
        ? place + 1 : nil
    case PunctuationKey.openingParenthesis:
      let range = (place + 1)..<min(limit, place + Self.longestParenthesis)
      guard let close = range.first(where: { tokens[$0].key == PunctuationKey.closingParenthesis }),
        !around.names(in: place..<close).contains(where: { $0.kind == .person }),
        words.stops.longest(in: tokens, at: place + 1, before: close).map({ $0.0 != .opener })
          ?? true
      else { return nil }
      let time = around.time(at: place + 1)
      let isDate = time?.tokens.upperBound == close && time?.expression.isCalendarDay == true
      return isDate && close - place < Self.longestBracketedDay ? nil : close + 1
    case PunctuationKey.openingQuote, PunctuationKey.straightQuote:
      // "có mặt tại hội thảo "phàn nàn" nhiều": a name begins with a capital.
      if !hasTail, place + 1 < end, tokens[place + 1].shape == .lower { return nil }
      let range = (place + 1)..<max(place + 1, min(end, place + Self.longestQuotation))
      return range.first {
        tokens[$0].key == PunctuationKey.closingQuote
          || tokens[$0].key == PunctuationKey.straightQuote
      }.map { $0 + 1 }
    case PunctuationKey.fullStop:
      if place > 0, place + 1 < limit, tokens[place - 1].kind == .number,
        tokens[place + 1].kind == .number, !tokens[place + 1].spaceBefore
      {
        return place + 1
      }
      // An abbreviation's.
      guard place + 1 < limit, place > 0, tokens[place - 1].isCapitalized,
        around.scan.string(place - 1..<place).first?.isLetter == true
      else { return nil }
      // A longer word that is glued to the next ends a sentence (`Canada.Năm nay`).
      let isShort = tokens[place - 1].end - tokens[place - 1].start <= 3
      let isGlued = !tokens[place + 1].spaceBefore && tokens[place - 1].shape == .upper
      return isGlued || isShort ? place + 1 : nil
    default: return nil
    }
  }

  /// `trao quyết định … đồng chí A - Thành ủy viên, Chánh Văn phòng làm Bí thư Quận ủy …`: where what he
  /// becomes is told, behind nothing but the offices that he has had.
  private func newOffice(behindOfficesAt first: Int) -> Int? {
    guard around.endsName(at: first - 1, [.person]) else { return nil }
    var place = first
    while place < end {
      if let name = around.name(at: place), name.kind == .title || name.kind == .organization {
        place = name.tokens.upperBound
      } else if tokens[place].key == PunctuationKey.comma || tokens[place].key == words.and {
        place += 1
      } else {
        return words.appointments.longest(in: tokens, at: place, before: end) != nil ? place : nil
      }
    }
    return nil
  }

  /// `Kinh tế - Thương mại`, `Khoa học - Công nghệ`: of two syllables each, the first with a capital.
  private func areFields(around dash: Int) -> Bool {
    guard dash > 1, dash + 2 < end, around.name(at: dash + 1) == nil else { return false }
    return [dash - 2, dash + 1].allSatisfy {
      tokens[$0].shape == .capitalized && tokens[$0 + 1].shape == .lower
    }
  }

  /// Names, joined or not, that a word for what has been done follows.
  private func beginsClause(at place: Int) -> Bool {
    var place = place
    while let name = around.name(at: place) {
      place = name.tokens.upperBound
      guard place < end,
        tokens[place].key == words.and || tokens[place].key == PunctuationKey.comma
      else { break }
      place += 1
    }
    return place < end && tokens[place].key == words.perfective
  }

  /// Whether the body that ends at `place` does something: a small letter follows, or a mark of time.
  private func isSubject(_ place: Int) -> Bool {
    guard place < end, tokens[place].kind == .word else { return false }
    return tokens[place].shape == .lower && around.time(at: place) == nil
      && tokens[place].key != words.of && tokens[place].key != words.term
  }

  /// In tokens.
  private static let longestParenthesis = 14
  private static let longestBracketedDay = 10
  private static let longestQuotation = 80
}
