internal import Glibc

extension ListeningSocket {
  private static let firstPassed: Int32 = 3

  /// The sockets systemd passed to this process, each with its name; empty when it passed none.
  ///
  /// They are told apart by name and never by place: systemd does not keep the order. The variables
  /// are removed, so that no child takes them for its own. Throws `ListeningError.badActivation`.
  public static func inherited() throws(ListeningError) -> [ListeningSocket] {
    let passed = try inherited { name in getenv(name).map { String(cString: $0) } }
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
    return passed
  }

  /// The same from any environment.
  static func inherited(
    environment: (String) -> String?
  ) throws(ListeningError) -> [ListeningSocket] {
    guard let pid = environment("LISTEN_PID"), Int32(pid) == getpid(),
      let text = environment("LISTEN_FDS")
    else { return [] }
    guard let count = Int32(text), 0...64 ~= count else {
      throw .badActivation("LISTEN_FDS is \(text)")
    }
    let names = (environment("LISTEN_FDNAMES") ?? "")
      .split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard count == 0 || names.count == Int(count), !names.contains("") else {
      throw .badActivation("LISTEN_FDNAMES does not name \(count) sockets")
    }
    var sockets: [ListeningSocket] = []
    for (number, name) in zip(firstPassed..<firstPassed + count, names) {
      try check(number, name)
      sockets.append(ListeningSocket(fileDescriptor: number, name: name, path: "", identity: nil))
    }
    return sockets
  }

  private static func check(_ number: Int32, _ name: String) throws(ListeningError) {
    var isListening: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0,
      isListening == 1
    else { throw .badActivation("descriptor \(number) (\(name)) is not a listening socket") }
    guard fcntl(number, F_SETFD, FD_CLOEXEC) == 0,
      fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) == 0
    else { throw .system("cannot set up descriptor \(number)", lastError) }
  }
}
