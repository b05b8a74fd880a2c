import DanvanModel

/// Finds time expressions by the token patterns of `rules/times.json5`.
struct TimeTagger: Sendable {
  init(_ rules: RuleSet) throws {}

  func mentions(in scan: Scan) -> [TimeMention] { [] }
}
