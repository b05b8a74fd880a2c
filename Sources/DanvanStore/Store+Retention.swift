internal import DanvanSQLite

/// How much of the event log is kept. Articles are not touched by it.
public struct EventRetention: Sendable, Equatable {
  /// The newest so many events; nil: all.
  public var count: Int?
  /// Those of the last so many nanoseconds; nil: all.
  public var age: Int64?

  public init(count: Int? = nil, age: Int64? = nil) {
    self.count = count
    self.age = age
  }

  public var keepsAll: Bool { count == nil && age == nil }

  /// Four fifths of it: who is behind that is about to be cut off.
  var warning: EventRetention {
    EventRetention(count: count.map { $0 / 5 * 4 + $0 % 5 * 4 / 5 }, age: age.map { $0 / 5 * 4 })
  }
}

extension Store {
  /// Removes a run of the oldest events that `retention` does not keep, in one transaction of some
  /// 20,000 events, and only whole commits. Returns the last sequence removed so far, and whether
  /// there is more to remove. `now` is in nanoseconds since 1970.
  public func compactEvents(keeping retention: EventRetention, now: Int64) throws
    -> (through: Int64, hasMore: Bool)
  {
    let (oldest, cut) = try read {
      (try $0.compactedSequence(), try $0.lastUnkept(by: retention, now: now))
    }
    guard cut > oldest else { return (oldest, false) }
    let through = try read { try $0.endOfRun(after: oldest, upTo: cut, about: 20_000) }
    try change { db in
      try db.execute(sql: "DELETE FROM event WHERE sequence <= ?", arguments: [through])
      try db.execute(
        sql: """
          INSERT INTO meta (key, value) VALUES ('compacted', ?1)
          ON CONFLICT DO UPDATE SET value = max(value, ?1)
          """, arguments: [through])
    }
    return (through, through < cut)
  }
}

extension Snapshot {
  /// The last event that may go, the end of a commit; 0 when all are kept.
  func lastUnkept(by retention: EventRetention, now: Int64) throws -> Int64 {
    var cut: Int64 = 0
    if let count = retention.count {
      let last = try Int64.fetchOne(
        db, sql: "SELECT sequence FROM event ORDER BY sequence DESC LIMIT 1 OFFSET ?",
        arguments: [max(0, count)])
      cut = max(cut, last ?? 0)
    }
    if let age = retention.age { cut = max(cut, try sequence(before: now - age)) }
    return try endOfCommit(notAfter: cut)
  }

  /// The end of a commit some `count` events further on; `limit`, itself an end, if that is nearer.
  fileprivate func endOfRun(after sequence: Int64, upTo limit: Int64, about count: Int) throws
    -> Int64
  {
    let far = try Int64.fetchOne(
      db, sql: "SELECT sequence FROM event WHERE sequence > ? ORDER BY sequence LIMIT 1 OFFSET ?",
      arguments: [sequence, count])
    guard let far, far < limit else { return limit }
    let end = try endOfCommit(notAfter: far)
    // One commit alone may be longer than a run.
    return end > sequence ? end : limit
  }

  /// `sequence`, or the end of the commit before where it stands in the midst of one.
  private func endOfCommit(notAfter sequence: Int64) throws -> Int64 {
    let commits = try Int64.fetchAll(
      db,
      sql: """
        SELECT commit_number FROM event WHERE sequence >= ? ORDER BY sequence LIMIT 2
        """, arguments: [sequence])
    guard commits.count == 2, commits[0] == commits[1], commits[0] > 0 else { return sequence }
    return commits[0] - 1
  }
}
