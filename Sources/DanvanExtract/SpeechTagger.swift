import DanvanModel

/// Finds statements and directives with their speakers and issuers.
struct SpeechTagger: Sendable {
  init(_ rules: RuleSet) throws {}

  func statements(in scan: Scan, names: [NameMention], times: [TimeMention]) -> [Statement] { [] }

  func directives(
    in scan: Scan, names: [NameMention], times: [TimeMention], statements: [Statement]
  ) -> [Directive] { [] }
}
