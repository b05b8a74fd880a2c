import DanvanModel
import DanvanText

/// Finds the gatherings and official acts that an article reports.
struct EventTagger: Sendable {
  private let words: EventWords
  private let byNoun: Evidence
  private let byAct: Evidence

  init(_ rules: RuleSet) throws {
    words = try EventWords(rules)
    byNoun = try rules.evidence("event.noun")
    byAct = try rules.evidence("event.act")
  }

  /// In the order of the text, each event once, with the fullest of its namings.
  func events(
    in scan: Scan, names: [NameMention], times: [TimeMention], date: DocumentDate?
  ) -> [Event] {
    let around = EventSurroundings(scan, names: names, times: times)
    let candidates = EventFinder(words: words, around: around).candidates()
    let details = EventDetails(words: words, around: around, date: date)
    return EventGroup.groups(of: candidates, in: around)
      .filter { $0.weight >= Self.leastWeight }
      .map { details.event(of: $0, evidence: $0.fullest(in: scan).role == nil ? byNoun : byAct) }
      .sorted { $0.range < $1.range }
  }

  /// What must speak for an event beside its name.
  private static let leastWeight = 3
}
