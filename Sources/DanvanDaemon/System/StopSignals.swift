internal import Glibc

/// SIGTERM and SIGINT, turned into one call on a thread of its own.
enum StopSignals {
  /// Takes the signals away from every thread made after this; call it before the first one is.
  static func block() {
    var set = signals()
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Calls `stop` with the signal's name when the first one comes. A second one ends the process at
  /// once: whoever sends it has no time for an orderly end, and the store survives a kill.
  static func onArrival(_ stop: @escaping @Sendable (String) -> Void) throws {
    try BackgroundThread.start {
      var set = signals()
      var number: Int32 = 0
      guard sigwait(&set, &number) == 0 else { return }
      stop(number == SIGINT ? "SIGINT" : "SIGTERM")
      guard sigwait(&set, &number) == 0 else { return }
      _exit(128 + number)
    }
  }

  private static func signals() -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTERM)
    sigaddset(&set, SIGINT)
    return set
  }
}
