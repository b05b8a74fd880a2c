internal import DanvanModel
internal import DanvanService
internal import DanvanStore
internal import Synchronization

/// The ends of the event log, at hand without a look into the store.
final class LogBounds: Sendable {
  let store: StoreID
  private let compacted: Atomic<Int64>
  private let newest: Atomic<Int64>
  private let subscription = Mutex<Subscription?>(nil)

  init(_ desk: Desk) throws {
    let status = try desk.status()
    store = status.store
    compacted = Atomic(status.compactedSequence)
    newest = Atomic(status.headSequence)
    let subscribed = desk.onCommit { [weak self] sequence in self?.advance(to: sequence) }
    subscription.withLock { $0 = subscribed }
  }

  var head: Cursor { Cursor(store: store, sequence: newest.load(ordering: .acquiring)) }

  var oldest: Cursor { Cursor(store: store, sequence: compacted.load(ordering: .acquiring)) }

  /// Events up to this cursor are no longer kept.
  func compacted(through cursor: Cursor) {
    compacted.max(cursor.sequence, ordering: .acquiringAndReleasing)
  }

  private func advance(to sequence: Int64) {
    newest.max(sequence, ordering: .acquiringAndReleasing)
  }
}
