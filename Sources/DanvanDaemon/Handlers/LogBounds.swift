internal import DanvanModel
internal import DanvanService
internal import DanvanStore
internal import Synchronization

/// The ends of the event log, at hand without a look into the store.
final class LogBounds: Sendable {
  let store: StoreID
  /// Compaction happens only when the store is opened, so this end stays.
  let oldest: Cursor
  private let newest: Atomic<Int64>
  private let subscription = Mutex<Subscription?>(nil)

  init(_ desk: Desk) throws {
    let status = try desk.status()
    store = status.store
    oldest = Cursor(store: status.store, sequence: status.compactedSequence)
    newest = Atomic(status.headSequence)
    let subscribed = desk.onCommit { [weak self] sequence in self?.advance(to: sequence) }
    subscription.withLock { $0 = subscribed }
  }

  var head: Cursor { Cursor(store: store, sequence: newest.load(ordering: .acquiring)) }

  private func advance(to sequence: Int64) {
    newest.max(sequence, ordering: .acquiringAndReleasing)
  }
}
