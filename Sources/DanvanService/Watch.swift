internal import DanvanModel
public import DanvanStore
internal import Synchronization

extension Desk {
  /// The events after `origin` whose articles match `query`: at most `limit` of them, or with
  /// `wholeCommits` as many more as end the last one's commit.
  ///
  /// An article matches as it is now; the event of an article that has been removed since, and its
  /// removal, come only where `query` is empty. Throws a `CursorFault` for a cursor of another
  /// store, one whose events are no longer kept (the message holds the oldest cursor) and one ahead of
  /// the log, `invalidArgument` for a malformed query.
  public func events(
    from origin: EventOrigin, query: String, limit: Int, parts: ArticleParts = [],
    wholeCommits: Bool = false,
    deadline: ContinuousClock.Instant? = nil
  ) throws -> EventBatch {
    let limit = min(max(limit, 1), 1_000)
    #if DEBUG
      if let batch = announced(after: origin, query) { return batch }
    #endif
    if let cursor = try placeBehindOthers(origin, query) { return Self.nothing(upTo: cursor) }
    // Watchers that wait at one place with one query share what the first of them reads.
    let key = RecentBatches.Key(
      origin: origin, query: query, limit: limit, parts: parts, wholeCommits: wholeCommits)
    if let batch = recentBatches.batch(key, head: watchers.head) { return batch }
    let filter = try filter(query)
    let batch = try store.read(deadline: deadline) { snapshot in
      let head = try snapshot.headSequence()
      let oldest = try snapshot.compactedSequence()
      let start = try sequence(of: origin, head: head, oldest: oldest, in: snapshot)
      let page = try snapshot.events(after: start, matching: filter, limit: limit)
      let count = wholeCommits ? page.events.count : min(limit, page.events.count)
      let events = try page.events.prefix(count).enumerated().map { index, event in
        let next = index + 1 < page.events.count ? page.events[index + 1] : nil
        return WatchedEvent(
          event: event, cursor: store.cursor(event.sequence),
          article: event.kind == .removed
            ? nil : try snapshot.article(event.article, parts: parts),
          continues: next?.isOfCommit(of: event) ?? false)
      }
      let through = count < page.events.count ? page.events[count - 1].sequence : page.through
      return EventBatch(
        events: events, next: store.cursor(through), head: store.cursor(page.head),
        oldest: store.cursor(page.oldest))
    }
    recentBatches.keep(batch, for: key)
    return batch
  }

  private func filter(_ query: String) throws -> StoreQuery {
    try watchPlans.query(query, terms: store.termCount) {
      try plan(try QueryParser.parse(query), marks: .automatic).query
    }
  }

  /// The end of the log for a watcher that was close to it, when what has come since is certainly
  /// not for it; nil when only the index can say.
  private func placeBehindOthers(_ origin: EventOrigin, _ query: String) throws -> Cursor? {
    let head = watchers.head
    guard case .after(let cursor) = origin, !query.isEmpty, cursor.store == store.id,
      cursor.sequence < head, recentTerms.covers(after: cursor.sequence, through: head),
      recentTerms.exclude(try filter(query), after: cursor.sequence, through: head)
    else { return nil }
    return store.cursor(head)
  }

  private static func nothing(upTo cursor: Cursor) -> EventBatch {
    // Who asks from a cursor knows where the log begins, or does not care.
    EventBatch(events: [], next: cursor, head: cursor, oldest: cursor)
  }

  /// Where reading begins for `origin`. Throws as `events` does.
  func sequence(of origin: EventOrigin, head: Int64, oldest: Int64, in snapshot: Snapshot) throws
    -> Int64
  {
    switch origin {
    case .start: return oldest
    case .now: return head
    case .since(let time): return max(oldest, try snapshot.sequence(before: time))
    case .after(let cursor):
      guard cursor.store == store.id else {
        throw DanvanError(
          .anotherStore,
          "cursor \(cursor) is of another store; this one is \(store.id)")
      }
      guard cursor.sequence <= head else {
        throw DanvanError(
          .ahead, "cursor \(cursor) is ahead of this store, which is at \(store.cursor(head))")
      }
      guard cursor.sequence >= oldest else {
        throw DanvanError(
          .compacted,
          "events after \(cursor) are no longer kept; the oldest cursor is \(store.cursor(oldest))")
      }
      return cursor.sequence
    }
  }
}

/// The last few looks at the end of the log: a thousand watchers woken by one commit read it once.
final class RecentBatches: Sendable {
  struct Key: Hashable, Sendable {
    let origin: EventOrigin
    let query: String
    let limit: Int
    let parts: ArticleParts
    let wholeCommits: Bool
  }
  private let kept = Mutex<[(key: Key, batch: EventBatch)]>([])
  private static let room = 16

  /// A batch that is still what a new look would bring: no event has come since.
  func batch(_ key: Key, head: Int64) -> EventBatch? {
    kept.withLock { kept in
      kept.first { $0.key == key && $0.batch.head.sequence == head }?.batch
    }
  }

  /// Another rule set may make other sense of the same query.
  func forget() { kept.withLock { $0 = [] } }

  func keep(_ batch: EventBatch, for key: Key) {
    // Long pages belong to somebody catching up, whom nobody follows.
    guard batch.isSynced, batch.events.count <= 64 else { return }
    kept.withLock { kept in
      kept.removeAll { $0.key == key || $0.batch.head.sequence < batch.head.sequence }
      if kept.count >= Self.room { kept.removeFirst() }
      kept.append((key, batch))
    }
  }
}
