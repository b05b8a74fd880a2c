import Foundation
import Synchronization
import Testing

@testable import DanvanRPC

/// The list of what is to happen at which time.
struct DeadlineTests {
  /// A frame that is begun has a time to end; peers that have gone since leave nothing of it behind, however many
  /// they were.
  @Test func whatPeersOfThePastWereGivenTimeForIsForgotten() throws {
    let folder = NSTemporaryDirectory() + "deadlines-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (inbox, gauges) = (try Inbox(), ServerGauges())
    // Read only after its thread has ended.
    nonisolated(unsafe) let loop = try ServerLoop(
      router: Router(), options: ServerOptions(), inbox: inbox, gauges: gauges,
      listeners: [try ListeningSocket.bind(path: folder + "/s")], log: { _ in })
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      loop.run()
      done.signal()
    }
    for turn in 1...30 {
      let peers = try (0..<100).map { _ in try RawConnection(folder + "/s") }
      for peer in peers { peer.send([0, 0, 0]) }
      // Read before they go, or there is no frame.
      while gauges.bytesIn.load(ordering: .relaxed) < turn * 300 { usleep(1_000) }
      withExtendedLifetime(peers) {}
    }
    while gauges.connections.load(ordering: .relaxed) > 0 { usleep(1_000) }
    inbox.post(.shutdown)
    done.wait()
    #expect((1...2_000).contains(loop.deadlines.count), "\(loop.deadlines.count)")
  }
}
