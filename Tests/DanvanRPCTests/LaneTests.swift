import DanvanRPC
import Dispatch
import Testing

/// Calls with long requests have workers of their own.
@Suite struct LaneTests {
  @Test func shortCallsDoNotWaitForLongOnes() throws {
    var options = ServerOptions()
    (options.workers, options.longWorkers, options.longRequest) = (2, 1, 1_000)
    let server = try EchoServer(options)
    let client = try server.client()
    let long = [UInt8](repeating: 1, count: options.longRequest + 1)
    // More of them than there are workers of both kinds, none of which ends before it is cancelled.
    let others = try (0..<5).map { _ in try server.client() }
    for other in others { _ = try other.begin("bench.Bench", "UntilCancelled", long) }
    server.watch.began.wait()
    #expect(try client.call("bench.Bench", "PooledEcho", [1, 2], timeout: .seconds(60)) == [1, 2])
    let large = try client.call("bench.Bench", "PooledLarge", [3, 13, 64], timeout: .seconds(60))
    #expect(large.count == 200_000)

    // The long ones are done one after the other, as the one in front of them is cancelled.
    for other in others { other.close() }
    server.watch.cancelled.wait()
    #expect(try client.call("bench.Bench", "PooledEcho", long, timeout: .seconds(60)) == long)
  }

  @Test func tooManyWaitingCallsAreRefused() throws {
    var options = ServerOptions()
    (options.workers, options.queuedCalls) = (1, 1)
    let server = try EchoServer(options)
    let holder = try server.client()
    _ = try holder.begin("bench.Bench", "UntilCancelled", [])
    server.watch.began.wait()
    let client = try server.client()
    let waiting = try client.begin("bench.Bench", "PooledEcho", [1])
    let refused = #expect(throws: RPCStatus.self) {
      try client.call("bench.Bench", "PooledEcho", [2], timeout: .seconds(60))
    }
    #expect(refused?.code == 8)
    holder.close()
    #expect(try client.answer(to: waiting) == [1])
  }
}
