import DanvanText

/// Runs patterns' programs on the tokens of one text, trying every way and keeping the longest.
///
/// Backtracking is bounded: a program has no loops, so its paths are as many as its options allow.
struct PatternMatcher {
  /// What a slot holds while matching: plain numbers, so that undoing it costs nothing.
  private struct Slot {
    var start = 0
    var end = 0
    var number = 0
    /// A lexicon's number in the program, and its entry's; -1 for a number slot.
    var lexicon = -1
  }
  private let tokens: Tokens
  private var sentence = 0..<0
  private var slots: [Slot] = []
  private var start = 0
  private var spanStart = -1
  private var spanEnd = -1
  private var best: PatternMatch?

  init(_ tokens: Tokens) { self.tokens = tokens }

  /// The longest match that begins at token `start` and stays within `sentence`.
  mutating func match(
    _ program: PatternProgram, in sentence: Range<Int>, at start: Int
  ) -> PatternMatch? {
    self.sentence = sentence
    self.start = start
    while slots.count < program.slots.count { slots.append(Slot()) }
    for slot in slots.indices { slots[slot].end = 0 }
    best = nil
    run(program, 0, start)
    return best
  }

  private mutating func run(_ program: PatternProgram, _ step: Int, _ place: Int) {
    switch program.steps[step] {
    case .accept: accept(program, place)
    case .jump(let next): run(program, next, place)
    case .split(let first, let second):
      run(program, first, place)
      run(program, second, place)
    case .tight:
      if place < sentence.upperBound, !tokens[place].spaceBefore { run(program, step + 1, place) }
    case .sentenceStart: if place == sentence.lowerBound { run(program, step + 1, place) }
    case .spanStart:
      let old = spanStart
      spanStart = place
      run(program, step + 1, place)
      spanStart = old
    case .spanEnd:
      let old = spanEnd
      spanEnd = place
      run(program, step + 1, place)
      spanEnd = old
    case .token(let key, let shape):
      guard place < sentence.upperBound else { return }
      let token = tokens[place]
      if token.key == key, shape.admits(token.shape) { run(program, step + 1, place + 1) }
    case .atom(let kind, let slot):
      guard place < sentence.upperBound, let value = kind.value(in: tokens, at: place) else {
        return
      }
      let old = slots[slot]
      slots[slot] = Slot(start: place, end: place + 1, number: value)
      run(program, step + 1, place + 1)
      slots[slot] = old
    case .lexicon(let number, let slot): runLexicon(program, number, slot, step, place)
    }
  }

  private mutating func runLexicon(
    _ program: PatternProgram, _ number: Int, _ slot: Int, _ step: Int, _ place: Int
  ) {
    var found: [Slot] = []
    program.lexicons[number].forEachMatch(in: tokens, at: place, before: sentence.upperBound) {
      found.append(Slot(start: place, end: $1.upperBound, number: $0, lexicon: number))
    }
    let old = slots[slot]
    for match in found.reversed() {
      slots[slot] = match
      run(program, step + 1, match.end)
    }
    slots[slot] = old
  }

  private mutating func accept(_ program: PatternProgram, _ end: Int) {
    guard end > start, end > (best?.tokens.upperBound ?? start) else { return }
    let from = spanStart < 0 ? start : spanStart
    let to = spanEnd < 0 ? end : spanEnd
    guard from < to, from > start || NumberBoundary.isFreeBefore(from, in: tokens),
      to < end || NumberBoundary.isFreeAfter(to, in: tokens)
    else { return }
    let captures = program.slots.indices.map { index -> PatternMatch.Capture? in
      let slot = slots[index]
      guard slot.end > 0 else { return nil }
      guard slot.lexicon >= 0 else {
        return .init(tokens: slot.start..<slot.end, number: slot.number, entry: nil)
      }
      let entry = program.lexicons[slot.lexicon].entries[slot.number]
      return .init(tokens: slot.start..<slot.end, number: Int(entry.field(0)), entry: entry)
    }
    best = PatternMatch(
      tokens: start..<end, span: from..<to, slots: program.slots, captures: captures)
  }
}
