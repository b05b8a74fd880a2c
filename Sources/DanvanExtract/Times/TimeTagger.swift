import DanvanModel
import DanvanText

/// Finds time expressions by the token patterns of `rules/times.json5`.
struct TimeTagger: Sendable {
  private struct Compiled: Sendable {
    let normaliser: TimeNormaliser
    let evidence: Evidence
    /// Place in the file: of two equal findings the earlier rule's stands.
    let order: Int
  }
  private struct Candidate {
    let span: Range<Int>
    let order: Int
    /// Nil where a rule says that this is no time.
    let expression: TimeExpression?
    let evidence: Evidence
  }
  /// One entry a pattern, in the same order.
  private let programs: [PatternProgram]
  private let compiled: [Compiled]
  private var byKey = PhraseTrie()
  private var byNumber: [Int] = []
  private var byCapitals: [Int] = []

  /// Throws `DanvanError` naming the rule whose pattern, lexicon or normaliser is at fault.
  init(_ rules: RuleSet) throws {
    var compiled: [Compiled] = []
    var programs: [PatternProgram] = []
    for fragment in rules.overlaidFragments(of: "times") {
      try Self.demandReadable(fragment, rules)
    }
    for (order, rule) in rules.rules(of: "times").enumerated() where !rule.match.isEmpty {
      do {
        guard let normaliser = TimeNormaliser(rawValue: rule.value ?? "") else {
          throw DanvanError.invalid("no normaliser `\(rule.value ?? "")`")
        }
        for notation in rule.match {
          let pattern = try Pattern(notation, fragments: rules.fragments(of: rule.kind))
          programs.append(try PatternProgram(pattern, rules: rules))
          compiled.append(
            Compiled(
              normaliser: normaliser, evidence: try rules.evidence(rule.id), order: order))
        }
      } catch let error as DanvanError {
        throw DanvanError(
          error.code, "\(rule.file):\(rule.line): rule '\(rule.id)': \(error.message)")
      }
    }
    for (number, program) in programs.enumerated() {
      for key in program.firstKeys { byKey.insert([key], Int32(number)) }
      if program.beginsWithNumber { byNumber.append(number) }
      if program.beginsWithCapitals { byCapitals.append(number) }
    }
    self.programs = programs
    self.compiled = compiled
  }

  /// Looks into a fragment by itself: the rules that use it, if any, stand elsewhere.
  private static func demandReadable(_ fragment: FragmentPlace, _ rules: RuleSet) throws {
    do {
      let pattern = try Pattern("@\(fragment.name)", fragments: rules.fragments(of: fragment.kind))
      _ = try PatternProgram(pattern, rules: rules)
    } catch let error as DanvanError {
      throw DanvanError(
        error.code,
        "\(fragment.file):\(fragment.line): fragment '\(fragment.name)': \(error.message)")
    }
  }

  /// Time expressions in order of the text, none overlapping another, not yet resolved.
  func mentions(in scan: Scan) -> [TimeMention] {
    var matcher = PatternMatcher(scan.tokens)
    return scan.sentences.flatMap { sentence in
      choose(from: candidates(in: scan, sentence.tokens, &matcher), in: sentence.tokens, of: scan)
    }
  }

  private func candidates(
    in scan: Scan, _ sentence: Range<Int>, _ matcher: inout PatternMatcher
  ) -> [Candidate] {
    var found: [Candidate] = []
    for place in sentence {
      let token = scan.tokens[place]
      if token.kind == .number {
        for number in byNumber { run(number, place) }
      } else if token.isCapitalized {
        for number in byCapitals { run(number, place) }
      }
      if let node = byKey.step(from: PhraseTrie.root, by: token.key) {
        for number in byKey.values(at: node) { run(Int(number), place) }
      }
    }
    return found

    func run(_ number: Int, _ place: Int) {
      guard let match = matcher.match(programs[number], in: sentence, at: place) else { return }
      let item = compiled[number]
      let expression = item.normaliser.expression(match, in: scan)
      guard expression != nil || item.normaliser == .none else {
        return scan.dropped(
          "TIME", match.span, rule: item.evidence.rule,
          because: "its parts make no time: `\(item.normaliser.rawValue)` refuses them")
      }
      found.append(
        Candidate(
          span: match.span, order: item.order, expression: expression, evidence: item.evidence))
    }
  }

  /// The longest of those that overlap, after dropping what a `none` touches and does not lie within.
  ///
  /// Each token is owned by one finding, so that the work grows with the text and not with its square.
  private func choose(
    from candidates: [Candidate], in sentence: Range<Int>, of scan: Scan
  ) -> [TimeMention] {
    guard !candidates.isEmpty else { return [] }
    var notTimes: [Range<Int>?] = Array(repeating: nil, count: sentence.count)
    for candidate in candidates where candidate.expression == nil {
      for place in candidate.span { notTimes[place - sentence.lowerBound] = candidate.span }
    }
    let ranked = candidates.filter { $0.expression != nil }.sorted {
      ($1.span.count, $0.order, $0.span.lowerBound) < ($0.span.count, $1.order, $1.span.lowerBound)
    }
    var isTaken = Array(repeating: false, count: sentence.count)
    var chosen: [Candidate] = []
    for candidate in ranked {
      let span = candidate.span
      let isFree = span.allSatisfy { place in
        let none = notTimes[place - sentence.lowerBound]
        return !isTaken[place - sentence.lowerBound]
          && none.map { $0.count < span.count && span.contains($0) } ?? true
      }
      guard isFree else {
        scan.dropped(
          "TIME", span, rule: candidate.evidence.rule,
          because: Self.winner(over: span, chosen, candidates, scan))
        continue
      }
      for place in span { isTaken[place - sentence.lowerBound] = true }
      chosen.append(candidate)
    }
    return chosen.sorted { $0.span.lowerBound < $1.span.lowerBound }.compactMap(Self.mention)
  }

  /// What kept a span from being a time, for the trace.
  private static func winner(
    over span: Range<Int>, _ chosen: [Candidate], _ candidates: [Candidate], _ scan: Scan
  ) -> String {
    if let other = chosen.first(where: { $0.span.overlaps(span) }) {
      return "`\(scan.string(other.span))` (\(other.evidence.rule)) is longer or of an earlier rule"
    }
    let none = candidates.first { $0.expression == nil && $0.span.overlaps(span) }
    return none.map { "`\(scan.string($0.span))` is no time by \($0.evidence.rule)" }
      ?? "overlapped"
  }

  private static func mention(_ candidate: Candidate) -> TimeMention? {
    candidate.expression.map { TimeMention(candidate.span, $0, evidence: candidate.evidence) }
  }
}
