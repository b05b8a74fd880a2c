public import DanvanMessages
internal import SwiftProtobuf

/// The events of one watch as they come. For the thread of its connection.
public final class EventStream {
  public enum Step: Sendable {
    case event(Danvan_V1_WatchEvent)
    /// Nothing came within the time given; the watch goes on.
    case nothing
    /// The daemon has ended the watch.
    case end
  }

  private let messages: MessageStream

  init(_ messages: MessageStream) { self.messages = messages }

  /// The next event; waits for it at most `timeout`, or for ever.
  ///
  /// Throws `DaemonError.status` when the daemon ends the watch with an error (UNAVAILABLE: it
  /// stops; start again from the last cursor) and `lost` when the connection fails.
  public func next(timeout: Duration? = nil) throws(DaemonError) -> Step {
    switch try messages.next(timeout: timeout) {
    case .message(let bytes):
      try DaemonConnection.translated { .event(try Danvan_V1_WatchEvent(serializedBytes: bytes)) }
    case .nothing: .nothing
    case .end: .end
    }
  }

  /// Whether `next` would answer without waiting.
  public var hasEvent: Bool { messages.hasMessage }

  /// For `poll` beside other descriptors: readable when something has come. Look at `hasEvent`
  /// first.
  public var fileDescriptor: Int32 { messages.fileDescriptor }

  /// Ends the watch; `next` then throws CANCELLED.
  public func cancel() { messages.cancel() }
}
