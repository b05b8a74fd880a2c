internal import DanvanModel
internal import Glibc

/// Wakes the one thread that waits for it; a ring before the wait is not lost.
final class Bell: Sendable {
  // A pipe: poll(2) waits for it with a limit, and a byte in it stays until it is read.
  private let reading: Int32
  private let writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw DanvanError(
        .resourceExhausted, "cannot make a pipe", cause: String(cString: strerror(errno)))
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// A full pipe has rung already.
  func ring() {
    var byte: UInt8 = 0
    while write(writing, &byte, 1) < 0, errno == EINTR {}
  }

  /// Returns after a ring, after `limit`, or when `other` can be read; may return early.
  func wait(atMost limit: Duration?, orFor other: Int32 = -1) {
    var milliseconds: Int32 = -1
    if let limit {
      let (seconds, attoseconds) = limit.components
      let rounded = seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1
      milliseconds = Int32(clamping: max(0, rounded))
    }
    // A negative descriptor is passed over.
    var entries = [reading, other].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    poll(&entries, 2, milliseconds)
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reading, &bytes, bytes.count) == bytes.count {}
  }
}
