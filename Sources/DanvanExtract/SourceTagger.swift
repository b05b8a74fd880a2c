import DanvanModel

/// Finds the outlet that an attribution line names.
struct SourceTagger: Sendable {
  init(_ rules: RuleSet) throws {}

  func source(in scan: Scan, times: [TimeMention]) -> String? { nil }
}
