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
}
