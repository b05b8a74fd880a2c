import DanvanRPC
import DanvanZlib
import Foundation
import Testing

/// What a server keeps for all its peers together is bounded, and those that keep within it are served.
@Suite struct RoomTests {
  private static func options(heldBytes: Int) -> ServerOptions {
    var options = ServerOptions()
    options.heldBytes = heldBytes
    return options
  }

  @Test func whoseUnfinishedFrameIsTheLongestIsClosed() throws {
    let echo = try EchoServer(Self.options(heldBytes: 4_000_000))
    let (modest, greedy) = (try RawConnection(echo.path), try RawConnection(echo.path))
    let length = 3_500_000
    let announced =
      withUnsafeBytes(of: UInt32(length).bigEndian) { Array($0) } + frame(1, 1, 0).dropFirst(4)
    modest.send(announced + [UInt8](repeating: 0, count: 1_000_000))
    while echo.server.counters.bytesIn < 1_000_010 { usleep(1_000) }
    greedy.send(announced + [UInt8](repeating: 0, count: length - 1))
    #expect(greedy.isClosedByServer)
    #expect(echo.server.counters.connections == 1)
    #expect(try echo.client().call("bench.Bench", "Echo", [1]) == [1])
  }

  /// They wait for a worker, and are counted meanwhile as what they will be.
  @Test func compressedRequestsCountAsLongAsTheyWillBe() throws {
    var options = Self.options(heldBytes: 10_000_000)
    options.longWorkers = 1
    let echo = try EchoServer(options)
    let long = [0x1a] + varint(4_000_000) + [UInt8](repeating: 7, count: 4_000_000)
    let busy = try RawConnection(echo.path)
    busy.send(frame(1, 1, 0, request("UntilCancelled") + long))
    echo.watch.began.wait()
    let greedy = try RawConnection(echo.path)
    greedy.send(frame(1, 1, 0, request("Hello", [Features.all.rawValue])))
    _ = greedy.frame()
    let plain = request("Echo") + long
    let packed = try Zlib.compress(plain, level: 1)
    // Not more than 256 times shorter.
    #expect(packed.count > plain.count / 256)
    let sealed = withUnsafeBytes(of: UInt32(plain.count).bigEndian) { Array($0) } + packed
    for stream in stride(from: UInt32(3), to: 9, by: 2) {
      greedy.send(frame(stream, 1, 0x80, sealed))
    }
    #expect(greedy.isClosedByServer)
    #expect(echo.server.counters.connections == 1)
  }

  @Test func messagesThatStreamsHaveReadyCount() throws {
    let echo = try EchoServer(Self.options(heldBytes: 2_000_000))
    let raw = try RawConnection(echo.path)
    // Each has 32 KiB ready, and nobody reads.
    let calls = (0..<250).flatMap { frame(UInt32(2 * $0 + 1), 1, 1, request("Flood")) }
    raw.send(calls)
    while echo.server.counters.connections > 0 { usleep(1_000) }
    #expect(try echo.client().call("bench.Bench", "Echo", [1]) == [1])
  }

  /// Whatever is read last, it is the middle of a frame.
  @Test func framesWithoutAPauseEachHaveTheirTime() throws {
    var options = ServerOptions()
    options.frameDeadline = .seconds(3)
    let echo = try EchoServer(options)
    let raw = try RawConnection(echo.path)
    let one = frame(1, 0x10, 0, [UInt8](repeating: 0, count: 1_000))
    raw.send(Array(one.prefix(500)))
    let end = ContinuousClock.now + .seconds(4)
    while .now < end {
      raw.send(Array(one.dropFirst(500) + one.prefix(500)))
      usleep(50_000)
    }
    raw.send(Array(one.dropFirst(500)) + frame(1, 1, 0, request("Echo", [1])))
    #expect(raw.frame()?.data == [0x12, 1, 1])
  }

  /// A frame that the server does not read on, because so much is in progress, is not late.
  @Test func theServersOwnPauseIsNotThePeersDelay() throws {
    var options = ServerOptions()
    options.frameDeadline = .milliseconds(300)
    let echo = try EchoServer(options)
    let raw = try RawConnection(echo.path)
    let long = [0x1a] + varint(4_000_000) + [UInt8](repeating: 7, count: 4_000_000)
    var requests: [UInt8] = []
    for number in 0..<12 {
      requests += frame(UInt32(2 * number + 1), 1, 0, request("Later") + long)
    }
    // It blocks until the server reads on, or closes.
    Thread.detachNewThread { [raw = Sending(raw), requests] in raw.connection.send(requests) }
    while echo.server.counters.bytesIn < 34_000_000 { usleep(1_000) }
    usleep(900_000)
    #expect(echo.server.counters.connections == 1)
    var answered = 0
    while answered < 12 {
      answered += echo.watch.answerAll(.success([]))
      usleep(1_000)
    }
    for _ in 0..<12 { #expect(raw.frame() != nil) }
  }
}

/// For two threads, of which one sends and the other receives.
private struct Sending: @unchecked Sendable {
  let connection: RawConnection
  init(_ connection: RawConnection) { self.connection = connection }
}

private func varint(_ value: Int) -> [UInt8] {
  var (rest, bytes) = (value, [UInt8]())
  while rest >= 0x80 {
    bytes.append(UInt8(rest & 0x7F) | 0x80)
    rest >>= 7
  }
  return bytes + [UInt8(rest)]
}
