import DanvanModel
import DanvanText

/// Somebody who may speak or order, as one place of a sentence names them.
struct SpeechAgent: Sendable {
  enum Kind: Sendable {
    case person
    /// A title, whose holder the article may not tell.
    case title
    case body
    case place
    /// Plural or generic: `hai bên`, `lãnh đạo tỉnh`.
    case group
    /// `ông`, `người đứng đầu Thành ủy`: somebody named before.
    case reference
  }
  var kind: Kind
  /// From the first title or form of address to the last title after the name.
  var tokens: Range<Int>
  /// A person's full name, else the title, body or group as written.
  var name: String
  var isPerson: Bool { kind == .person || kind == .reference || (kind == .title && isHeld) }
  /// TITLE: whether the article tells who holds it.
  var isHeld = false
  var gender = SpeechWords.Gender.any
}

/// Finds the agents of a sentence: titles and names that belong together become one.
struct SpeechAgentFinder {
  let words: SpeechWords
  let scan: Scan
  /// Outermost names, in order.
  let names: [NameMention]

  private var tokens: Tokens { scan.tokens }

  init(words: SpeechWords, scan: Scan, names: [NameMention]) {
    self.words = words
    self.scan = scan
    var outermost: [NameMention] = []
    let sorted = names.sorted {
      ($0.tokens.lowerBound, -$0.tokens.upperBound) < ($1.tokens.lowerBound, -$1.tokens.upperBound)
    }
    for name in sorted where name.tokens.lowerBound >= (outermost.last?.tokens.upperBound ?? 0) {
      outermost.append(name)
    }
    self.names = outermost
  }

  /// The agents among the names of that index range, which lie in one sentence.
  func agents(_ indices: Range<Int>, in sentence: Range<Int>) -> [SpeechAgent] {
    var found: [SpeechAgent] = []
    var index = indices.lowerBound
    while index < indices.upperBound {
      let (agent, next) = agent(at: index, before: indices.upperBound, in: sentence)
      found.append(agent)
      index = next
    }
    return found
  }

  /// Reads titles, a name, and titles after it, from the name at `index` on.
  private func agent(at first: Int, before limit: Int, in sentence: Range<Int>)
    -> (SpeechAgent, next: Int)
  {
    let head = names[first]
    switch head.kind {
    case .person: return person(at: first, from: first, before: limit, in: sentence)
    case .title:
      var last = first
      while last + 1 < limit, names[last + 1].kind == .title, isList(last, last + 1),
        // A title that a name follows at once belongs to that name; so does the list before it.
        head.holder == nil || names[last + 1].holder == nil
          || head.holder == names[last + 1].holder
      {
        last += 1
      }
      if last + 1 < limit, names[last + 1].kind == .person, joins(last, last + 1) {
        return person(at: last + 1, from: first, before: limit, in: sentence)
      }
      let holder = names[first...last].lazy.compactMap(\.holder).first
      let range = start(of: head, in: sentence)..<names[last].tokens.upperBound
      let agent = SpeechAgent(
        kind: .title, tokens: range, name: holder ?? scan.string(head.tokens),
        isHeld: holder != nil)
      return (agent, last + 1)
    default:
      let kind = head.kind == .organization ? SpeechAgent.Kind.body : .place
      let agent = SpeechAgent(kind: kind, tokens: head.tokens, name: scan.string(head.tokens))
      return (agent, first + 1)
    }
  }

  private func person(at index: Int, from first: Int, before limit: Int, in sentence: Range<Int>)
    -> (SpeechAgent, next: Int)
  {
    var last = index
    while last + 1 < limit, names[last + 1].kind == .title, isAppositive(last, last + 1),
      !(last + 2 < limit && names[last + 2].kind == .person && touches(last + 1, last + 2))
    {
      last += 1
    }
    let name = names[index].name ?? scan.string(names[index].tokens)
    let begin = start(of: names[first], in: sentence)
    var agent = SpeechAgent(
      kind: .person, tokens: begin..<names[last].tokens.upperBound, name: name)
    agent.gender = gender(before: names[index].tokens.lowerBound, in: sentence)
    return (agent, last + 1)
  }

  /// The name's start, or that of the form of address right before it.
  private func start(of name: NameMention, in sentence: Range<Int>) -> Int {
    let start = name.tokens.lowerBound
    for length in [2, 1] where start - length >= sentence.lowerBound {
      if let match = words.honorifics.longest(in: tokens, at: start - length, before: start),
        match.end == start
      {
        return start - length
      }
    }
    return start
  }

  private func gender(before start: Int, in sentence: Range<Int>) -> SpeechWords.Gender {
    guard start > sentence.lowerBound,
      let (gender, _) = words.pronouns.longest(in: tokens, at: start - 1, before: start)
    else { return .any }
    return gender
  }

  private func gap(_ left: Int, _ right: Int) -> Range<Int> {
    let start = names[left].tokens.upperBound
    return start..<max(start, names[right].tokens.lowerBound)
  }

  /// `TITLE, TITLE`, `TITLE - TITLE`, `TITLE kiêm TITLE`.
  private func isList(_ left: Int, _ right: Int) -> Bool {
    let gap = gap(left, right)
    guard let first = gap.first else { return true }
    if gap.count == 1, tokens[first].kind == .punctuation {
      return tokens[first].key == PunctuationKey.comma || tokens[first].key == PunctuationKey.dash
    }
    let particle = words.particles.longest(in: tokens, at: first, before: gap.upperBound)
    return particle?.0 == .title && particle?.end == gap.upperBound
  }

  /// `TITLE PERSON`, `TITLE, ông PERSON`, `TITLE - bà PERSON`.
  private func joins(_ title: Int, _ person: Int) -> Bool {
    var gap = gap(title, person)
    if let first = gap.first, tokens[first].kind == .punctuation {
      guard gap.count > 1,
        tokens[first].key == PunctuationKey.comma || tokens[first].key == PunctuationKey.dash
      else { return false }
      gap = gap.dropFirst()
    }
    guard let first = gap.first else { return true }
    return words.honorifics.longest(in: tokens, at: first, before: gap.upperBound)?.end
      == gap.upperBound
  }

  private func touches(_ title: Int, _ person: Int) -> Bool {
    guard let first = gap(title, person).first else { return true }
    return tokens[first].kind == .word && joins(title, person)
  }

  /// `PERSON, TITLE`, `PERSON - TITLE`, `PERSON (TITLE)`, `PERSON, TITLE kiêm TITLE`.
  private func isAppositive(_ left: Int, _ right: Int) -> Bool {
    let gap = gap(left, right)
    if names[left].kind == .title, isList(left, right) { return true }
    guard gap.count == 1, let first = gap.first else {
      return gap.isEmpty && names[left].kind == .title
    }
    let key = tokens[first].key
    return key == PunctuationKey.comma || key == PunctuationKey.dash
      || key == PunctuationKey.openingParenthesis
  }
}
