internal import DanvanModel
internal import DanvanStore

/// All that the corpus tells of one person.
public struct PersonPage: Sendable {
  public var person: EntitySummary
  /// Other names and spellings that are his.
  public var names: [String]
  /// The newest first.
  public var tenures: [Tenure]
  public var events: [Meeting]
  public var statements: [StatementItem]
  public var given: [DirectiveItem]
  public var received: [DirectiveItem]
  /// Who is named in the same articles, most often first.
  public var beside: [EntitySummary]
  public var namesakes: [EntitySummary]
  public var totals: DeskTotals
}

extension Desk {
  static let defaultItems = 10
  static let mostItems = 500

  /// Of events, statements and directives at most `limit` each, the newest; 0: 10.
  ///
  /// Throws `notFound`, naming like names; `invalidArgument`.
  public func person(_ text: String, limit: Int = 0, deadline: ContinuousClock.Instant? = nil)
    throws
    -> PersonPage
  {
    let reference = try EntityReference(text)
    let limit = try Self.items(limit)
    let engine = self.engine
    return try reading(deadline) { snapshot in
      var finder = PersonFinder(snapshot, engine)
      let person = try finder.person(reference)
      let reader = DeskReader(snapshot, engine)
      let tenures = try Tenures(
        offices: engine.offices, abbreviations: engine.postAbbreviations, posts: finder.posts,
        shelf: reader.shelf
      ).timeline(person.positions)
      var totals = DeskTotals(articles: person.articles.count)
      let events = try parts(of: person, as: [.chair, .attendee], in: snapshot)
      let statements = try parts(of: person, as: [.speaker], in: snapshot)
      let given = try parts(of: person, as: [.issuer], in: snapshot)
      let received = try parts(of: person, as: [.addressee], in: snapshot)
      totals.events = events.count
      totals.statements = statements.count
      totals.given = given.count
      totals.received = received.count
      let isKnown = Set(person.parts.map(\.name.id))
      let namesakes = try finder.persons(of: person.parts[0].name).filter { other in
        other.articles.isDisjoint(with: person.articles)
      }
      return PersonPage(
        person: EntitySummary(
          reference: person.reference, name: person.shownName,
          knownAs: Self.knownAs(tenures), articles: totals.articles),
        names: person.parts.map(\.name.text).filter { $0 != person.shownName },
        tenures: tenures, events: try meetings(events, limit, reader),
        statements: try statements.prefix(limit).compactMap { try reader.statement($0) },
        given: try given.prefix(limit).compactMap { try reader.directive($0) },
        received: try received.prefix(limit).compactMap { try reader.directive($0) },
        beside: try beside(person, not: isKnown, limit, &finder),
        namesakes: try namesakes.map { try finder.summary(of: $0) }, totals: totals)
    }
  }

  /// The parts that a person has in facts, the newest first; only those in articles that speak of him.
  private func parts(
    of person: Person, as roles: [RegisterRole], in snapshot: Snapshot
  ) throws -> [KnownPart] {
    var parts: Set<KnownPart> = []
    for (name, bearer) in person.parts {
      for role in roles {
        parts.formUnion(
          try snapshot.parts(of: name.id, as: role).filter { bearer.articles.contains($0.article) })
      }
    }
    return parts.sorted(by: KnownPart.isNewer)
  }

  func meetings(_ parts: [KnownPart], _ limit: Int, _ reader: DeskReader) throws -> [Meeting] {
    var grouping = MeetingGrouping()
    // Some are reports of one meeting; so many more are read that enough are left.
    for part in parts.prefix(limit * 2) {
      guard let (fact, source) = try reader.event(part) else { continue }
      grouping.add(fact, source, day: part.day.flatMap { PartialDate(dayNumber: $0) })
    }
    return try grouping.meetings().prefix(limit).map { meeting in
      var meeting = meeting
      meeting.incumbents = try reader.incumbents(of: meeting)
      return meeting
    }
  }

  private func beside(
    _ person: Person, not known: Set<Int64>, _ limit: Int, _ finder: inout PersonFinder
  ) throws -> [EntitySummary] {
    var counts: [Int64: [ArticleID]] = [:]
    for article in person.articles {
      for name in try finder.snapshot.persons(in: article) where !known.contains(name) {
        counts[name, default: []].append(article)
      }
    }
    let most = counts.filter { $0.value.count > 1 || counts.count <= limit }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(limit)
    return try most.compactMap { name, articles in
      guard let article = articles.max(), let other = try finder.person(name, in: article) else {
        return nil
      }
      var summary = try finder.summary(of: other)
      summary.articles = articles.count
      return summary
    }
  }

  private static func knownAs(_ tenures: [Tenure]) -> String {
    let most = tenures.max { $0.articles < $1.articles }
    return most.map { [$0.role, $0.body].compactMap { $0 }.joined(separator: " ") } ?? ""
  }

  /// Throws `invalidArgument` for more than a page may hold.
  static func items(_ limit: Int) throws -> Int {
    guard limit <= mostItems else {
      throw DanvanError.invalid("at most \(mostItems) of each can be asked for")
    }
    return limit > 0 ? limit : defaultItems
  }

  /// Reads one snapshot while background work stands back.
  func reading<Answer>(
    _ deadline: ContinuousClock.Instant?, _ body: (Snapshot) throws -> Answer
  ) throws -> Answer {
    let visit = foreground.enter()
    defer { visit.end() }
    return try store.read(deadline: deadline ?? .now + .seconds(10), body)
  }
}

extension KnownPart {
  /// What is dated after today was dated wrongly, and counts as undated.
  static func isNewer(_ a: KnownPart, _ b: KnownPart) -> Bool {
    let today = Snapshot.today
    let (left, right) = (a.day ?? .max, b.day ?? .max)
    return (right > today ? .min : right, b.article, b.number)
      < (left > today ? .min : left, a.article, a.number)
  }
}

extension KnownPost {
  /// Office and body as one reads them: `Trưởng ban` and `ban Dân vận` share a syllable.
  var wording: String { Self.joined(role, body) }

  static func joined(_ role: String, _ body: String?) -> String {
    guard let body, !body.isEmpty else { return role }
    let last = role.split(separator: " ").last?.lowercased()
    let rest = body.split(separator: " ", maxSplits: 1)
    guard last == rest.first?.lowercased(), rest.count > 1 else { return "\(role) \(body)" }
    return "\(role) \(rest[1])"
  }
}
