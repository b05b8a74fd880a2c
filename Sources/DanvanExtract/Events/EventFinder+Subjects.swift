import DanvanModel
import DanvanText

/// Whose act a verb tells: the subject of its clause, before it or behind it.
extension EventFinder {
  /// The number of the name that does what the verb at `place` says: only adverbs, brackets and times
  /// may stand between (`Chủ tịch Quốc hội A chiều 7/4 gặp mặt …`).
  func subject(before place: Int, in sentence: Sentence) -> Int? {
    var end = place
    let start = sentence.tokens.lowerBound
    walk: while end > start {
      // "Phó Chủ nhiệm Tổng cục A đã …": the office rather than its body.
      let ending = around.numbers(endingAt: end)
      if let number = ending.last(where: { around.names[$0].kind == .title })
        ?? ending.last(where: {
          around.names[$0].kind != .location || end < place
            || beginsClause(around.names[$0].tokens.lowerBound, from: start)
        })
      {
        return number
      }
      // "đồng chí A, làm việc với …"
      if tokens[end - 1].key == PunctuationKey.comma,
        let number = around.numbers(endingAt: end - 1).last(where: {
          around.names[$0].kind == .person || around.names[$0].kind == .title
        })
      {
        return number
      }
      // "ông A - chủ tịch B - đã thăm …"
      if tokens[end - 1].key == PunctuationKey.dash,
        let number = around.numbers(endingAt: end - 1).last(where: {
          around.names[$0].kind == .person || around.names[$0].kind == .title
        })
      {
        return number
      }
      if let opening = openingOfApposition(endingAt: end, from: start) {
        end = opening
        continue
      }
      if let opening = openingOfBracket(endingAt: end, from: start) {
        end = opening
        continue
      }
      if let time = around.time(endingAt: end), time.expression.isCalendarDay,
        time.tokens.lowerBound > start
      {
        end = time.tokens.lowerBound
        continue
      }
      if let person = pronoun(endingAt: end, from: start) { return person }
      for length in 1...4 where end - length >= start {
        if words.adverbs.longest(in: tokens, at: end - length, before: end)?.end == end {
          end -= length
          continue walk
        }
      }
      return nil
    }
    return nil
  }

  /// `Sáng 12/6, huyện Tân Lập khởi công …`: a place that nothing puts an act in.
  private func beginsClause(_ place: Int, from start: Int) -> Bool {
    place > start && tokens[place - 1].key == PunctuationKey.comma
  }

  /// The dash before an apposition between two of them (`Công ty A - nhà phân phối … - đã …`).
  private func openingOfApposition(endingAt end: Int, from start: Int) -> Int? {
    guard tokens[end - 1].key == PunctuationKey.dash, tokens[end - 1].spaceBefore else {
      return nil
    }
    return (max(start, end - 1 - Self.longestApposition)..<end - 1).last {
      tokens[$0].key == PunctuationKey.dash && tokens[$0].spaceBefore
        || tokens[$0].key == PunctuationKey.semicolon
    }
    .flatMap { tokens[$0].key == PunctuationKey.dash ? $0 : nil }
  }

  private func openingOfBracket(endingAt end: Int, from start: Int) -> Int? {
    guard tokens[end - 1].key == PunctuationKey.closingParenthesis else { return nil }
    return (start..<end).last { tokens[$0].key == PunctuationKey.openingParenthesis }
  }

  /// `Ông đã gặp …`, `Trong ngày, ông …`: the person named last, where the pronoun begins its clause.
  private func pronoun(endingAt end: Int, from start: Int) -> Int? {
    for length in 1...3 where end - length >= start {
      guard words.pronouns.longest(in: tokens, at: end - length, before: end)?.end == end else {
        continue
      }
      let isFirst = end - length == start || tokens[end - length - 1].kind == .punctuation
      return isFirst ? around.person(before: end - length) : nil
    }
    return nil
  }

