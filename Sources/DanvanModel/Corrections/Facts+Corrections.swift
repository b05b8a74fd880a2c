extension Facts {
  /// The facts as people have corrected them: a pure function of what the rules find in `text` and of the
  /// corrections, the oldest first.
  public func corrected(by corrections: [Correction], in text: String) -> Facts {
    if corrections.isEmpty { return self }
    let bytes = Array(text.utf8)
    var work = CorrectedFacts(self)
    for correction in corrections { work.apply(correction, in: bytes) }
    work.carryOn(from: self, in: bytes)
    return work.facts
  }

  /// How a correction stands to these facts, which are corrected by it and others.
  public func state(of correction: Correction, in text: String) -> Correction.State {
    guard let (wrong, right, likeness) = correction.facts(in: Array(text.utf8)) else {
      return .stale
    }
    guard let right else {
      guard let wrong else { return .stale }
      if correctable.contains(where: { $0.says(wrong) }) { return .idle }
      let isOther = correctable.contains { $0.isLike(wrong) && $0.claim != wrong.claim }
      return likeness < 1 && isOther ? .stale : .applied
    }
    guard let standing = correctable.first(where: { $0.says(right) }) else {
      return likeness < 1 ? .stale : .idle
    }
    return standing.evidence.rule == Correction.rule ? .applied : .agreed
  }
}

/// Facts while corrections are laid over them.
private struct CorrectedFacts {
  private(set) var facts: Facts
  /// Of persons whose mentions were corrected: the name that was wrong, and the right one, if any.
  private var renamed: [(from: String, to: String?)] = []
  private var touched: [TextRange] = []

  init(_ facts: Facts) { self.facts = facts }

  /// A correction whose place is not in the text changes nothing. Where the words around the place are
  /// others by now, it holds only against what it was made against: in another sentence what is found may
  /// well be right.
  mutating func apply(_ correction: Correction, in text: [UInt8]) {
    guard let (wrong, right, likeness) = correction.facts(in: text) else { return }
    let standing = wrong.flatMap(nowStanding)
    if likeness < 1 {
      if let wrong {
        guard let standing, standing.claim == wrong.claim else { return }
      } else if likeness < 0.5 {
        return
      }
    }
    // What the rules find as it should be stays theirs.
    if let right, let same = facts.correctable.first(where: { $0.says(right) }) {
      if let standing, standing != same { take(standing, for: right) }
      return
    }
    if let standing { take(standing, for: right) }
    guard let right else { return }
    for other in facts.correctable where right.displaces(other) { take(other, for: right) }
    facts.insert(right)
    touched.append(right.range)
  }

  /// The fact that `wrong` was, as it is found now: of several that it may be, the likeliest.
  private func nowStanding(_ wrong: Fact) -> Fact? {
    facts.correctable.filter { $0.isLike(wrong) }
      .max { $0.likeness(to: wrong) < $1.likeness(to: wrong) }
  }

  private mutating func take(_ fact: Fact, for right: Fact?) {
    facts.remove(fact)
    touched.append(fact.range)
    if case .mention(let mention) = fact, mention.kind == .person {
      var name: String?
      if case .mention(let other)? = right, other.kind == .person {
        name = other.name ?? other.text
      }
      renamed.append((mention.name ?? mention.text, name))
    }
  }

  /// Lets what follows from corrected mentions follow: who is meant elsewhere in the article, and who holds
  /// which post.
  mutating func carryOn(from found: Facts, in text: [UInt8]) {
    for (from, to) in renamed where from != to && !isNamed(from) { rename(from, to) }
    facts.positions = Positions(of: facts, found: found, touched: touched, text: text).all
  }

  private func isNamed(_ name: String) -> Bool {
    facts.mentions.contains { $0.kind == .person && ($0.name ?? $0.text) == name }
  }

  /// A name that no mention bears any more is that of nobody; where one has taken its place, of that one.
  /// What a person has said himself stays.
  private mutating func rename(_ from: String, _ to: String?) {
    func isFound(_ evidence: Evidence) -> Bool { evidence.rule != Correction.rule }
    func swapped(_ names: [String]) -> [String] {
      names.compactMap { $0 == from ? to : $0 }
    }
    for place in facts.mentions.indices
    where facts.mentions[place].holder == from && isFound(facts.mentions[place].evidence) {
      facts.mentions[place].holder = to
      touched.append(facts.mentions[place].range)
    }
    for place in facts.events.indices where isFound(facts.events[place].evidence) {
      facts.events[place].chairs = swapped(facts.events[place].chairs)
      facts.events[place].attendees = swapped(facts.events[place].attendees)
    }
    guard let to else { return }
    for place in facts.statements.indices
    where facts.statements[place].speaker == from && isFound(facts.statements[place].evidence) {
      facts.statements[place].speaker = to
    }
    for place in facts.directives.indices where isFound(facts.directives[place].evidence) {
      if facts.directives[place].issuer == from { facts.directives[place].issuer = to }
      if facts.directives[place].addressee == from { facts.directives[place].addressee = to }
    }
  }
}

