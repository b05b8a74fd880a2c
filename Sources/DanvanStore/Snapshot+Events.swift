internal import DanvanModel
internal import GRDB

extension Snapshot {
  /// The newest sequence ever given; 0 in an empty store.
  public func headSequence() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0
  }

  /// A cursor below this one has lost events.
  public func compactedSequence() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'compacted'") ?? 0
  }

  /// The events after `sequence` whose articles match, at most `limit` of them.
  ///
  /// Looks at `scanLimit` events at most, so that a filter that matches nothing cannot hold a reader
  /// for long. A removed article matches only `everything`.
  public func events(
    after sequence: Int64, matching filter: StoreQuery, limit: Int, scanLimit: Int = 4_096
  ) throws -> EventPage {
    let head = try headSequence()
    let oldest = try compactedSequence()
    let scan = filter == .everything ? min(limit, scanLimit) : scanLimit
    let logged = try log(after: sequence, limit: max(1, scan))
    guard let last = logged.last else {
      return EventPage(events: [], through: max(sequence, head), head: head, oldest: oldest)
    }
    // A short page was read to the end of the log.
    let end = logged.count < scan ? head : last.sequence
    guard filter != .everything else {
      return EventPage(events: logged, through: end, head: head, oldest: oldest)
    }
    let present = logged.filter { $0.kind != .removed }
    guard let low = present.map(\.article).min(), let high = present.map(\.article).max() else {
      return EventPage(events: [], through: end, head: head, oldest: oldest)
    }
    let matching = try evaluate(filter, in: low.value...high.value)
    let events = present.filter { matching.contains($0.article.value) }
    guard events.count > limit else {
      return EventPage(events: events, through: end, head: head, oldest: oldest)
    }
    let page = Array(events.prefix(max(1, limit)))
    return EventPage(
      events: page, through: page.last?.sequence ?? end, head: head, oldest: oldest)
  }

  private func log(after sequence: Int64, limit: Int) throws -> [StoreEvent] {
    let select = try SQLStatement(
      db,
      """
      SELECT sequence, kind, article, time FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
      """)
    select.bind(1, sequence)
    select.bind(2, Int64(limit))
    defer { select.reset() }
    var events: [StoreEvent] = []
    while try select.step() {
      guard let kind = StoreEvent.Kind(rawValue: Int32(clamping: select.integer(1))) else {
        throw DanvanError(.dataLoss, "event \(select.integer(0)) of the log cannot be read")
      }
      events.append(
        StoreEvent(
          sequence: select.integer(0), kind: kind, article: ArticleID(select.integer(2)),
          time: select.integer(3)))
    }
    return events
  }
}
