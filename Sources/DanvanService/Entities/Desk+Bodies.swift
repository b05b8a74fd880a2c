internal import DanvanModel
internal import DanvanStore

/// All that the corpus tells of one body.
public struct BodyPage: Sendable {
  public var body: EntitySummary
  /// Other names and spellings of it.
  public var names: [String]
  /// Who held a post of it, the newest first.
  public var tenures: [Tenure]
  public var events: [Meeting]
  public var statements: [StatementItem]
  public var given: [DirectiveItem]
  /// What was asked of it.
  public var received: [DirectiveItem]
  public var totals: DeskTotals
}

extension Desk {
  /// As `person`, for an organisation.
  public func body(_ text: String, limit: Int = 0, deadline: ContinuousClock.Instant? = nil) throws
    -> BodyPage
  {
    let reference = try EntityReference(text)
    let limit = try Self.items(limit)
    let engine = self.engine
    return try reading(deadline) { snapshot in
      let body = try BodyFinder(snapshot: snapshot, abbreviations: engine.postAbbreviations)
        .body(reference)
      let reader = DeskReader(snapshot, engine)
      var finder = PersonFinder(snapshot, engine)
      let positions = try body.names.flatMap { try snapshot.posts(ofBody: $0.id) }
        .flatMap { try snapshot.positions(ofPost: $0.id) }
      func parts(_ roles: [RegisterRole]) throws -> [KnownPart] {
        var parts: Set<KnownPart> = []
        for name in body.names {
          for role in roles { parts.formUnion(try snapshot.parts(of: name.id, as: role)) }
        }
        return parts.sorted(by: KnownPart.isNewer)
      }
      let events = try parts([.chair, .attendee])
      let statements = try parts([.speaker])
      let given = try parts([.issuer])
      let received = try parts([.addressee])
      let articles = Set((events + statements + given + received).map(\.article))
        .union(positions.map(\.article))
      let totals = DeskTotals(
        articles: articles.count, events: events.count, statements: statements.count,
        given: given.count, received: received.count)
      return BodyPage(
        body: EntitySummary(
          reference: body.shownName, name: body.shownName, knownAs: "",
          articles: articles.count),
        names: body.names.map(\.text).filter { $0 != body.shownName },
        tenures: try HolderList(engine, reader.shelf).tenures(
          of: positions, limit: max(limit, 50), &finder),
        events: try meetings(events, limit, reader),
        statements: try statements.prefix(limit).compactMap { try reader.statement($0) },
        given: try given.prefix(limit).compactMap { try reader.directive($0) },
        received: try received.prefix(limit).compactMap { try reader.directive($0) },
        totals: totals)
    }
  }
}
