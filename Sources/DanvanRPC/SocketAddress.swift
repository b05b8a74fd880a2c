internal import Glibc

/// The address of a Unix socket in the file system.
struct SocketAddress {
  static let longestPath = 107

  let path: String
  private var address = sockaddr_un()

  /// Throws `ListeningError.pathTooLong`, and `.system` for an empty path or one with a NUL.
  init(path: String) throws(ListeningError) {
    self.path = path
    let bytes = Array(path.utf8)
    guard bytes.count <= Self.longestPath else {
      throw .pathTooLong(path, bytes: bytes.count)
    }
    guard !bytes.isEmpty, !bytes.contains(0) else { throw .system("cannot use the path", EINVAL) }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  }

  func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
