internal import DanvanSQLite
internal import Synchronization

/// A named place in the event log that the store keeps for a subscriber.
public struct StoredSubscription: Sendable, Hashable {
  public let name: String
  public let query: String
  /// Everything up to and with this is acknowledged.
  public let sequence: Int64
  /// Nanoseconds since 1970; `acknowledged` is nil before the first acknowledgement.
  public let created: Int64
  public let acknowledged: Int64?
}

extension Store {
  /// Keeps a new subscription; false when there is one of that name. On disk on return.
  public func addSubscription(_ name: String, query: String, sequence: Int64) throws -> Bool {
    try changes { db in
      try db.execute(
        sql: """
          INSERT INTO subscription (name, query, sequence, created) VALUES (?, ?, ?, ?)
          ON CONFLICT DO NOTHING
          """, arguments: [name, query, sequence, Self.now()])
    }
  }

  /// Moves a subscription forward, never back; false when there is none of that name.
  public func acknowledge(_ name: String, through sequence: Int64) throws -> Bool {
    try changes { db in
      try db.execute(
        sql: """
          UPDATE subscription SET sequence = max(sequence, ?), acknowledged = ? WHERE name = ?
          """, arguments: [sequence, Self.now(), name])
    }
  }

  /// Moves a subscription anywhere; false when there is none of that name.
  public func moveSubscription(_ name: String, to sequence: Int64) throws -> Bool {
    try changes { db in
      try db.execute(
        sql: "UPDATE subscription SET sequence = ? WHERE name = ?", arguments: [sequence, name])
    }
  }

  /// False when there is none of that name.
  public func removeSubscription(_ name: String) throws -> Bool {
    try changes { db in
      try db.execute(sql: "DELETE FROM subscription WHERE name = ?", arguments: [name])
    }
  }

  /// Whether the statements changed a row.
  private func changes(_ statements: @escaping @Sendable (Database) throws -> Void) throws -> Bool {
    let count = Mutex(0)
    try change { db in
      try statements(db)
      let changed = db.changesCount
      count.withLock { $0 = changed }
    }
    return count.withLock { $0 } > 0
  }
}

extension Snapshot {
  /// By name.
  public func subscriptions() throws -> [StoredSubscription] {
    try db.rows("\(Self.selection) ORDER BY name", StoredSubscription.init)
  }

  public func subscription(_ name: String) throws -> StoredSubscription? {
    try db.rows(
      "\(Self.selection) WHERE name = ?1", arguments: [name], StoredSubscription.init
    ).first
  }

  /// How many events lie behind `sequence`, whatever they are about.
  public func eventCount(after sequence: Int64) throws -> Int64 {
    try Int64.fetchOne(
      db, sql: "SELECT count(*) FROM event WHERE sequence > ?", arguments: [sequence]) ?? 0
  }

  /// Who stands before this has events that `retention` will soon not keep any more.
  public func warningSequence(_ retention: EventRetention, now: Int64) throws -> Int64 {
    retention.keepsAll ? 0 : try lastUnkept(by: retention.warning, now: now)
  }

  private static let selection =
    "SELECT name, query, sequence, created, acknowledged FROM subscription"
}

extension StoredSubscription {
  fileprivate init(_ row: SQLStatement) {
    self.init(
      name: row.text(0) ?? "", query: row.text(1) ?? "", sequence: row.integer(2),
      created: row.integer(3), acknowledged: row.isNull(4) ? nil : row.integer(4))
  }
}
