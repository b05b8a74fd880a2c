internal import Glibc

/// SIGTERM, SIGINT and SIGHUP, turned into calls on a thread of its own.
enum Signals {
  /// Takes the signals away from every thread made after this; call it before the first one is.
  static func block() {
    var set = signals()
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Calls `reload` at each SIGHUP, and `stop` with the signal's name when the first of the others
  /// comes. A second one ends the process at once: whoever sends it has no time for an orderly end,
  /// and the store survives a kill.
  static func onArrival(
    reload: @escaping @Sendable () -> Void, stop: @escaping @Sendable (String) -> Void
  ) throws {
    try BackgroundThread.start {
      guard let first = next(reload) else { return }
      stop(first == SIGINT ? "SIGINT" : "SIGTERM")
      guard let second = next({}) else { return }
      _exit(128 + second)
    }
  }

  /// The next signal that is to end the process; nil where the system gives none.
  private static func next(_ reload: () -> Void) -> Int32? {
    var set = signals()
    var number: Int32 = 0
    while sigwait(&set, &number) == 0 {
      if number != SIGHUP { return number }
      reload()
    }
    return nil
  }

  private static func signals() -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
    return set
  }
}
