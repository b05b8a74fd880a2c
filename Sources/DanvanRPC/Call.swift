/// One request as its handler sees it.
public struct Call: Sendable {
  public let service: String
  public let method: String
  /// The request message, encoded.
  public let payload: [UInt8]
  public let peer: Peer
  /// The pairs the client sent, in order; names may repeat.
  public let metadata: [(name: String, value: String)]
  /// When the client stops waiting; nil when it waits for ever.
  public let deadline: ContinuousClock.Instant?
  /// Whether this peer reads zlib, so that bytes stored compressed may be passed on as they are.
  public let acceptsZlib: Bool
  /// The connection's number, unique within this server's life.
  public let connection: UInt64

  let cancellation: Cancellation

  /// Whether the answer is no longer wanted: the client cancelled, closed, or its deadline passed.
  public var isCancelled: Bool {
    if cancellation.isCancelled { return true }
    guard let deadline else { return false }
    return ContinuousClock.now >= deadline
  }

  /// Runs `action` once when the call is cancelled or its deadline passes, at once if that has
  /// happened already, on any thread; never after the call has been answered.
  public func onCancel(_ action: @escaping @Sendable () -> Void) { cancellation.add(action) }
}
