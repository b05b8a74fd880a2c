internal import DanvanRPC

/// The encoded messages of a server stream as they come. For the thread of its connection.
public final class MessageStream {
  public enum Step: Sendable {
    case message([UInt8])
    /// Nothing came within the time given; the stream goes on.
    case nothing
    case end
  }

  private let stream: IncomingStream

  init(_ stream: IncomingStream) { self.stream = stream }

  /// The next message; waits for it at most `timeout`, or for ever. Throws `DaemonError`.
  public func next(timeout: Duration? = nil) throws(DaemonError) -> Step {
    try DaemonConnection.translated {
      do {
        return try stream.next(timeout: timeout).map { .message($0) } ?? .end
      } catch ClientError.nothingYet {
        return .nothing
      }
    }
  }

  /// Whether `next` would answer without waiting.
  public var hasMessage: Bool { stream.hasMessage }

  /// For `poll` beside other descriptors. Look at `hasMessage` first.
  public var fileDescriptor: Int32 { stream.fileDescriptor }

  /// Ends the stream; `next` then throws CANCELLED.
  func cancel() { stream.cancel() }
}
