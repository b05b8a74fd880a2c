import DanvanModel

/// Finds persons, titles, bodies and places.
struct NameTagger: Sendable {
  init(_ rules: RuleSet) throws {}

  func mentions(in scan: Scan, times: [TimeMention]) -> [NameMention] { [] }
}
