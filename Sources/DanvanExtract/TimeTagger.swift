import DanvanModel
import DanvanText

/// Finds time expressions by the token patterns of `rules/times.json5`.
struct TimeTagger: Sendable {
  private struct Compiled: Sendable {
    let program: PatternProgram
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
  private let compiled: [Compiled]
  private var byKey = PhraseTrie()
  private var byNumber: [Int] = []
  private var byCapitals: [Int] = []

  /// Throws `DanvanError` naming the rule whose pattern, lexicon or normaliser is at fault.
  init(_ rules: RuleSet) throws {
    var compiled: [Compiled] = []
    for (order, rule) in rules.rules(of: "times").enumerated() where !rule.match.isEmpty {
      do {
        guard let normaliser = TimeNormaliser(rawValue: rule.value ?? "") else {
          throw DanvanError.invalid("no normaliser `\(rule.value ?? "")`")
        }
        for notation in rule.match {
          let pattern = try Pattern(notation, fragments: rules.fragments(of: rule.kind))
          compiled.append(
            Compiled(
              program: try PatternProgram(pattern, rules: rules), normaliser: normaliser,
              evidence: try rules.evidence(rule.id), order: order))
        }
      } catch let error as DanvanError {
        throw DanvanError(error.code, "\(rule.file): rule '\(rule.id)': \(error.message)")
      }
    }
    for (number, item) in compiled.enumerated() {
      for key in item.program.firstKeys { byKey.insert([key], Int32(number)) }
      if item.program.beginsWithNumber { byNumber.append(number) }
      if item.program.beginsWithCapitals { byCapitals.append(number) }
    }
    self.compiled = compiled
  }

  /// Time expressions in order of the text, none overlapping another, not yet resolved.
  func mentions(in scan: Scan) -> [TimeMention] {
    var mentions: [TimeMention] = []
    for sentence in scan.sentences {
      let candidates = self.candidates(in: scan, sentence.tokens)
      mentions += choose(from: candidates)
    }
    return mentions
  }

  private func candidates(in scan: Scan, _ sentence: Range<Int>) -> [Candidate] {
    var found: [Candidate] = []
    for place in sentence {
      let token = scan.tokens[place]
      if token.kind == .number {
        for number in byNumber { run(compiled[number], place) }
      }
      if token.isCapitalized {
        for number in byCapitals { run(compiled[number], place) }
      }
      if let node = byKey.step(from: PhraseTrie.root, by: token.key) {
        for number in byKey.values(at: node) { run(compiled[Int(number)], place) }
      }
    }
    return found

    func run(_ item: Compiled, _ place: Int) {
      guard
        let match = PatternMatcher.match(
          item.program, in: scan.tokens, sentence: sentence, at: place)
      else { return }
      let expression = item.normaliser.expression(match, in: scan)
      guard expression != nil || item.normaliser == .none else { return }
      found.append(
        Candidate(
          span: match.span, order: item.order, expression: expression, evidence: item.evidence))
    }
  }

  /// The longest of those that overlap, after dropping what a `none` touches and does not lie within.
  private func choose(from candidates: [Candidate]) -> [TimeMention] {
    let none = candidates.filter { $0.expression == nil }.map(\.span)
    let ranked = candidates.filter { candidate in
      candidate.expression != nil
        && !none.contains {
          $0.overlaps(candidate.span)
            && !(candidate.span.count > $0.count && candidate.span.contains($0))
        }
    }.sorted {
      ($1.span.count, $0.order, $0.span.lowerBound) < ($0.span.count, $1.order, $1.span.lowerBound)
    }
    var chosen: [Candidate] = []
    for candidate in ranked where !chosen.contains(where: { $0.span.overlaps(candidate.span) }) {
      chosen.append(candidate)
    }
    return chosen.sorted { $0.span.lowerBound < $1.span.lowerBound }.compactMap(Self.mention)
  }

  private static func mention(_ candidate: Candidate) -> TimeMention? {
    candidate.expression.map { TimeMention(candidate.span, $0, evidence: candidate.evidence) }
  }
}
