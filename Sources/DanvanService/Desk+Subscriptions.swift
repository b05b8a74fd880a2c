public import DanvanModel
public import DanvanStore

/// A named subscription and how far behind it is.
public struct SubscriptionState: Sendable {
  public let subscription: StoredSubscription
  /// Everything up to and with this is acknowledged.
  public let cursor: Cursor
  /// Events of the log behind the cursor, whatever they are about.
  public let lag: Int64
  /// Retention will soon remove events that are not acknowledged.
  public let isAtRisk: Bool
  /// Retention has removed events that were not acknowledged: seek before reading on.
  public let isCutOff: Bool
}

extension Desk {
  /// Makes a subscription that begins at `origin`.
  ///
  /// Throws `invalidArgument` for a name that is not 1 to 64 letters, digits, `.`, `_`, `-`, and for a
  /// malformed query; `alreadyExists`; for the origin as `events`.
  public func subscribe(_ name: String, query: String, from origin: EventOrigin) throws
    -> SubscriptionState
  {
    guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(Self.isOfName) else {
      throw DanvanError.invalid(
        "a subscription's name is 1 to 64 letters, digits, '.', '_' or '-' of ASCII")
    }
    _ = try plan(try QueryParser.parse(query), marks: .automatic)
    let start = try sequence(of: origin)
    guard try store.addSubscription(name, query: query, sequence: start) else {
      throw DanvanError(.alreadyExists, "there is a subscription '\(name)' already")
    }
    return try subscription(name)
  }

  /// Throws `notFound`.
  public func subscription(_ name: String) throws -> SubscriptionState {
    try store.read { snapshot in
      guard let found = try snapshot.subscription(name) else { throw Self.noSubscription(name) }
      return try state(of: found, in: snapshot)
    }
  }

  /// All of them, by name.
  public func subscriptions() throws -> [SubscriptionState] {
    try store.read { snapshot in
      try snapshot.subscriptions().map { try state(of: $0, in: snapshot) }
    }
  }

  /// Everything up to and with `cursor` has been dealt with; an older cursor changes nothing. On
  /// disk on return. Throws `notFound`, and for the cursor as `events`.
  public func acknowledge(_ name: String, through cursor: Cursor) throws -> SubscriptionState {
    // One that was cut off may still acknowledge what it had read before.
    guard cursor.store == store.id, cursor.sequence <= watchers.head else {
      _ = try sequence(of: .after(cursor))
      let head = store.cursor(watchers.head)
      throw DanvanError(.ahead, "cursor \(cursor) is ahead of this store, which is at \(head)")
    }
    guard try store.acknowledge(name, through: cursor.sequence) else {
      throw Self.noSubscription(name)
    }
    return try subscription(name)
  }

  /// Moves a subscription forward or back. Throws `notFound`, and for the origin as `events`.
  public func seek(_ name: String, to origin: EventOrigin) throws -> SubscriptionState {
    guard try store.moveSubscription(name, to: try sequence(of: origin)) else {
      throw Self.noSubscription(name)
    }
    return try subscription(name)
  }

  /// Throws `notFound`.
  public func unsubscribe(_ name: String) throws {
    guard try store.removeSubscription(name) else { throw Self.noSubscription(name) }
  }

  private func sequence(of origin: EventOrigin) throws -> Int64 {
    try store.read { snapshot in
      try sequence(
        of: origin, head: try snapshot.headSequence(), oldest: try snapshot.compactedSequence(),
        in: snapshot)
    }
  }

  private func state(of found: StoredSubscription, in snapshot: Snapshot) throws
    -> SubscriptionState
  {
    let warning = try snapshot.warningSequence(retention, now: Store.now())
    return SubscriptionState(
      subscription: found, cursor: store.cursor(found.sequence),
      lag: try snapshot.eventCount(after: found.sequence), isAtRisk: found.sequence < warning,
      isCutOff: found.sequence < (try snapshot.compactedSequence()))
  }

  private static func noSubscription(_ name: String) -> DanvanError {
    DanvanError(.notFound, "there is no subscription '\(name.prefix(64))'")
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
