import DanvanModel

/// Finds instruments (laws, decrees, resolutions, plans) and campaigns, each at its first mention.
struct InstrumentTagger: Sendable {
  init(_ rules: RuleSet) throws {}

  func instruments(in scan: Scan, names: [NameMention], times: [TimeMention]) -> [NamedThing] { [] }

  func campaigns(in scan: Scan, names: [NameMention]) -> [NamedThing] { [] }
}
