import DanvanModel
import DanvanText

/// Who holds each title, as the article tells: by the name beside it, by words of appointment, and
/// for a title alone by the article's own earlier or later use of it. Never a guess.
struct TitleHolders {
  private let grammar: NameGrammar
  private let persons: PersonRegister
  private var holders: [Int: Int] = [:]
  private var linked: Set<Int> = []

  init(_ finds: [NameFind], _ grammar: NameGrammar, _ persons: PersonRegister) {
    self.grammar = grammar
    self.persons = persons
    let chain = finds.filter { $0.kind == .title || $0.kind == .person }
    holdBesideNames(chain)
    holdByAppointment(chain)
    holdByAnchors(chain)
  }

  /// The person who holds the title.
  func holder(of title: NameFind) -> Int? { holders[title.tokens.lowerBound] }

  /// Without the titles that only a name beside them would have made one.
  func keptTitles(of finds: [NameFind]) -> [NameFind] {
    finds.filter {
      $0.kind != .title || !$0.needsHolder || linked.contains($0.tokens.lowerBound)
    }
  }

  /// What stands between two neighbours of a chain.
  private enum Gap { case none, adjacent, comma, dash, bracket, address, far }

  private func gap(_ a: NameFind, _ b: NameFind) -> Gap {
    var index = a.tokens.upperBound
    let end = b.tokens.lowerBound
    if index > end || a.isKeyword || b.isKeyword { return .far }
    if index == end { return .adjacent }
    guard end - index <= 24 else { return .far }
    if let close = bracketEnd(at: index, before: end) {
      // `Cục trưởng Cục X (Bộ Y tế) A`, `A (Hà Nội), T`
      if close == end { return a.kind == .title && b.kind == .person ? .address : .bracket }
      index = close
    }
    var gap = Gap.none
    var others = 0
    while index < end {
      if grammar.isMark(index, PunctuationKey.comma)
        || a.isPlural && grammar.isMark(index, PunctuationKey.colon)
      {
        gap = .comma
      } else if grammar.isMark(index, PunctuationKey.dash) {
        gap = .dash
      } else if grammar.isMark(index, PunctuationKey.openingParenthesis) {
        gap = .bracket
      } else if grammar.isMark(index, PunctuationKey.closingParenthesis) {
        // `(Ảnh: A) Chủ tịch nước`: the name is inside, the title is not.
        if gap != .bracket, a.kind == .person { return .far }
        gap = .bracket
      } else if let found = grammar.grid.longest(.honorific, at: index, before: end) {
        if gap == .none { gap = .address }
        index = found.end
        continue
      } else if isJoining(index) {
        gap = .comma
      } else if let found = grammar.grid.longest(.biography, at: index, before: end) {
        index = found.end
        continue
      } else if grammar.isNumber(index) || grammar.isMark(index, PunctuationKey.slash)
        || grammar.isMark(index, PunctuationKey.fullStop) && grammar.isJoined(index + 1)
        || grammar.isUpper(index) && grammar.isMark(index - 1, PunctuationKey.openingParenthesis)
      {
        others += 1
      } else {
        return .far
      }
      index += 1
    }
    return gap == .none ? .far : gap
  }

  /// The token after a whole bracket of a few words.
  private func bracketEnd(at index: Int, before end: Int) -> Int? {
    guard grammar.isMark(index, PunctuationKey.openingParenthesis) else { return nil }
    return (index..<min(index + 12, end)).first {
      grammar.isMark($0, PunctuationKey.closingParenthesis)
    }.map { $0 + 1 }
  }

  private func isJoining(_ index: Int) -> Bool {
    grammar.isJoiningWord(index) || grammar.key(index) == grammar.words.concurrently
  }

  /// How many titles and names of one sentence are looked back or on: more than any sentence has.
  private static let reach = 64
  private mutating func hold(_ title: NameFind, _ person: NameFind) {
    guard holders[title.tokens.lowerBound] == nil,
      let number = persons.person(at: person.tokens)
    else { return }
    holders[title.tokens.lowerBound] = number
    linked.insert(title.tokens.lowerBound)
  }

  /// `T1, T2 A`; `A, T1, T2`; `ông A - T`; `A (T)`.
  private mutating func holdBesideNames(_ chain: [NameFind]) {
    var gaps = [Gap](repeating: .far, count: chain.count + 1)
    for index in chain.indices.dropFirst() {
      gaps[index] = gap(chain[index - 1], chain[index])
    }
    // Titles with a name right after them, which settle doubtful ones.
    var strong: [[UInt64]: Set<Int>] = [:]
    for index in chain.indices.dropLast()
    where chain[index].kind == .title && chain[index + 1].kind == .person
      && gaps[index + 1] == .adjacent
    {
      if let person = persons.person(at: chain[index + 1].tokens) {
        strong[keys(chain[index].tokens), default: []].insert(person)
      }
    }
    for index in chain.indices where chain[index].kind == .title {
      let next = index + 1
      if next < chain.count, chain[next].kind == .person,
        gaps[next] == .adjacent || gaps[next] == .address
      {
        hold(chain[index], chain[next])
        continue
      }
      if !chain[index].isPlural, let before = personBefore(index, chain, gaps) {
        hold(chain[index], chain[before])
        continue
      }
      var probe = next
      while probe < chain.count, gaps[probe] != .far, chain[probe].kind == .title { probe += 1 }
      if probe < chain.count, isHeldElsewhere(chain[index], by: chain[probe], strong) {
        continue
      }
      if probe < chain.count, gaps[probe] != .far, gaps[probe] != .bracket,
        probe > next || gaps[probe] == .adjacent || gaps[probe] == .comma || gaps[probe] == .dash
      {
        hold(chain[index], chain[probe])
      }
    }
  }

