import DanvanRPC
import Foundation
import Testing

/// Following the frames of connections.
@Suite struct TraceTests {
  private func tap(
    _ echo: EchoServer, connection: UInt64? = nil, reader: UInt64 = 0
  ) -> (tap: FrameTap, woken: DispatchSemaphore) {
    let woken = DispatchSemaphore(value: 0)
    let tap = FrameTap(connection: connection, reader: reader) { woken.signal() }
    echo.server.trace(tap)
    settle(echo)
    return (tap, woken)
  }

  /// Waits until the server has done what it was told to before.
  private func settle(_ echo: EchoServer) {
    let done = DispatchSemaphore(value: 0)
    echo.server.connections { _ in done.signal() }
    done.wait()
  }

  @Test func framesOfBothSidesInTheirOrder() throws {
    let echo = try EchoServer()
    let (tap, _) = tap(echo)
    let client = try echo.extendedClient()
    #expect(try client.call("bench.Bench", "Echo", [1, 2, 3], timeout: .seconds(7)) == [1, 2, 3])
    _ = try? client.call("bench.Bench", "Fail", [], metadata: [("who", "me")])
    let entries = tap.take(most: 100).entries
    #expect(entries.map(\.frame.isFromPeer) == [true, false, true, false, true, false])
    #expect(entries.map(\.frame.header.type) == [1, 2, 1, 2, 1, 2])
    #expect(Set(entries.map(\.connection)).count == 1)
    let contents = entries.map(\.frame.content)
    try #require(contents.count == 6)
    #expect(
      contents[2]
        == .request(
          service: "bench.Bench", method: "Echo", timeoutNanoseconds: 7_000_000_000, metadata: [],
          bytes: 3))
    #expect(contents[3] == .message(bytes: 3))
    guard case .request(_, "Fail", 0, ["who"], 0) = contents[4] else {
      Issue.record("\(contents[4])")
      return
    }
    #expect(
      contents[5]
        == .status(RPCStatus(.notFound, "nothing", details: [.init(type: "t", value: [1, 2])])))
    #expect(tap.take(most: 100).entries.isEmpty)
  }

  @Test func whatIsNotReadIsCountedAndNotKept() throws {
    let echo = try EchoServer()
    let (tap, _) = tap(echo)
    let client = try echo.client()
    for _ in 0..<5_000 { _ = try client.call("bench.Bench", "Echo", []) }
    var taken = 0
    var missed = 0
    while true {
      let (entries, lost, _) = tap.take(most: 1_000)
      if entries.isEmpty { break }
      taken += entries.count
      missed += lost
    }
    #expect(taken == 8_192)
    #expect(taken + missed == 10_000)
  }

  @Test func oneConnectionUntilItsEnd() throws {
    let echo = try EchoServer()
    let first = try echo.client()
    let second = try echo.client()
    _ = try first.call("bench.Bench", "Echo", [])
    _ = try second.call("bench.Bench", "Echo", [])
    let (all, _) = tap(echo)
    _ = try second.call("bench.Bench", "Echo", [])
    let number = try #require(all.take(most: 1).entries.first?.connection)
    let (one, woken) = tap(echo, connection: number)
    let (others, _) = tap(echo, reader: number)
    let (none, _) = tap(echo, connection: 7)
    _ = try first.call("bench.Bench", "Echo", [])
    #expect(one.take(most: 9).entries.isEmpty)
    #expect(others.take(most: 9).entries.count == 2)
    #expect(none.take(most: 9).end == .unknown)
    second.close()
    #expect(woken.wait(timeout: .now() + 20) == .success)
    #expect(one.take(most: 9).end == .closed)
    echo.server.endTrace(others)
    settle(echo)
    _ = try first.call("bench.Bench", "Echo", [])
    #expect(others.take(most: 9).entries.isEmpty)
  }
}
