/// The messages of one server stream as they come.
public final class IncomingStream {
  init() {}
  /// Whether `next` would answer without waiting.
  public var hasMessage: Bool { false }

  /// For `poll`, together with other descriptors.
  public var fileDescriptor: Int32 { -1 }

  /// The next message, or nil when the stream has ended well.
  ///
  /// Throws `RPCStatus` when the stream ended badly, `ClientError.nothingYet` when `timeout` passed
  /// (the stream goes on), `ClientError.connectionLost`.
  public func next(timeout: Duration? = nil) throws -> [UInt8]? { nil }

  /// Ends the stream from this side; `next` then throws CANCELLED. Without the cancel feature the
  /// server only learns of it when the connection closes.
  public func cancel() {}
}
