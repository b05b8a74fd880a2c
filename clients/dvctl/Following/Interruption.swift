import Glibc

/// Signals that end a watch, and the end of a child: bytes in a pipe, to be polled for.
enum Interruption {
  nonisolated(unsafe) private static var readEnd: Int32 = -1
  nonisolated(unsafe) private static var writeEnd: Int32 = -1
  nonisolated(unsafe) private static var first: Int32 = 0

  /// The signal that asked for the end; nil as long as none has.
  static var received: Int32? { first == 0 ? nil : first }

  /// From here on SIGINT, SIGTERM and SIGHUP are noted, not obeyed; SIGCHLD wakes. A hang-up that the
  /// starter had ignored, as nohup does, stays ignored.
  static func begin() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw Failure(.failed, "SYSTEM", Localized("no pipe: \(Localized(system: errno))"))
    }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
    var hangUp = sigaction()
    sigaction(SIGHUP, nil, &hangUp)
    let handler = hangUp.__sigaction_handler.sa_handler
    let isIgnored = handler.map { unsafeBitCast($0, to: Int.self) } == 1
    let numbers = [SIGINT, SIGTERM, SIGCHLD] + (isIgnored ? [] : [SIGHUP])
    for number in numbers {
      signal(number) { Interruption.note($0) }
    }
    // Whoever started this program may have blocked them, and a mask is inherited.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    for number in numbers { sigaddset(&wanted, number) }
    sigprocmask(SIG_UNBLOCK, &wanted, nil)
  }

  /// In a signal's handler: nothing but plain stores and a write.
  private static func note(_ number: Int32) {
    let saved = errno
    if number != SIGCHLD, first == 0 { first = number }
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(writeEnd, &byte, 1)
    errno = saved
  }

  /// Waits until the descriptor is readable, a signal has come or the time is over; nil: for ever.
  /// True when nobody reads standard output any more. Works also without `begin`, then for no signal.
  static func wait(for descriptor: Int32?, seconds: Double?) -> Bool {
    var watched = [
      pollfd(fd: 1, events: 0, revents: 0), pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
    ]
    if let descriptor { watched.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
    let milliseconds = seconds.map { Int32(max(0, min($0, 1e6)) * 1000) + 1 } ?? -1
    guard poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return false }
    if watched[1].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 64)
      while read(readEnd, &bytes, bytes.count) > 0 {}
    }
    return watched[0].revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
  }

  /// Waits as `wait` does; throws `OutputClosed` when nobody reads standard output any more.
  static func waitWhileRead(for descriptor: Int32?, seconds: Double?) throws {
    if wait(for: descriptor, seconds: seconds) { throw OutputClosed() }
  }

  /// Ends the process as the signal would have: 0 for Ctrl-C on a terminal, else by the signal.
  static func end() {
    guard let received else { return }
    if received == SIGINT, isatty(0) == 1 || isatty(1) == 1 { exit(ExitStatus.success.rawValue) }
    signal(received, SIG_DFL)
    raise(received)
  }
}
