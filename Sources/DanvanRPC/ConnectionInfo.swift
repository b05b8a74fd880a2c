/// One connection as `Server.connections` shows it.
public struct ConnectionInfo: Sendable {
  /// A call or stream that is being worked on.
  public struct Call: Sendable {
    public let stream: UInt32
    /// Service and method.
    public let method: (service: String, name: String)
    /// For a stream, how far its source has come.
    public let position: Int64?
  }

  public let number: UInt64
  public let peer: Peer
  /// What the client said of itself in Hello; empty from one that did not.
  public let client: String
  public let features: Features
  public let age: Duration
  public let callCount: UInt64
  public let bytesIn: UInt64
  public let bytesOut: UInt64
  /// Bytes made ready and not yet taken by the peer's socket.
  public let bytesWaiting: Int
  public let inProgress: [Call]
}
