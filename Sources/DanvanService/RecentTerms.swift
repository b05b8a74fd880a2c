internal import DanvanModel
internal import DanvanStore
internal import Synchronization

/// What the last few articles hold: a thousand watchers woken by one commit learn here, without a look
/// into the store, that it is not for them.
final class RecentTerms: Sendable {
  private typealias Entry = (sequence: Int64, terms: ArticleTerms)
  private let kept = Mutex<[Entry]>([])
  private static let room = 64

  /// Before those who wait for these events are woken.
  func note(_ receipts: some Sequence<Receipt>, _ records: [ArticleRecord]) {
    let entries = zip(receipts, records).suffix(Self.room).compactMap { receipt, record in
      receipt.outcome == .duplicate ? nil : (receipt.sequence, record.terms)
    }
    kept.withLock { kept in
      kept = ((kept + entries).sorted { $0.sequence < $1.sequence }).suffix(Self.room)
    }
  }

  /// Whether every event after `sequence`, up to and with `head`, is of an article kept here, as none
  /// is that was removed or rebuilt.
  func covers(after sequence: Int64, through head: Int64) -> Bool {
    events(after: sequence, through: head) != nil
  }

  /// Whether it covers them and no one can match.
  func exclude(_ query: StoreQuery, after sequence: Int64, through head: Int64) -> Bool {
    guard let events = events(after: sequence, through: head) else { return false }
    return events.allSatisfy { !$0.terms.mayMatch(query) }
  }

  private func events(after sequence: Int64, through head: Int64) -> ArraySlice<Entry>? {
    guard head - sequence <= Int64(Self.room) else { return nil }
    return kept.withLock { kept in
      guard let start = kept.firstIndex(where: { $0.sequence > sequence }) else { return nil }
      let end = kept[start...].firstIndex { $0.sequence > head } ?? kept.endIndex
      return Int64(end - start) == head - sequence ? kept[start..<end] : nil
    }
  }
}

/// The plans of watchers' queries. One stays good as long as no term is new, and for a second: a
/// query may name a saved search or count from today.
final class WatchPlans: Sendable {
  private struct Entry {
    let query: StoreQuery
    let terms: Int
    let made: ContinuousClock.Instant
  }
  private let kept = Mutex<[String: Entry]>([:])
  private static let room = 4_096

  func query(_ text: String, terms: Int, make: () throws -> StoreQuery) rethrows -> StoreQuery {
    let now = ContinuousClock.now
    let known = kept.withLock { $0[text] }
    if let known, known.terms == terms, now - known.made < .seconds(1) { return known.query }
    let query = try make()
    kept.withLock { kept in
      if kept.count >= Self.room { kept.removeAll() }
      kept[text] = Entry(query: query, terms: terms, made: now)
    }
    return query
  }
}
