import Synchronization
import Testing

@testable import DanvanDaemon

@Suite struct WatchdogTests {
  @Test func reportsWhileServerAndWriterGetOn() throws {
    let daemon = Signs()
    let watchdog = try daemon.watchdog()
    var seen: UInt64?
    // Nothing can be said of the server before the first look.
    #expect(watchdog.report(since: &seen) == "WATCHDOG=1")
    #expect(watchdog.report(since: &seen) == "WATCHDOG=1")

    daemon.state.withLock { $0.answers = false }
    #expect(watchdog.report(since: &seen) == "WATCHDOG=1", "the beat asked for before has come")
    #expect(watchdog.report(since: &seen) == nil)
    daemon.state.withLock { $0.answers = true }
    #expect(watchdog.report(since: &seen) == nil)
    #expect(watchdog.report(since: &seen) == "WATCHDOG=1")
  }

  @Test func fallsSilentForAWriterThatHangsOrHasLostTheDisk() throws {
    let daemon = Signs()
    let watchdog = try daemon.watchdog()
    var seen: UInt64?
    daemon.state.withLock { $0.commitAge = .seconds(29) }
    #expect(watchdog.report(since: &seen) == "WATCHDOG=1")
    daemon.state.withLock { $0.commitAge = .seconds(30) }
    #expect(watchdog.report(since: &seen) == nil)
    daemon.state.withLock { $0.commitAge = nil }
    #expect(watchdog.report(since: &seen) == "WATCHDOG=1")
    daemon.state.withLock { $0.hasLostDisk = true }
    #expect(watchdog.report(since: &seen) == nil)
  }

  private static let environments: [([String: String], Duration?)] = [
    ([:], nil), (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "soon"], nil),
    (["WATCHDOG_USEC": "-1"], nil), (["WATCHDOG_USEC": "30000000"], .seconds(30)),
    (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"], .seconds(30)),
    (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"], nil),
  ]

  @Test(arguments: environments)
  func servesOnlyWhomTheManagerWatches(environment: [String: String], limit: Duration?) {
    #expect(Watchdog.limit(environment, pid: 7) == limit)
  }
}

/// A daemon whose signs of life are made up.
private final class Signs: Sendable {
  struct State {
    var answers = true
    var commitAge: Duration?
    var hasLostDisk = false
  }
  let state = Mutex(State())

  func watchdog() throws -> Watchdog {
    try #require(
      Watchdog(
        ServiceManager(environment: [:]), environment: ["WATCHDOG_USEC": "30000000"],
        Watchdog.Signs(
          pulse: { beat in if self.state.withLock({ $0.answers }) { beat() } },
          commitAge: { self.state.withLock { $0.commitAge } },
          hasLostDisk: { self.state.withLock { $0.hasLostDisk } })))
  }
}
