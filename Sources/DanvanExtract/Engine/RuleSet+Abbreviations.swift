extension RuleSet {
  /// An abbreviation and what it stands for, as `lexicon/abbreviations.tsv` writes them.
  public struct Abbreviation: Sendable, Equatable {
    public let short: String
    public let long: String
  }

  /// The abbreviations that a search expands; none where the rule set has no such file.
  public var abbreviations: [Abbreviation] {
    guard let lexicon = try? lexicon("abbreviations") else { return [] }
    return lexicon.entries.map { Abbreviation(short: $0.phrase, long: $0.field(0)) }
  }

  /// The short forms of levels of administration (`TP`), as `lexicon/levels.tsv` writes them out; none where the rule
  /// set has no such file.
  public var levelAbbreviations: [Abbreviation] {
    guard let lexicon = try? lexicon("levels") else { return [] }
    return lexicon.entries.filter { $0.field(1) != $0.phrase }
      .map { Abbreviation(short: $0.phrase, long: $0.field(1)) }
  }
}
