import DanvanRPC
import Foundation
import Testing

@Suite struct UnreadTests {
  @Test func aClientThatNeverReadsItsAnswersIsLetGo() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    // Twenty-four answers of nearly 4 MiB, asked for in one small write.
    let calls = (0..<24).flatMap {
      frame(UInt32(2 * $0 + 1), 1, 0, request("PooledLarge", [0x3f, 0, 0]))
    }
    raw.send(calls)
    while echo.server.counters.connections > 0 { usleep(1_000) }
    #expect(try echo.client().call("bench.Bench", "Echo", [1]) == [1])
  }
}
