internal import DanvanModel

/// Puts the reports of one gathering together: what several articles tell is one meeting.
///
/// Reports are of one meeting where they are of one day and kind and share a chair, or share most of
/// the words of their names; where both name places, these must not contradict. Of a day and kind with very
/// many reports each is held against the next few hundred only.
struct MeetingGrouping {
  private struct Report {
    let fact: Event
    let source: FactSource
    let day: PartialDate?
    let words: Set<Substring>
    let chairs: Set<Substring>
  }
  private var reports: [Report] = []
  private static let mostCompared = 400

  mutating func add(_ fact: Event, _ source: FactSource, day: PartialDate?) {
    reports.append(
      Report(
        fact: fact, source: source, day: day, words: Self.words(fact.name),
        chairs: Set(fact.chairs.map { Substring($0.lowercased()) })))
  }

  /// In the order in which their first reports were added.
  func meetings() -> [Meeting] {
    var sets = DisjointSets(count: reports.count)
    let byDay = Dictionary(grouping: reports.indices) { place in
      reports[place].day.map { "\($0) \(reports[place].fact.kind.rawValue)" } ?? ""
    }
    for (day, places) in byDay where !day.isEmpty {
      for (number, a) in places.enumerated() {
        for b in places.dropFirst(number + 1).prefix(Self.mostCompared)
        where areOne(reports[a], reports[b]) {
          sets.join(a, b)
        }
      }
    }
    let groups = Dictionary(grouping: reports.indices) { sets.root(of: $0) }
    return groups.sorted { $0.key < $1.key }.map { meeting($0.value.map { reports[$0] }) }
  }

  private func areOne(_ a: Report, _ b: Report) -> Bool {
    // One article tells its own events apart.
    guard a.source.article != b.source.article else { return false }
    if let here = a.fact.place, let there = b.fact.place {
      let (here, there) = (Self.words(here), Self.words(there))
      if here.isDisjoint(with: there) { return false }
    }
    if !a.chairs.isDisjoint(with: b.chairs) { return true }
    let shared = a.words.intersection(b.words).count
    return shared >= 3 && 5 * shared >= 3 * min(a.words.count, b.words.count)
  }

  private func meeting(_ reports: [Report]) -> Meeting {
    let ordered = reports.sorted {
      ($1.fact.name.utf8.count, $0.source.article) < ($0.fact.name.utf8.count, $1.source.article)
    }
    let fullest = ordered[0]
    func distinct(_ names: (Event) -> [String]) -> [String] {
      var seen: Set<String> = []
      return ordered.flatMap { names($0.fact) }.filter { seen.insert($0.lowercased()).inserted }
    }
    let times = ordered.compactMap(\.fact.when)
    return Meeting(
      kind: fullest.fact.kind, name: fullest.fact.name,
      status: ordered.contains { $0.fact.status == .held } ? .held : fullest.fact.status,
      day: fullest.day, when: times.max { $0.utf8.count < $1.utf8.count },
      place: ordered.compactMap(\.fact.place).max { $0.utf8.count < $1.utf8.count },
      chairs: distinct(\.chairs), attendees: distinct(\.attendees), sources: ordered.map(\.source))
  }

  private static func words(_ text: String) -> Set<Substring> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { Substring($0) })
  }
}
