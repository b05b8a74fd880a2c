import Glibc

/// A file of JSON lines that grows by a line for each rejected document.
final class RejectFile {
  private let path: String
  private let descriptor: Int32

  /// Opens the file to write behind what is in it. Throws where it cannot be.
  init(path: String) throws(Failure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ row: JSON) throws(Failure) {
    let bytes = Array((row.compact + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 || errno == EINTR else { throw Self.failure(path, errno) }
      written += max(0, count)
    }
  }

  private static func failure(_ path: String, _ number: Int32) -> Failure {
    Failure(.failed, "UNAVAILABLE", Localized("\(path): \(Localized(system: number))"))
  }
}
