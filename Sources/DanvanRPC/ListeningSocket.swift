/// A Unix socket that takes connections.
public struct ListeningSocket: Sendable {
  public let fileDescriptor: Int32
  /// What calls see as `Peer.socketName`.
  public let name: String
  public let path: String

  /// Binds `path`, mode 0600, and listens.
  public static func bind(path: String, name: String = "own") throws(ListeningError)
    -> ListeningSocket
  { throw .system("not yet", 0) }

  /// The sockets systemd passed to this process (LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES), by name;
  /// empty when it passed none.
  public static func inherited() throws(ListeningError) -> [ListeningSocket] { [] }
}
