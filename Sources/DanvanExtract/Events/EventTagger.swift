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
    let around = EventSurroundings(
      scan, names: names, times: times, words: words, date: date)
    let candidates = EventFinder(words: words, around: around).candidates()
    let details = EventDetails(words: words, around: around, namings: candidates)
    let groups = EventGroup.groups(of: candidates, in: around)
    var held = groups.filter { $0.weight >= Self.leastWeight }
    // Where no event is named in full, the one that the text comes back to is the article's.
    if held.isEmpty, let bare = Self.mostTold(candidates.filter { $0.isBare && !$0.isMany }) {
      held = [bare]
    }
    // An event told only by its head and its day ("cuộc điện đàm ngày 26/3").
    for bare in candidates where bare.isBare && bare.isDated && bare.weight >= Self.leastWeight {
      if !held.contains(where: { $0.kind == bare.kind || $0.isOneSitting(bare, in: around) }) {
        held.append(EventGroup(bare))
      }
    }
    traceDropped(candidates, held, scan)
    return
      held
      .map { details.event(of: $0, evidence: $0.fullest(in: scan).role == nil ? byNoun : byAct) }
      .sorted { $0.range < $1.range }
  }

  /// The bare namings of the kind that is told of most, where together they weigh enough.
  private static func mostTold(_ bare: [EventCandidate]) -> EventGroup? {
    guard let best = bare.reduce(bare.first, { $1.weight > ($0?.weight ?? 0) ? $1 : $0 }),
      best.weight >= leastWeight - 1
    else { return nil }
    var group = EventGroup(best)
    for other in bare where other.kind == best.kind && other.tokens != best.tokens {
      group.add(other)
    }
    let support = group.members.count { $0.weight > 0 } - 1
    return best.weight + min(2, support) >= leastWeight ? group : nil
  }

  private func traceDropped(_ candidates: [EventCandidate], _ held: [EventGroup], _ scan: Scan) {
    guard scan.trace != nil else { return }
    let namings = held.map { ($0.fullest(in: scan).tokens, $0.members.map(\.tokens)) }
    for candidate in candidates {
      let naming = namings.first { $0.1.contains(candidate.tokens) }?.0
      if naming == candidate.tokens { continue }
      let rule = candidate.role == nil ? byNoun : byAct
      scan.dropped(
        "EVENT", candidate.tokens, rule: rule.rule,
        because: naming.map { "names the event `\(scan.string($0))` again" }
          ?? "what stands around it weighs \(candidate.weight); an event needs \(Self.leastWeight)")
    }
  }

  /// What must speak for an event beside its name.
  private static let leastWeight = 3
}
