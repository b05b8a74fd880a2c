import DanvanModel

/// Finds the gatherings and official acts that an article reports.
struct EventTagger: Sendable {
  init(_ rules: RuleSet) throws {}

  func events(
    in scan: Scan, names: [NameMention], times: [TimeMention], date: DocumentDate?
  ) -> [Event] { [] }
}
