import DanvanRPC
import Foundation
import Testing

/// Deadlines, cancelling, closing: every call ends exactly once.
@Suite struct EndingTests {
  @Test(arguments: ["UntilCancelled", "Later"])
  func aDeadlineEndsACall(method: String) throws {
    let echo = try EchoServer()
    let client = try echo.client()
    let status = #expect(throws: RPCStatus.self) {
      try client.call("bench.Bench", method, [], timeout: .milliseconds(200))
    }
    #expect(status?.code == 4)
    #expect(echo.watch.cancelled.wait(timeout: .now() + 10) == .success)
    #expect(try client.call("bench.Bench", "Echo", [1]) == [1])
  }

  @Test(arguments: ["Echo", "PooledEcho", "Watch"])
  func aDeadlineInThePastIsOver(method: String) throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    // timeout_nano = -1
    let past = [UInt8(0x20)] + [UInt8](repeating: 0xff, count: 9) + [1]
    raw.send(frame(1, 1, 0, request(method) + past))
    #expect(raw.frame()?.data[2...3] == [0x08, 0x04])
  }

  @Test func aDeadlineEndsAStreamWithOneTerminalFrame() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    raw.send(frame(1, 1, 1, request("Watch") + [0x20, 0x80, 0x84, 0xaf, 0x5f]))  // 200 ms
    let end = try #require(raw.frame())
    #expect(end.header.type == 2 && end.data[2...3] == [0x08, 0x04])
    echo.watch.append(1)
    raw.send(frame(3, 1, 0, request("Echo", [1])))
    #expect(raw.frame()?.header.stream == 3)
    #expect(echo.watch.closed.wait(timeout: .now() + 10) == .success)
  }

  @Test(arguments: ["UntilCancelled", "Later"])
  func cancelReachesTheHandler(method: String) throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    raw.send(frame(1, 1, 0, request("Hello", [Features.all.rawValue])))
    _ = raw.frame()
    raw.send(frame(3, 1, 0, request(method)))
    echo.watch.began.wait()
    raw.send(frame(3, 0x81, 0) + frame(3, 0x81, 0) + frame(99, 0x81, 0))
    let answer = try #require(raw.frame())
    #expect(answer.header.stream == 3 && answer.data[2...3] == [0x08, 0x01])
    #expect(echo.watch.cancelled.wait(timeout: .now() + 10) == .success)
    raw.send(frame(5, 1, 0, request("Echo", [1])))
    #expect(raw.frame()?.header.stream == 5)
  }

  /// Answer and deadline race; each stream gets one terminal frame, whichever comes first.
  @Test func aDeadlineAtTheAnswersTimeEndsTheCallOnce() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    let streams = stride(from: UInt32(1), to: 401, by: 2)
    for stream in streams {
      // Field 4, timeout_nano: from 1 to some 100,000 ns.
      let nanoseconds = UInt64(stream) * 251
      let varint = [
        UInt8(nanoseconds & 0x7F) | 0x80, UInt8(nanoseconds >> 7 & 0x7F) | 0x80,
        UInt8(nanoseconds >> 14 & 0x7F),
      ]
      raw.send(frame(stream, 1, 0, request("PooledEcho", [7]) + [0x20] + varint))
    }
    raw.send(frame(0xFFFF_FFFD, 1, 0, request("PooledEcho", [8])))
    var endings: [UInt32: Int] = [:]
    while endings.count < streams.underestimatedCount + 1, let frame = raw.frame() {
      endings[frame.header.stream, default: 0] += 1
    }
    // What would come twice would have come before this.
    raw.send(frame(0xFFFF_FFFF, 1, 0, request("PooledEcho", [9])))
    while let frame = raw.frame(), frame.header.stream != 0xFFFF_FFFF {
      endings[frame.header.stream, default: 0] += 1
    }
    #expect(endings.count == 201)
    #expect(endings.values.allSatisfy { $0 == 1 })
  }

  @Test func withoutHelloCancelMeansNothing() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    raw.send(frame(1, 1, 0, request("Later")) + frame(1, 0x81, 0))
    while echo.watch.answerAll(.success([3])) == 0 { usleep(1_000) }
    #expect(raw.frame()?.data == [0x12, 1, 3])
  }

  @Test(arguments: ["UntilCancelled", "Later"])
  func closingTheConnectionCancels(method: String) throws {
    let echo = try EchoServer()
    do {
      let raw = try RawConnection(echo.path)
      raw.send(frame(1, 1, 0, request(method)))
      echo.watch.began.wait()
    }
    #expect(echo.watch.cancelled.wait(timeout: .now() + 10) == .success)
  }

  @Test func closingTheConnectionClosesTheSource() throws {
    let echo = try EchoServer()
    do {
      let stream = try echo.client().stream("bench.Bench", "Flood", [])
      _ = try stream.next()
    }
    #expect(echo.watch.closed.wait(timeout: .now() + 10) == .success)
  }

  @Test func aHalfClosedClientStillGetsItsAnswers() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    raw.send(frame(1, 1, 0, request("PooledEcho", [4])) + frame(3, 1, 0, request("Later")))
    shutdown(raw.number, Int32(SHUT_WR))
    #expect(raw.frame()?.data == [0x12, 1, 4])
    while echo.watch.answerAll(.success([5])) == 0 { usleep(1_000) }
    #expect(raw.frame()?.data == [0x12, 1, 5])
    #expect(raw.isClosedByServer)
  }

  @Test func aFrameNotFinishedInTimeClosesTheConnection() throws {
    var options = ServerOptions()
    options.frameDeadline = .milliseconds(50)
    let echo = try EchoServer(options)
    let raw = try RawConnection(echo.path)
    raw.send([0, 0, 1])
    #expect(raw.isClosedByServer)
    #expect(try echo.client().call("bench.Bench", "Echo", [1]) == [1])
  }

  @Test func oneUsersConnectionsAreBounded() throws {
    var options = ServerOptions()
    options.connectionsPerUser = 2
    let echo = try EchoServer(options)
    let first = try echo.client()
    #expect(try first.call("bench.Bench", "Echo", [1]) == [1])
    do {
      let second = try echo.client()
      #expect(try second.call("bench.Bench", "Echo", [1]) == [1])
      let third = try echo.client()
      let status = #expect(throws: RPCStatus.self) { try third.call("bench.Bench", "Echo", [1]) }
      #expect(status?.code == 8)
    }
    // Those that closed make room.
    while echo.server.counters.connections > 1 { usleep(1_000) }
    #expect(try echo.client().call("bench.Bench", "Echo", [1]) == [1])
  }

  @Test func dropsWithoutEndAreStopped() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    raw.send(frame(1, 1, 0, request("Hello", [Features.all.rawValue])))
    _ = raw.frame()
    var storm: [UInt8] = []
    for stream in stride(from: UInt32(3), to: 6_003, by: 2) {
      storm += frame(stream, 1, 0, request("Later")) + frame(stream, 0x81, 0)
    }
    raw.send(storm)
    var last: RawConnection.Frame?
    var goaways = 0
    while let frame = raw.frame() {
      last = frame
      if frame.header.type == 0x84 { goaways += 1 }
    }
    #expect(goaways == 1)
    #expect(last != nil)
    #expect(try echo.client().call("bench.Bench", "Echo", [1]) == [1])
  }
}