  /// `ông A cùng lãnh đạo Sở B thăm …`, `ông A dẫn đầu đoàn công tác của Bộ B làm việc với …`: who is
  /// named first, where a body or nobody stands right before the verb.
  func leader(of subject: Int?, before place: Int, in sentence: Sentence) -> Int? {
    var place = place
    if let subject {
      let name = around.names[subject]
      guard name.kind == .organization || name.kind == .location else { return nil }
      place = name.tokens.lowerBound
    }
    place = beforeAdverbs(place, from: sentence.tokens.lowerBound)
    let start = max(sentence.tokens.lowerBound, place - Self.longestCompany)
    for joint in (start..<place).reversed() {
      if let name = around.name(covering: joint) {
        if name.kind == .person { return nil }
      } else if tokens[joint].kind == .punctuation && tokens[joint].key != PunctuationKey.comma
        || tokens[joint].key == words.perfective || isAct(at: joint, before: place)
      {
        return nil
      }
      guard let (_, after) = words.company.longest(in: tokens, at: joint, before: place) else {
        continue
      }
      let isGroup = subject != nil || after < place
      guard isGroup, let leader = self.subject(before: joint, in: sentence) else { continue }
      switch around.names[leader].kind {
      case .person, .title: return leader
      default: continue
      }
    }
    return nil
  }

  /// `… Phó Chủ tịch A khi thị sát hiện trường`: who is named last before it.
  func told(before place: Int, in sentence: Sentence) -> Int? {
    let start = sentence.tokens.lowerBound
    let end = beforeAdverbs(place, from: start)
    let isDuring = (1...3).contains { length in
      end - length > start
        && words.during.longest(in: tokens, at: end - length, before: end)?.end == end
    }
    guard isDuring else { return nil }
    for token in (max(start, end - Self.longestTelling)..<end).reversed() {
      guard let number = around.number(at: token) else { continue }
      if around.names[number].kind == .person || around.names[number].kind == .title {
        return number
      }
    }
    return nil
  }

  private func isAct(at place: Int, before end: Int) -> Bool {
    words.verbs.longest(in: tokens, at: place, before: end).map { $0.0.kind != nil } == true
      || words.companions.longest(in: tokens, at: place, before: end) != nil
  }

  /// Where the adverbs right before `place` begin.
  func beforeAdverbs(_ place: Int, from start: Int) -> Int {
    (1...4).last { length in
      place - length >= start
        && words.adverbs.longest(in: tokens, at: place - length, before: place)?.end == place
    }.map { place - $0 } ?? place
  }

  /// The body right before the word that says that it holds what is named at `place`.
  func organizer(before place: Int, in sentence: Sentence) -> String? {
    let start = sentence.tokens.lowerBound
    let verb = (1...Self.longestHolding).lazy.map { place - $0 }.last { first in
      guard first > start,
        case (let cue, place)? = words.cues.longest(in: tokens, at: first, before: place)
      else { return false }
      return cue == .held || cue == .recent || cue == .planned
    }
    guard let verb, let number = subject(before: verb, in: sentence) else { return nil }
    let name = around.names[number]
    switch name.kind {
    case .organization, .location: return name.name ?? around.scan.string(name.tokens)
    default: return nil
    }
  }

  /// At the head of its sentence, or with only a time or an opener before it: `Ngày 7/2, làm việc với
  /// …, ông A …`, `Trước đó, làm việc với …`, `Khi làm việc với …`.
  func isFronted(_ place: Int, in sentence: Sentence) -> Bool {
    let start = sentence.tokens.lowerBound
    var place = place
    walk: while place > start {
      for length in 1...3 where place - length >= start {
        let from = place - length
        if words.adverbs.longest(in: tokens, at: from, before: place)?.end == place
          || words.during.longest(in: tokens, at: from, before: place)?.end == place
        {
          place = from
          continue walk
        }
      }
      break
    }
    if place == start { return true }
    guard tokens[place - 1].key == PunctuationKey.comma else { return false }
    return place - 1 - start <= Self.longestOpener
      || around.times(in: start..<place).contains { $0.tokens.upperBound == place - 1 }
  }

  /// The number of the official or body named behind a fronted act: `…, ngày 25/5, Chủ tịch A …`.
  func laterSubject(after naming: Int, before end: Int) -> Int? {
    let limit = min(end, naming + Self.longestDating)
    guard naming < limit,
      var place = (naming..<limit).first(where: { tokens[$0].key == PunctuationKey.comma })
    else { return nil }
    place += 1
    if let time = around.time(at: place), time.tokens.upperBound < end,
      tokens[time.tokens.upperBound].key == PunctuationKey.comma
    {
      place = time.tokens.upperBound + 1
    }
    if place < end, let (_, after) = words.honorifics.longest(in: tokens, at: place, before: end) {
      place = after
    }
    return around.number(at: place).flatMap { around.names[$0].kind != .location ? $0 : nil }
  }

  /// In tokens.
  private static let longestCompany = 24
  private static let longestOpener = 3
  private static let longestDating = 14
  private static let longestTelling = 48
  private static let longestApposition = 16
  private static let longestHolding = 4
}
