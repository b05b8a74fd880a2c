internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf
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

extension LogBounds {
  /// The status for an error; when a cursor was the trouble, with why, and where reading may begin.
  func status(of error: any Error, _ call: Call, _ log: Log) -> RPCStatus {
    let plain = DanvanDaemon.status(of: error, call, log)
    guard let fault = (error as? DanvanError)?.cursorFault,
      let bytes: [UInt8] = try? Danvan_V1_CursorBounds.with({
        $0.oldest = oldest.description
        $0.head = head.description
        $0.reason = .init(fault)
      }).serializedBytes()
    else { return plain }
    let type = "type.googleapis.com/\(Danvan_V1_CursorBounds.protoMessageName)"
    return RPCStatus(
      plain.code, plain.message, details: [RPCStatus.Detail(type: type, value: bytes)])
  }
}

extension Danvan_V1_CursorBounds.Reason {
  fileprivate init(_ fault: CursorFault) {
    self =
      switch fault {
      case .malformed: .malformed
      case .anotherStore: .anotherStore
      case .compacted: .compacted
      case .ahead: .ahead
      }
  }
}
