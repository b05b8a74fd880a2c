import Glibc

/// Waiting for a connection while somebody reads standard output.
enum Readiness {
  /// Waits until the descriptor is readable or `pause`, in seconds, is over.
  ///
  /// Throws `OutputClosed` as soon as nobody reads standard output any more.
  static func wait(for descriptor: Int32?, atMost pause: Double?) throws {
    var watched = [pollfd(fd: 1, events: 0, revents: 0)]
    if let descriptor { watched.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
    let milliseconds = pause.map { Int32(min(max($0, 0), 1e6) * 1000) + 1 }
    let count = poll(&watched, nfds_t(watched.count), milliseconds ?? -1)
    if count > 0, watched[0].revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 {
      throw OutputClosed()
    }
  }
}
