import DanvanText

/// What a pattern found: the whole match, the part that is the mention, and the slots' contents.
struct PatternMatch: Sendable {
  struct Capture: Sendable {
    var tokens: Range<Int>
    /// A number slot's value; a lexicon slot's first field where that is a number.
    var number: Int?
    var entry: Lexicon.Entry?
  }
  var tokens: Range<Int>
  var span: Range<Int>
  fileprivate var slots: [String]
  fileprivate var captures: [Capture?]

  subscript(name: String) -> Capture? {
    slots.firstIndex(of: name).flatMap { captures[$0] }
  }

  /// The number in a slot, or nil where the slot is empty or holds none.
  func number(_ name: String) -> Int? { self[name]?.number }
}

/// Runs a pattern's program on tokens, trying every way and keeping the longest.
///
/// Backtracking is bounded: a program has no loops, so its paths are as many as its options allow.
struct PatternMatcher {
  private let program: PatternProgram
  private let tokens: Tokens
  private let sentence: Range<Int>
  private var captures: [PatternMatch.Capture?]
  private var start = 0
  private var spanStart: Int?
  private var spanEnd: Int?
  private var best: PatternMatch?

  private init(_ program: PatternProgram, _ tokens: Tokens, _ sentence: Range<Int>) {
    self.program = program
    self.tokens = tokens
    self.sentence = sentence
    captures = Array(repeating: nil, count: program.slots.count)
  }

  /// The longest match that begins at token `start` and stays within `sentence`.
  static func match(
    _ program: PatternProgram, in tokens: Tokens, sentence: Range<Int>, at start: Int
  ) -> PatternMatch? {
    var matcher = PatternMatcher(program, tokens, sentence)
    matcher.start = start
    matcher.run(0, start)
    return matcher.best
  }

  private mutating func run(_ step: Int, _ place: Int) {
    switch program.steps[step] {
    case .accept: accept(place)
    case .jump(let next): run(next, place)
    case .split(let first, let second):
      run(first, place)
      run(second, place)
    case .tight: if place < sentence.upperBound, !tokens[place].spaceBefore { run(step + 1, place) }
    case .sentenceStart: if place == sentence.lowerBound { run(step + 1, place) }
    case .spanStart:
      let old = spanStart
      spanStart = place
      run(step + 1, place)
      spanStart = old
    case .spanEnd:
      let old = spanEnd
      spanEnd = place
      run(step + 1, place)
      spanEnd = old
    case .token(let key, let shape):
      guard place < sentence.upperBound, tokens[place].key == key,
        shape.admits(tokens[place].shape)
      else { return }
      run(step + 1, place + 1)
    case .atom(let kind, let slot):
      guard place < sentence.upperBound, let value = kind.value(in: tokens, at: place) else {
        return
      }
      let old = captures[slot]
      captures[slot] = .init(tokens: place..<place + 1, number: value, entry: nil)
      run(step + 1, place + 1)
      captures[slot] = old
    case .lexicon(let number, let slot): runLexicon(number, slot, step, place)
    }
  }

  private mutating func runLexicon(_ number: Int, _ slot: Int, _ step: Int, _ place: Int) {
    let lexicon = program.lexicons[number]
    var found: [(Int, Range<Int>)] = []
    lexicon.forEachMatch(in: tokens, at: place, before: sentence.upperBound) {
      found.append(($0, $1))
    }
    for (entry, range) in found.reversed() {
      let old = captures[slot]
      let entry = lexicon.entries[entry]
      captures[slot] = .init(tokens: range, number: Int(entry.field(0)), entry: entry)
      run(step + 1, range.upperBound)
      captures[slot] = old
    }
  }

  private mutating func accept(_ end: Int) {
    guard end > start, end > (best?.tokens.upperBound ?? start) else { return }
    let from = spanStart ?? start
    let to = spanEnd ?? end
    guard from < to, from > start || NumberBoundary.isFreeBefore(from, in: tokens),
      to < end || NumberBoundary.isFreeAfter(to, in: tokens)
    else { return }
    best = PatternMatch(
      tokens: start..<end, span: from..<to, slots: program.slots, captures: captures)
  }
}
