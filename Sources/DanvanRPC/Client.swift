/// A blocking client on one connection; for one thread at a time.
public final class Client {
  /// Connects to a Unix socket. Throws `ClientError.cannotConnect`.
  public init(socketPath: String) throws(ClientError) {
    throw .connectionLost("not yet")
  }

  /// Switches on what a Hello call has agreed.
  public func enable(_ agreed: Extension) {}

  /// One call and its answer.
  ///
  /// Throws `RPCStatus` for an answer that is an error (DEADLINE_EXCEEDED when `timeout` passes
  /// first), `ClientError` when the connection fails.
  public func call(
    _ service: String, _ method: String, _ payload: [UInt8], timeout: Duration? = nil,
    metadata: [(name: String, value: String)] = []
  ) throws -> [UInt8] { [] }

  /// Opens a server stream. `timeout` bounds the whole stream.
  public func stream(
    _ service: String, _ method: String, _ payload: [UInt8], timeout: Duration? = nil,
    metadata: [(name: String, value: String)] = []
  ) throws -> IncomingStream { throw ClientError.connectionLost("not yet") }

  /// For `poll`: readable when something has come. Look at `IncomingStream.hasMessage` first.
  public var fileDescriptor: Int32 { -1 }

  /// Closes the connection; the server cancels what was in progress on it.
  public func close() {}
}
