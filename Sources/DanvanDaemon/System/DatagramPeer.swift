internal import Glibc

/// A datagram socket of this machine to which messages are sent, known by its path.
struct DatagramPeer: Sendable {
  /// As the address holds it.
  private let name: [UInt8]

  /// `@` stands for the NUL with which a name in the abstract namespace begins. Nil for what is no absolute
  /// path, or too long for an address.
  init?(_ path: String) {
    guard path.hasPrefix("/") || path.hasPrefix("@"),
      path.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
    else { return nil }
    name = path.hasPrefix("@") ? [0] + path.utf8.dropFirst() : Array(path.utf8)
  }

  /// A socket to send from; nil where the system gives none.
  static func makeSocket() -> Int32? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    return descriptor >= 0 ? descriptor : nil
  }

  /// Sends one message; returns the error number, 0 for none. With `isWaiting` false a full socket is EAGAIN.
  func send(_ bytes: [UInt8], from descriptor: Int32, isWaiting: Bool) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let flags = Int32(MSG_NOSIGNAL) | (isWaiting ? 0 : Int32(MSG_DONTWAIT))
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, flags, $0, length) < 0 ? errno : 0
      }
    }
  }
}
