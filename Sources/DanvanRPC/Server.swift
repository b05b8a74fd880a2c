internal import Synchronization

/// Serves a router's methods on Unix sockets.
public final class Server: Sendable {
  /// Figures for a status page.
  public struct Counters: Sendable {
    public let connections: Int
    /// Server streams open now.
    public let streams: Int
    /// Since the start, as are the bytes.
    public let calls: UInt64
    public let bytesIn: UInt64
    public let bytesOut: UInt64
  }

  private let router: Router
  private let options: ServerOptions
  private let log: @Sendable (ServerLogRecord) -> Void
  private let inbox: Inbox
  private let gauges = ServerGauges()
  private let listeners = Mutex<[ListeningSocket]>([])

  /// `log` is called from any of the server's threads. Throws `ListeningError.system`.
  public init(
    router: Router, options: ServerOptions = ServerOptions(),
    log: @escaping @Sendable (ServerLogRecord) -> Void = { _ in }
  ) throws(ListeningError) {
    self.router = router
    self.options = options
    self.log = log
    inbox = try Inbox()
  }

  /// Adds a listening socket; before `run`, which closes it in the end.
  public func listen(_ socket: ListeningSocket) { listeners.withLock { $0.append(socket) } }

  /// Serves until `shutdown`, on the calling thread. Throws `ListeningError.system`.
  public func run() throws(ListeningError) {
    let loop = try ServerLoop(
      router: router, options: options, inbox: inbox, gauges: gauges,
      listeners: listeners.withLock { $0 }, log: log)
    loop.run()
  }

  /// Ends `run` gracefully, from any thread: takes no new connections and calls, ends streams and
  /// long polls with UNAVAILABLE, lets calls in progress finish within the drain limit, removes
  /// the sockets it bound itself.
  public func shutdown() { inbox.post(.shutdown) }

  public var counters: Counters {
    Counters(
      connections: gauges.connections.load(ordering: .relaxed),
      streams: gauges.streams.load(ordering: .relaxed),
      calls: gauges.calls.load(ordering: .relaxed),
      bytesIn: gauges.bytesIn.load(ordering: .relaxed),
      bytesOut: gauges.bytesOut.load(ordering: .relaxed))
  }

  /// Calls `beat` on the I/O thread as soon as that gets to it: whether and when it comes tells how
  /// the server is. `beat` must not block.
  public func pulse(_ beat: @escaping @Sendable () -> Void) { inbox.post(.pulse(beat)) }

  /// Hands `receive` a list of all open connections, by number, on a worker.
  public func connections(_ receive: @escaping @Sendable ([ConnectionInfo]) -> Void) {
    inbox.post(.inspect(receive))
  }

  /// Begins to follow frames; connections that nobody follows pay nothing for it.
  public func trace(_ tap: FrameTap) { inbox.post(.trace(tap)) }

  public func endTrace(_ tap: FrameTap) { inbox.post(.endTrace(tap)) }
}