/// Who holds which post, after titles, holders and bodies were corrected.
private struct Positions {
  let all: [Position]

  init(of facts: Facts, found: Facts, touched: [TextRange], text: [UInt8]) {
    let known = Dictionary(found.positions.map { ($0.range, $0) }) { first, _ in first }
    var seen: Set<[String]> = []
    var lost: Set<[String]> = []
    func key(_ position: Position) -> [String] {
      [position.person, position.role.lowercased(), position.body?.lowercased() ?? ""]
    }
    let titles = facts.mentions.filter { $0.kind == .title && $0.holder != nil }
    func isAsFound(_ title: Mention) -> Bool {
      !touched.contains { $0.overlaps(title.range) } && known[title.range]?.person == title.holder
    }
    let standing = Set(titles.filter(isAsFound).map(\.range))
    for position in found.positions where !standing.contains(position.range) {
      lost.insert(key(position))
    }
    all = titles.compactMap { title in
      let isTouched = touched.contains { $0.overlaps(title.range) }
      guard
        let position = standing.contains(title.range)
          ? known[title.range] : Self.position(title, facts, text),
        standing.contains(title.range) || isTouched || lost.contains(key(position)),
        seen.insert(key(position)).inserted
      else { return nil }
      return position
    }
  }

  private static func position(_ title: Mention, _ facts: Facts, _ text: [UInt8]) -> Position? {
    guard let holder = title.holder else { return nil }
    let (role, body) = facts.office(of: title, in: text)
    return Position(
      title.range, person: holder, role: role, body: body.map { $0.name ?? $0.text },
      evidence: title.evidence)
  }
}

extension Correction {
  /// Both facts where they belong in a text; nil where it has no place there.
  fileprivate func facts(in text: [UInt8]) -> (wrong: Fact?, right: Fact?, likeness: Double)? {
    guard let (place, likeness) = anchor.find(in: text) else { return nil }
    let step = place.start - anchor.range.start
    func placed(_ fact: Fact, _ evidence: Evidence) -> Fact {
      let range = TextRange(fact.range.start + step, fact.range.end + step)
      return fact.placed(at: range, words: fact.words, by: evidence)
    }
    let evidence = Evidence(rule: Self.rule, confidence: 1, by: who)
    return (
      wrong.map { placed($0, $0.evidence) }, right.map { placed($0, evidence) }, likeness
    )
  }
}

extension Fact {
  /// Whether it may be what `other` was, found by other rules: names at the same bytes, longer facts at half
  /// of their bytes or more.
  fileprivate func isLike(_ other: Fact) -> Bool {
    guard kind == other.kind else { return false }
    switch self {
    case .mention, .instrument, .campaign: return range == other.range
    case .event, .statement, .directive: return overlap(other) >= 0.5
    }
  }

  /// What it says of its words: who is meant, or what day.
  fileprivate var claim: String? {
    switch self {
    case .mention(let fact): fact.holder ?? fact.name ?? fact.value
    case .event, .statement, .directive, .instrument, .campaign: agent
    }
  }

  fileprivate func likeness(to other: Fact) -> Double {
    overlap(other) + (self == other ? 4 : 0) + (agent == other.agent ? 2 : 0)
  }

  /// The bytes that both have, of those that one of them has.
  private func overlap(_ other: Fact) -> Double {
    let shared = min(range.end, other.range.end) - max(range.start, other.range.start)
    guard shared > 0 else { return 0 }
    let all = max(range.end, other.range.end) - min(range.start, other.range.start)
    return Double(shared) / Double(all)
  }

  /// Whether it says the same of the same bytes, by whatever rule.
  public func says(_ other: Fact) -> Bool {
    range == other.range
      && placed(at: range, words: other.words, by: other.evidence).withoutBasis
        == other.withoutBasis
  }

  private var withoutBasis: Fact {
    guard case .mention(var mention) = self else { return self }
    mention.basis = nil
    return .mention(mention)
  }

  /// Whether a person's word leaves no room for that finding: one stretch of text is one name, and names of
  /// one kind do not cross.
  fileprivate func displaces(_ other: Fact) -> Bool {
    guard other.evidence.rule != Correction.rule, isName, other.isName else { return false }
    return range == other.range || kind == other.kind && range.overlaps(other.range)
  }

  private var isName: Bool { if case .mention = self { true } else { false } }
}
