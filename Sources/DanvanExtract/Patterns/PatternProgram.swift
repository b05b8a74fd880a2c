import DanvanModel
import DanvanText

/// A pattern compiled to steps for the matcher. A class only so that holding one is cheap.
final class PatternProgram: Sendable {
  enum Step: Sendable {
    case token(UInt64, Token.Shape)
    case atom(TokenClass, Int)
    case lexicon(Int, Int)
    case split(Int, Int)
    case jump(Int)
    case tight
    case sentenceStart
    case spanStart
    case spanEnd
    case accept
  }
  let steps: [Step]
  let slots: [String]
  let lexicons: [Lexicon]
  /// Keys that a match may begin with, beside numbers and words in capitals.
  let firstKeys: Set<UInt64>
  let beginsWithNumber: Bool
  let beginsWithCapitals: Bool

  /// Throws `DanvanError` for an unknown lexicon, and for a pattern whose first token could be anything.
  init(_ pattern: Pattern, rules: RuleSet) throws {
    var compiler = PatternCompiler()
    try compiler.compile(pattern, rules)
    steps = compiler.steps
    slots = compiler.slots
    lexicons = compiler.lexicons
    firstKeys = compiler.firstKeys
    beginsWithNumber = compiler.beginsWithNumber
    beginsWithCapitals = compiler.beginsWithCapitals
  }
}

private struct PatternCompiler {
  var steps: [PatternProgram.Step] = []
  var slots: [String] = []
  var lexicons: [Lexicon] = []
  var firstKeys: Set<UInt64> = []
  var beginsWithNumber = false
  var beginsWithCapitals = false

  mutating func compile(_ pattern: Pattern, _ rules: RuleSet) throws {
    try emit(pattern, rules)
    steps.append(.accept)
    var seen: Set<Int> = []
    try collectFirst(from: 0, &seen)
  }

  private mutating func emit(_ pattern: Pattern, _ rules: RuleSet) throws {
    switch pattern {
    case .token(let key, let shape): steps.append(.token(key, shape))
    case .atom(let kind, let name): steps.append(.atom(kind, slot(name)))
    case .lexicon(let lexicon, let name):
      lexicons.append(try rules.lexicon(lexicon))
      steps.append(.lexicon(lexicons.count - 1, slot(name)))
    case .sequence(let parts): for part in parts { try emit(part, rules) }
    case .optional(let inner):
      let split = steps.count
      steps.append(.jump(0))
      try emit(inner, rules)
      steps[split] = .split(split + 1, steps.count)
    case .choice(let choices): try emit(choices[...], rules)
    case .tight: steps.append(.tight)
    case .sentenceStart: steps.append(.sentenceStart)
    case .spanStart: steps.append(.spanStart)
    case .spanEnd: steps.append(.spanEnd)
    }
  }

  private mutating func emit(_ choices: ArraySlice<Pattern>, _ rules: RuleSet) throws {
    guard let first = choices.first else { return }
    guard choices.count > 1 else { return try emit(first, rules) }
    let split = steps.count
    steps.append(.jump(0))
    try emit(first, rules)
    let jump = steps.count
    steps.append(.jump(0))
    steps[split] = .split(split + 1, steps.count)
    try emit(choices.dropFirst(), rules)
    steps[jump] = .jump(steps.count)
  }

  private mutating func slot(_ name: String) -> Int {
    if let known = slots.firstIndex(of: name) { return known }
    slots.append(name)
    return slots.count - 1
  }

  private mutating func collectFirst(from place: Int, _ seen: inout Set<Int>) throws {
    guard seen.insert(place).inserted else { return }
    switch steps[place] {
    case .token(let key, _): firstKeys.insert(key)
    case .lexicon(let number, _): firstKeys.formUnion(lexicons[number].firstKeys)
    case .atom(let kind, _):
      switch kind {
      case .capital, .capitals, .roman: beginsWithCapitals = true
      case .sep: throw DanvanError.invalid("a pattern cannot begin with `{sep}`")
      default: beginsWithNumber = true
      }
    case .split(let a, let b):
      try collectFirst(from: a, &seen)
      try collectFirst(from: b, &seen)
    case .jump(let a): try collectFirst(from: a, &seen)
    case .tight, .sentenceStart, .spanStart, .spanEnd: try collectFirst(from: place + 1, &seen)
    case .accept: throw DanvanError.invalid("the pattern can match nothing at all")
    }
  }
}
