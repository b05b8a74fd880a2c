internal import DanvanModel
internal import DanvanSQLite

extension Snapshot {
  /// The newest sequence ever given; 0 in an empty store.
  public func headSequence() throws -> Int64 { try Self.headSequence(on: db) }

  static func headSequence(on db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0
  }

  /// A cursor below this one has lost events.
  public func compactedSequence() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'compacted'") ?? 0
  }

  /// The last event before `time`, in nanoseconds since 1970; a clock set back does not confuse it.
  public func sequence(before time: Int64) throws -> Int64 {
    let first = try Int64.fetchOne(
      db, sql: "SELECT sequence FROM event WHERE time >= ? ORDER BY sequence LIMIT 1",
      arguments: [time])
    return try first.map { $0 - 1 } ?? headSequence()
  }

  /// The events after `sequence` whose articles match: at least `limit`, where there are so many, and
  /// then as many more as end the last one's commit. No commit is split between two pages.
  ///
  /// Looks at about `scanLimit` events, so that a filter that matches nothing cannot hold a reader
  /// for long. A removed article matches only `everything`; the end of a rebuild matches always.
  public func events(
    after sequence: Int64, matching filter: StoreQuery, limit: Int, scanLimit: Int = 4_096
  ) throws -> EventPage {
    let head = try headSequence()
    let oldest = try compactedSequence()
    let scan = filter == .everything ? min(limit, scanLimit) : scanLimit
    let (logged, isAtEnd) = try log(after: sequence, limit: max(1, scan))
    guard let last = logged.last else {
      return EventPage(events: [], through: max(sequence, head), head: head, oldest: oldest)
    }
    let end = isAtEnd ? max(head, last.sequence) : last.sequence
    let events = try matching(logged, filter)
    let count = Self.wholeCommits(events, atLeast: max(1, limit))
    let through = count < events.count ? events[count - 1].sequence : end
    return EventPage(
      events: Array(events.prefix(count)), through: through, head: head, oldest: oldest)
  }

  private func matching(_ logged: [StoreEvent], _ filter: StoreQuery) throws -> [StoreEvent] {
    if filter == .everything { return logged }
    let present = logged.filter { $0.kind != .removed }
    guard let low = present.map(\.article).min(), let high = present.map(\.article).max() else {
      return []
    }
    let matching = try evaluate(filter, in: low.value...high.value)
    return present.filter {
      $0.kind == .rebuildEnded || matching.contains($0.article.value)
    }
  }

  private static func wholeCommits(_ events: [StoreEvent], atLeast limit: Int) -> Int {
    var count = min(limit, events.count)
    while count < events.count, events[count].isOfCommit(of: events[count - 1]) { count += 1 }
    return count
  }

  /// Whole commits, of `limit` events or a few more; and whether they reach the end of the log. Throws
  /// `dataLoss` where one is missing or not as it was written.
  private func log(after sequence: Int64, limit: Int) throws -> ([StoreEvent], isAtEnd: Bool) {
    let select = try SQLStatement(
      db,
      """
      SELECT sequence, kind, article, time, commit_number, \(Seal.event.holds) FROM event
      WHERE sequence > ?1 ORDER BY sequence
      """)
    select.bind(1, sequence)
    defer { select.reset() }
    var events: [StoreEvent] = []
    // They are numbered without a gap.
    var expected = max(sequence, try compactedSequence()) + 1
    while try select.step() {
      guard select.integer(0) == expected else { throw Self.missing(expected) }
      expected += 1
      guard select.integer(5) != 0,
        let kind = StoreEvent.Kind(rawValue: Int32(clamping: select.integer(1)))
      else {
        throw DanvanError(.dataLoss, "event \(select.integer(0)) of the log fails its checksum")
      }
      let event = StoreEvent(
        sequence: select.integer(0), kind: kind, article: ArticleID(select.integer(2)),
        time: select.integer(3), commit: select.integer(4))
      if events.count >= limit, let last = events.last, !event.isOfCommit(of: last) {
        return (events, false)
      }
      events.append(event)
    }
    guard try headSequence() < expected else { throw Self.missing(expected) }
    return (events, true)
  }

  private static func missing(_ sequence: Int64) -> DanvanError {
    DanvanError(.dataLoss, "event \(sequence) of the log is missing")
  }
}