  /// In `ý kiến của T1, T2 B` the first title may be another's: it is where the article writes it
  /// right before other names only.
  private func isHeldElsewhere(
    _ title: NameFind, by person: NameFind, _ strong: [[UInt64]: Set<Int>]
  ) -> Bool {
    guard let holders = strong[keys(title.tokens)],
      let number = persons.person(at: person.tokens)
    else { return false }
    return !holders.contains(number)
  }

  private func keys(_ range: Range<Int>) -> [UInt64] {
    range.map { grammar.scan.tokens[$0].key }
  }

  private func personBefore(_ index: Int, _ chain: [NameFind], _ gaps: [Gap]) -> Int? {
    var probe = index
    while probe > 0, gaps[probe] != .far {
      probe -= 1
      if chain[probe].kind == .person {
        // The name belongs to it, unless a title of its own was adjacent and this begins another.
        return gaps[probe + 1] == .adjacent || gaps[probe + 1] == .none ? nil : probe
      }
    }
    return nil
  }

  /// `bầu ông A làm T`, `A giữ chức T`, `khi còn là T, ông A`: the person named last before in the
  /// sentence, one with a form of address rather than one with a title; else the first after; else
  /// the last of the sentence before.
  private mutating func holdByAppointment(_ chain: [NameFind]) {
    for (index, title) in chain.enumerated()
    where title.kind == .title && holders[title.tokens.lowerBound] == nil {
      let place = title.tokens.lowerBound
      let isListed =
        index > 0 && chain[index - 1].kind == .title
        && chain[index - 1].sentence == title.sentence
        && holders[chain[index - 1].tokens.lowerBound] != nil
        && isListMark(between: chain[index - 1].tokens.upperBound, place)
      if isListed, let holder = holders[chain[index - 1].tokens.lowerBound] {
        holders[place] = holder
        linked.insert(place)
        continue
      }
      guard
        grammar.start(of: .appointment, endingAt: place) != nil
          || title.needsHolder && title.rule == .rank && title.role != title.tokens
      else { continue }
      let before = chain[..<index].suffix(Self.reach).reversed().prefix {
        $0.sentence == title.sentence
      }
      .filter { $0.kind == .person }
      let after = chain[index...].prefix(Self.reach).prefix { $0.sentence == title.sentence }
        .first { $0.kind == .person }
      // `ông từng là T`: the last person of the sentence before, where a pronoun stands for one.
      let earlier = chain[..<index].suffix(Self.reach).reversed().prefix {
        $0.sentence + 1 >= title.sentence
      }
      .first { $0.kind == .person && $0.sentence + 1 == title.sentence }
      let start = grammar.scan.sentences[title.sentence].tokens.lowerBound
      let hasPronoun = (min(place, max(start, place - 200))..<place).contains {
        grammar.grid.has(.honorific, at: $0) && !grammar.isCapital($0 + 1)
      }
      if let person = before.first(where: { $0.rule != .titled }) ?? before.first ?? after
        ?? (hasPronoun ? earlier : nil)
      {
        hold(title, person)
      }
    }
  }

  /// A comma or semicolon and at most a joining word or term between two titles of one list.
  private func isListMark(between start: Int, _ end: Int) -> Bool {
    guard start < end, end - start <= 12 else { return false }
    var hasMark = false
    for index in start..<end {
      if grammar.isMark(index, PunctuationKey.comma)
        || grammar.isMark(index, PunctuationKey.semicolon) || isJoining(index)
      {
        hasMark = true
      } else if grammar.isCapital(index), !grammar.isRoman(index) {
        return false
      }
    }
    return hasMark
      && (grammar.isMark(end - 1, PunctuationKey.semicolon)
        || grammar.isMark(end - 1, PunctuationKey.comma) || isJoining(end - 1))
  }

  /// A title alone: who holds it elsewhere in the article.
  private mutating func holdByAnchors(_ chain: [NameFind]) {
    var anchors = TitleAnchors()
    for title in chain where title.kind == .title {
      guard let holder = holder(of: title) else { continue }
      anchors.add(words(title), at: title.tokens.lowerBound, holder: holder)
    }
    for title in chain where title.kind == .title && holder(of: title) == nil && !title.isPlural {
      let place = title.tokens.lowerBound
      guard let holder = anchors.holder(of: words(title), at: place) else { continue }
      holders[place] = holder
      linked.insert(place)
    }
  }

  private func spelled(_ range: Range<Int>) -> [UInt64] {
    grammar.titleSpelling.keys(grammar.scan.tokens, range)
  }

  private func words(_ title: NameFind) -> TitleAnchors.Words {
    let role = title.role ?? title.tokens
    return TitleAnchors.Words(
      full: spelled(title.tokens), bare: spelled(role.lowerBound..<title.tokens.upperBound),
      role: spelled(role), hasBody: title.body != nil)
  }
}
