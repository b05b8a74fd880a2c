internal import Synchronization

/// Rings the I/O thread once, however often it is rung, until it is armed again.
final class Bell: Sendable {
  private let hasRung = Atomic(false)
  private let inbox: Inbox
  private let connection: UInt64
  private let stream: UInt32

  init(_ inbox: Inbox, connection: UInt64, stream: UInt32) {
    self.inbox = inbox
    self.connection = connection
    self.stream = stream
  }

  func ring() {
    guard !hasRung.exchange(true, ordering: .acquiringAndReleasing) else { return }
    inbox.post(.woken(connection: connection, stream: stream))
  }

  /// Before the source is asked: what rings from now on is news.
  func arm() { hasRung.store(false, ordering: .sequentiallyConsistent) }
}
