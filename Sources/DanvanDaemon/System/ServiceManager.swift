internal import Glibc

/// Tells the service manager how the daemon is doing: sd_notify(3), without its library.
///
/// Without NOTIFY_SOCKET every call does nothing.
struct ServiceManager: Sendable {
  private let peer: DatagramPeer?

  init(environment: [String: String]) {
    peer = environment["NOTIFY_SOCKET"].flatMap(DatagramPeer.init)
  }

  /// Whether anybody is told.
  var isThere: Bool { peer != nil }

  /// `status` is one line for people.
  func ready(status: String) { send("READY=1\nSTATUS=\(status)") }
  func status(_ status: String) { send("STATUS=\(status)") }
  func stopping() { send("STOPPING=1\nSTATUS=Stopping") }

  /// Sends assignments of sd_notify(3), a line each. A lost notice must not stop the daemon: failures
  /// are passed over.
  func send(_ message: String) {
    guard let peer, let descriptor = DatagramPeer.makeSocket() else { return }
    defer { close(descriptor) }
    _ = peer.send(Array(message.utf8), from: descriptor, isWaiting: true)
  }
}
