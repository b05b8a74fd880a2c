import DanvanRPC
import Foundation
import TestSupport
import Testing

/// No input from a peer ends the server or costs it anything for good.
@Suite struct GarbageTests {
  @Test func damagedBytesLeaveNothingBehind() throws {
    let echo = try EchoServer()
    let inputs = try Vector.all().map(\.bytes).filter { $0.count < 4_000 }
    var numbers = SystemRandomNumberGenerator()
    for round in 0..<4 {
      for input in inputs {
        var bytes = input
        for _ in 0..<round + 1 where !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = numbers.next()
        }
        let raw = try RawConnection(echo.path)
        raw.send(bytes)
      }
      #expect(try echo.client().call("bench.Bench", "PooledEcho", [1]) == [1])
    }
    while echo.server.counters.connections > 0 { usleep(1_000) }
    #expect(echo.server.counters.streams == 0)
  }

  @Test func noiseLeavesNothingBehind() throws {
    let echo = try EchoServer()
    for _ in 0..<200 {
      let raw = try RawConnection(echo.path)
      raw.send((0..<500).map { _ in UInt8.random(in: 0...255) })
    }
    #expect(try echo.client().call("bench.Bench", "Echo", [1]) == [1])
    while echo.server.counters.connections > 0 { usleep(1_000) }
  }
}
