/// The bounds of a server; the defaults are those of the specification.
public struct ServerOptions: Sendable {
  /// Threads for handlers that are not inline; started as they are needed.
  public var workers = 4
  /// Threads besides those for calls with a request longer than `longRequest` bytes: their work may
  /// take seconds, and short calls do not wait for it.
  public var longWorkers = 2
  public var longRequest = 262_144
  /// Calls waiting for a worker before further ones are refused with RESOURCE_EXHAUSTED.
  public var queuedCalls = 1_024
  /// Open connections of one user; nil for no bound.
  public var connectionsPerUser: Int?
  /// Calls and streams in progress on one connection.
  public var streamsPerConnection = 256
  /// The longest inflated frame this server takes, in bytes.
  public var maxInflated = Extension.defaultInflated
  /// Bytes that requests, frames not finished and answers not read may take for all connections
  /// together, before the one that holds the most of them is closed.
  public var heldBytes = 134_217_728
  /// How long a peer may take to finish a frame it has begun.
  public var frameDeadline: Duration = .seconds(30)
  /// How long `shutdown` waits for calls in progress.
  public var drainLimit: Duration = .seconds(5)

  public init() {}
}

/// One line of a server's log.
public struct ServerLogRecord: Sendable {
  public enum Level: Sendable { case debug, info, warning, error }
  public let level: Level
  public let message: String
  public let connection: UInt64?
  public let peer: Peer?
}
