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
    if index > end { return .far }
    if index == end { return .adjacent }
    guard end - index <= 6 else { return .far }
    var gap = Gap.none
    while index < end {
      if grammar.isMark(index, PunctuationKey.comma) {
        gap = .comma
      } else if grammar.isMark(index, PunctuationKey.dash) {
        gap = .dash
      } else if grammar.isMark(index, PunctuationKey.openingParenthesis)
        || grammar.isMark(index, PunctuationKey.closingParenthesis)
      {
        gap = .bracket
      } else if let found = grammar.grid.longest(.honorific, at: index, before: end) {
        if gap == .none { gap = .address }
        index = found.end
        continue
      } else if isJoining(index) {
        gap = .comma
      } else {
        return .far
      }
      index += 1
    }
    return gap
  }

  private func isJoining(_ index: Int) -> Bool {
    grammar.isJoiningWord(index) || grammar.key(index) == Self.concurrently
      || grammar.key(index) == Self.also[0] || grammar.key(index) == Self.also[1]
  }

  private static let concurrently = canonicalKey(of: "kiêm".utf8)
  private static let also = ["đồng", "thời"].map { canonicalKey(of: $0.utf8) }

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
    for index in chain.indices where chain[index].kind == .title {
      let next = index + 1
      if next < chain.count, chain[next].kind == .person,
        gaps[next] == .adjacent || gaps[next] == .address
      {
        hold(chain[index], chain[next])
        continue
      }
      if let before = personBefore(index, chain, gaps) {
        hold(chain[index], chain[before])
        continue
      }
      var probe = next
      while probe < chain.count, gaps[probe] != .far, chain[probe].kind == .title { probe += 1 }
      if probe < chain.count, gaps[probe] != .far, gaps[probe] != .bracket,
        probe > next || gaps[probe] == .adjacent || gaps[probe] == .comma || gaps[probe] == .dash
      {
        hold(chain[index], chain[probe])
      }
    }
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

  /// `bầu ông A làm T`, `A giữ chức T`: the person named last before in the sentence.
  private mutating func holdByAppointment(_ chain: [NameFind]) {
    for (index, title) in chain.enumerated()
    where title.kind == .title && holders[title.tokens.lowerBound] == nil {
      let place = title.tokens.lowerBound
      guard grammar.start(of: .appointment, endingAt: place) != nil
      else { continue }
      var probe = index - 1
      while probe >= 0, chain[probe].sentence == title.sentence {
        if chain[probe].kind == .person {
          hold(title, chain[probe])
          break
        }
        probe -= 1
      }
    }
  }

  /// A title alone: the holder of the same title, or of one that begins with it, elsewhere in the
  /// article; the nearest before, else the first after.
  private mutating func holdByAnchors(_ chain: [NameFind]) {
    struct Anchor {
      let keys: [UInt64]
      let place: Int
      let holder: Int
    }
    let anchors = chain.compactMap { title -> Anchor? in
      guard title.kind == .title, let holder = holder(of: title) else { return nil }
      return Anchor(keys: keys(title), place: title.tokens.lowerBound, holder: holder)
    }
    for title in chain where title.kind == .title && holder(of: title) == nil {
      let keys = keys(title)
      let place = title.tokens.lowerBound
      let tests: [(Anchor) -> Bool] = [
        { $0.keys == keys },
        { $0.keys.starts(with: keys) },
        { keys.starts(with: $0.keys) && $0.keys.count >= 2 },
      ]
      for test in tests {
        let fitting = anchors.filter(test)
        if let anchor = fitting.last(where: { $0.place < place }) ?? fitting.first {
          holders[place] = anchor.holder
          linked.insert(place)
          break
        }
      }
    }
  }

  /// The words of a title from its role on: without `nguyên`, `cựu`, `tân`.
  private func keys(_ title: NameFind) -> [UInt64] {
    let start = title.role?.lowerBound ?? title.tokens.lowerBound
    return (start..<title.tokens.upperBound).map { grammar.scan.tokens[$0].key }
  }
}
