import DanvanModel

/// Finds statements and directives with their speakers and issuers.
struct SpeechTagger: Sendable {
  private let words: SpeechWords
  private let evidence: SpeechEvidence

  init(_ rules: RuleSet) throws {
    words = try SpeechWords(rules)
    evidence = try SpeechEvidence(rules)
  }

  /// What is said and what is ordered, each in the order of the text.
  ///
  /// Linear in the article's length; `names` and `times` must be in the order of the text.
  func speech(in scan: Scan, names: [NameMention], times: [TimeMention])
    -> (statements: [Statement], directives: [Directive])
  {
    var reader = SpeechReader(
      words: words, evidence: evidence, scan: scan, names: names, times: times)
    reader.run()
    return (
      reader.statements.sorted { $0.range < $1.range },
      reader.directives.sorted { $0.range < $1.range }
    )
  }
}
