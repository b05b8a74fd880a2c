/// The messages of one server stream as they come.
///
/// Letting go of it ends the stream.
public final class IncomingStream {
  private let client: Client
  private let stream: UInt32
  private let inbox: StreamInbox

  init(_ client: Client, _ stream: UInt32, _ inbox: StreamInbox) {
    self.client = client
    self.stream = stream
    self.inbox = inbox
  }

  deinit { client.forget(stream) }

  /// Whether `next` would answer without waiting.
  public var hasMessage: Bool { inbox.isReady }

  /// For `poll`, together with other descriptors.
  public var fileDescriptor: Int32 { client.fileDescriptor }

  /// The next message, or nil when the stream has ended well.
  ///
  /// Throws `RPCStatus` when the stream ended badly, `ClientError.nothingYet` when `timeout` passed
  /// (the stream goes on), `ClientError.connectionLost`.
  public func next(timeout: Duration? = nil) throws -> [UInt8]? {
    try client.next(stream, inbox, until: timeout.map { ContinuousClock.now + $0 })
  }

  /// Ends the stream from this side; `next` then throws CANCELLED. Without the cancel feature the
  /// server only learns of it when the connection closes.
  public func cancel() { client.cancel(stream) }
}
