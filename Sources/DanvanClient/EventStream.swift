public import DanvanMessages
internal import DanvanRPC
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

  private let stream: IncomingStream

  init(_ stream: IncomingStream) { self.stream = stream }

  /// The next event; waits for it at most `timeout`, or for ever.
  ///
  /// Throws `DaemonError.status` when the daemon ends the watch with an error (UNAVAILABLE: it
  /// stops; start again from the last cursor) and `lost` when the connection fails.
  public func next(timeout: Duration? = nil) throws(DaemonError) -> Step {
    try DaemonConnection.translated {
      do {
        guard let bytes = try stream.next(timeout: timeout) else { return .end }
        return .event(try Danvan_V1_WatchEvent(serializedBytes: bytes))
      } catch ClientError.nothingYet {
        return .nothing
      }
    }
  }

  /// Whether `next` would answer without waiting.
  public var hasEvent: Bool { stream.hasMessage }

  /// For `poll` beside other descriptors: readable when something has come. Look at `hasEvent`
  /// first.
  public var fileDescriptor: Int32 { stream.fileDescriptor }

  /// Ends the watch; `next` then throws CANCELLED.
  public func cancel() { stream.cancel() }
}
