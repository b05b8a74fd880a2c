public import DanvanExtract
internal import DanvanIngest
public import DanvanModel
internal import DanvanStore
internal import DanvanText

/// Why the facts at some places of a text were found, and which readings were given up there.
public struct FactReasons: Sendable {
  public let article: Article
  /// Those that touch a place, as the rule set in use finds them.
  public let facts: Facts
  /// UTF-8 bytes of the text; none where the whole text was asked for.
  public let places: [TextRange]
  /// Every rule that a fact or a loser names, once, in the rule set's order.
  public let rules: [Rule]
  /// In the order of the text; nil where nobody asked.
  public let trace: Trace?
  /// What people have said of the facts at these places, the oldest first.
  public fileprivate(set) var corrections: [CorrectionItem] = []
  /// Who by other articles held the posts that stand alone at these places, as the stored facts name them.
  public fileprivate(set) var incumbents: [Incumbent] = []
  /// The rule set of the facts that are stored, where it is another one.
  public fileprivate(set) var storedRuleSet: String?
}

/// What of a text somebody wants explained.
public enum ExplainedPlaces: Sendable, Equatable {
  case everything
  /// UTF-8 bytes of the text, clamped to it.
  case range(TextRange)
  /// Wherever these words stand, however their letters are composed and spaced; case counts.
  case words(String)
}

extension Desk {
  /// Explains the facts of a stored article, read anew by the rule set in use. Throws `notFound`
  /// where there is no such article or the words are not in it, `dataLoss`.
  public func explain(
    _ id: ArticleID, _ wanted: ExplainedPlaces, withLosers: Bool, check: () throws -> Void = {}
  ) throws -> FactReasons {
    let (stored, corrections, incumbents) = try store.read { snapshot in
      (
        try snapshot.article(id, parts: [.text, .facts]), try snapshot.corrections(of: id),
        try DeskReader(snapshot, engine).incumbents(in: id)
      )
    }
    guard let stored else { throw DanvanError(.notFound, "there is no article \(id)") }
    var reasons = try explain(
      Article(stored), wanted, corrections, withLosers: withLosers, check: check)
    reasons.corrections = CorrectionItem.list(corrections, on: stored).filter {
      reasons.places.isEmpty || reasons.places.contains(where: $0.correction.anchor.range.overlaps)
    }
    // A title is looked up at one of its places, and means the same at the others.
    let titles = Set(reasons.facts.mentions.filter { $0.kind == .title }.map(\.text))
    reasons.incumbents = incumbents.filter { titles.contains($0.title.text) }
    if let version = stored.facts?.ruleSet, version != reasons.facts.ruleSet {
      reasons.storedRuleSet = version
    }
    return reasons
  }

  /// The same of a document that is not stored.
  public func explain(
    _ submission: Submission, _ wanted: ExplainedPlaces, withLosers: Bool,
    check: () throws -> Void = {}
  ) throws -> FactReasons {
    try explain(engine.reader.read(submission), wanted, [], withLosers: withLosers, check: check)
  }

  private func explain(
    _ article: Article, _ wanted: ExplainedPlaces, _ corrections: [Correction], withLosers: Bool,
    check: () throws -> Void
  ) throws -> FactReasons {
    let visit = foreground.enter()
    defer { visit.end() }
    let places = try wanted.places(in: article.text)
    let trace = withLosers ? Trace(at: places) : nil
    let engine = self.engine
    let facts = try engine.facts(in: article, trace: trace, check: check)
      .corrected(by: corrections, in: article.text).touching(places)
    let named = facts.ruleNames.union((trace?.candidates ?? []).map(\.rule))
    return FactReasons(
      article: article, facts: facts, places: places,
      rules: (engine.rules?.rules ?? []).filter { named.contains($0.id) }, trace: trace)
  }
}

extension ExplainedPlaces {
  func places(in text: String) throws -> [TextRange] {
    switch self {
    case .everything: return []
    case .range(let range):
      let count = text.utf8.count
      guard range.start < count, !range.isEmpty else {
        throw DanvanError(
          .outOfRange, "bytes \(range.start) to \(range.end) are not in a text of \(count)")
      }
      return [TextRange(range.start, min(range.end, count))]
    case .words(let words):
      let found = Self.places(of: words, in: text)
      guard !found.isEmpty else {
        throw DanvanError(.notFound, "'\(words.prefix(80))' is not in the text")
      }
      return found
    }
  }

  /// Every run of tokens that is spelled as those of `words`.
  static func places(of words: String, in text: String) -> [TextRange] {
    let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let wanted = spelled(Tokens(NormalizedText(line)))
    let tokens = Tokens(NormalizedText(text))
    let written = spelled(tokens)
    guard let first = wanted.first, wanted.count <= written.count else { return [] }
    return (0...written.count - wanted.count).compactMap { start in
      let run = start..<start + wanted.count
      guard written[start] == first, written[run].elementsEqual(wanted) else { return nil }
      let range = tokens.storedRange(run)
      return TextRange(range.lowerBound, range.upperBound)
    }
  }

  private static func spelled(_ tokens: Tokens) -> [ArraySlice<UInt8>] {
    tokens.map { tokens.text.bytes[Int($0.start)..<Int($0.end)] }
  }
}

extension Facts {
  /// Only what touches one of the places; without any, all of it.
  fileprivate func touching(_ places: [TextRange]) -> Facts {
    if places.isEmpty { return self }
    func touches(_ range: TextRange) -> Bool { places.contains { $0.overlaps(range) } }
    var facts = Facts()
    facts.ruleSet = ruleSet
    facts.mentions = mentions.filter { touches($0.range) }
    facts.events = events.filter { touches($0.range) }
    facts.statements = statements.filter { touches($0.range) }
    facts.directives = directives.filter { touches($0.range) }
    facts.instruments = instruments.filter { touches($0.range) }
    facts.campaigns = campaigns.filter { touches($0.range) }
    facts.topics = topics.filter { touches($0.range) }
    facts.keyPhrases = keyPhrases.filter { touches($0.range) }
    facts.positions = positions.filter { touches($0.range) }
    return facts
  }

  fileprivate var ruleNames: Set<String> {
    var names = Set(mentions.map(\.evidence.rule))
    names.formUnion(events.map(\.evidence.rule))
    names.formUnion(statements.map(\.evidence.rule))
    names.formUnion(directives.map(\.evidence.rule))
    names.formUnion((instruments + campaigns + keyPhrases).map(\.evidence.rule))
    names.formUnion(topics.map(\.evidence.rule))
    names.formUnion(positions.map(\.evidence.rule))
    return names
  }
}
