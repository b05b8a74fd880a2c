import DanvanModel
import DanvanText

/// What the finder learned of an article, found again wherever it stands bare.
struct KnownNames {
  private let grammar: NameGrammar
  private let covered: [Bool]
  private var trie = PhraseTrie()
  private var kinds: [Mention.Kind] = []
  /// Last syllables of Vietnamese names, which count after a form of address.
  private var shortForms: Set<UInt64> = []

  init(_ finds: [NameFind], _ grammar: NameGrammar, covered: [Bool]) {
    self.grammar = grammar
    self.covered = covered
    for find in finds where !find.isLocal {
      switch find.kind {
      case .person: learn(person: find)
      case .location: learn(place: find)
      case .organization where find.rule == .knownBody: learn(find.tokens, .organization)
      default: break
      }
    }
  }

  /// What was learned first of some words holds.
  private mutating func learn(_ tokens: Range<Int>, _ kind: Mention.Kind) {
    let keys = tokens.map { grammar.scan.tokens[$0].key }
    guard !trie.holds(keys) else { return }
    trie.insert(keys, Int32(kinds.count))
    kinds.append(kind)
  }

  private mutating func learn(person find: NameFind) {
    guard find.tokens.count >= 2 else { return }
    learn(find.tokens, .person)
    if grammar.isSurname(find.tokens.lowerBound), let last = find.tokens.last {
      shortForms.insert(grammar.scan.tokens[last].key)
    }
    // Foreigners are called by their last name alone.
    guard !grammar.isSurname(find.tokens.lowerBound), let last = find.tokens.last,
      grammar.scan.tokens[last].end - grammar.scan.tokens[last].start >= 4,
      find.rule == .titled || find.rule == .addressed, !grammar.isGiven(last),
      grammar.grid.hits(at: last).isEmpty
    else { return }
    learn(last..<(last + 1), .person)
  }

  private mutating func learn(place find: NameFind) {
    guard let name = find.bareName, name.count >= 2, grammar.isCapital(name.lowerBound),
      name.allSatisfy({ grammar.isCapital($0) || grammar.isNumber($0) }),
      grammar.knownPerson(at: name.lowerBound) == nil
    else { return }
    learn(name, .location)
  }

  /// Adds the mentions that stand where nothing was found, and puts all in order.
  func add(to finds: inout [NameFind]) {
    let tokens = grammar.scan.tokens
    if !kinds.isEmpty {
      for (number, sentence) in grammar.scan.sentences.enumerated() {
        var index = sentence.tokens.lowerBound
        while index < sentence.tokens.upperBound {
          if !covered[index], grammar.isProper(index), !grammar.isCapital(index + 1),
            shortForms.contains(tokens[index].key),
            grammar.start(of: .honorific, endingAt: index) != nil
          {
            finds.append(
              NameFind(
                kind: .person, tokens: index..<(index + 1), rule: .knownPerson, sentence: number))
          }
          guard !covered[index], grammar.isCapital(index),
            let (kind, end) = longest(at: index, before: tokens.count),
            accepts(kind, index..<end)
          else {
            index += 1
            continue
          }
          let rule: NameRule =
            switch kind {
            case .person: .knownPerson
            case .location: .knownPlace
            default: .knownBody
            }
          finds.append(
            NameFind(kind: kind, tokens: index..<end, rule: rule, sentence: number))
          index = end
        }
      }
    }
    finds.sort(by: <)
  }

  private func longest(at start: Int, before end: Int) -> (Mention.Kind, Int)? {
    var node = PhraseTrie.root
    var place = start
    var best: (Mention.Kind, Int)?
    while place < end, !covered[place],
      let next = trie.step(from: node, by: grammar.scan.tokens[place].key)
    {
      node = next
      place += 1
      if let value = trie.firstValue(at: node) { best = (kinds[Int(value)], place) }
    }
    return best
  }

  private func accepts(_ kind: Mention.Kind, _ tokens: Range<Int>) -> Bool {
    let first = tokens.lowerBound
    if kind == .organization { return grammar.isUpper(first) && !grammar.isInCode(tokens) }
    guard
      tokens.allSatisfy({ !grammar.isWord($0) || grammar.isCapital($0) || grammar.isJoined($0) })
    else { return false }
    if grammar.start(of: .namesake, endingAt: first) != nil { return false }
    if kind == .location || tokens.count == 1 {
      // A part of a longer run of capitals is a part of another name.
      if !grammar.shouted[first], grammar.isCapital(first - 1), !isSentenceStart(first - 1) {
        return false
      }
      return !grammar.isCapital(tokens.upperBound)
    }
    return true
  }

  private func isSentenceStart(_ index: Int) -> Bool {
    grammar.scan.token(index - 1).map { $0.kind != .word } ?? true
  }
}
