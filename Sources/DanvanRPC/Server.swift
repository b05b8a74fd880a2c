/// Serves a router's methods on Unix sockets.
public final class Server: Sendable {
  /// Figures for a status page.
  public struct Counters: Sendable {
    public let connections: Int
    /// Server streams open now.
    public let streams: Int
    /// Since the start.
    public let calls: UInt64
  }

  /// `log` is called from any of the server's threads.
  public init(
    router: Router, options: ServerOptions = ServerOptions(),
    log: @escaping @Sendable (ServerLogRecord) -> Void = { _ in }
  ) {}

  /// Adds a listening socket; before `run`.
  public func listen(_ socket: ListeningSocket) {}

  /// Serves until `shutdown`, on the calling thread. Throws `ListeningError.system`.
  public func run() throws {}

  /// Ends `run` gracefully, from any thread: takes no new connections and calls, ends streams and
  /// long polls with UNAVAILABLE, lets calls in progress finish within the drain limit, removes
  /// the sockets it bound itself.
  public func shutdown() {}

  public var counters: Counters { Counters(connections: 0, streams: 0, calls: 0) }

  /// Hands `receive` a list of all open connections, on the I/O thread.
  public func connections(_ receive: @escaping @Sendable ([ConnectionInfo]) -> Void) {}
}
