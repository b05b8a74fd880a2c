import DanvanRPC
import Foundation
import Synchronization
import Testing

@Suite struct StreamTests {
  @Test(arguments: [Features(), Features.all], [0, 1, 200])
  func aStreamBringsItsMessagesInOrderAndEnds(features: Features, count: Int) throws {
    let echo = try EchoServer()
    let client = features.isEmpty ? try echo.client() : try echo.extendedClient(features)
    let stream = try client.stream("bench.Bench", "Count", [UInt8(count), 3])
    for index in (0..<count).reversed() {
      #expect(try stream.next() == [UInt8](repeating: UInt8(index), count: 3))
    }
    #expect(try stream.next() == nil)
    #expect(try stream.next() == nil)
  }

  @Test func anEmptyMessageCounts() throws {
    let echo = try EchoServer()
    let stream = try echo.client().stream("bench.Bench", "Count", [2, 0])
    #expect(try stream.next() == [])
    #expect(try stream.next() == [])
    #expect(try stream.next() == nil)
  }

  @Test func anErrorComesAfterTheMessagesBeforeIt() throws {
    let echo = try EchoServer()
    let stream = try echo.client().stream("bench.Bench", "FailAfterOne", [])
    #expect(try stream.next() == [0])
    let status = #expect(throws: RPCStatus.self) { try stream.next() }
    #expect(status?.code == 15)
  }

  @Test func aSleepingStreamIsWoken() throws {
    let echo = try EchoServer()
    let stream = try echo.client().stream("bench.Bench", "Watch", [])
    #expect(throws: ClientError.nothingYet) { try stream.next(timeout: .milliseconds(10)) }
    let watch = echo.watch
    Thread.detachNewThread { for byte in UInt8(0)..<200 { watch.append(byte) } }
    for byte in UInt8(0)..<200 { #expect(try stream.next() == [byte]) }
  }

  @Test func aStreamIsPulledOnlyAsFarAsItsCredit() throws {
    let echo = try EchoServer()
    let client = try echo.extendedClient([.credit, .cancel])
    let stream = try client.stream("bench.Bench", "Flood", [])
    // Unary calls are served as if the stream were not there,
    for _ in 0..<200 { #expect(try client.call("bench.Bench", "Echo", [1]) == [1]) }
    usleep(100_000)
    for _ in 0..<200 { #expect(try client.call("bench.Bench", "PooledEcho", [1]) == [1]) }
    // and the source has been asked for the window and not more than one step beyond.
    #expect(echo.watch.pulled.load(ordering: .relaxed) <= 256 + 64)
    // Read on, it goes on where it stood.
    for number in UInt32(0)..<2_000 {
      let message = try #require(try stream.next())
      #expect(message.count == 1_024)
      #expect(message.prefix(4).elementsEqual(withUnsafeBytes(of: number.bigEndian, Array.init)))
    }
    stream.cancel()
    let status = #expect(throws: RPCStatus.self) { try stream.next() }
    #expect(status?.code == 1)
    #expect(echo.watch.closed.wait(timeout: .now() + 10) == .success)
  }

  @Test func aClientThatReadsNothingCostsASocketFull() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    raw.send(frame(1, 1, 1, request("Flood")))
    let other = try echo.client()
    var before = -1
    while before != echo.watch.pulled.load(ordering: .relaxed) {
      before = echo.watch.pulled.load(ordering: .relaxed)
      for _ in 0..<50 { #expect(try other.call("bench.Bench", "PooledEcho", [1]) == [1]) }
      usleep(50_000)
    }
    #expect(before < 1_024)
    // It reads at last and misses nothing.
    for number in UInt32(0)..<3_000 {
      let message = try #require(raw.frame())
      #expect(
        message.data.prefix(4).elementsEqual(withUnsafeBytes(of: number.bigEndian, Array.init)))
    }
  }

  @Test func manyStreamsOnOneConnectionShareIt() throws {
    let echo = try EchoServer()
    let client = try echo.extendedClient()
    let streams = try (0..<50).map { _ in try client.stream("bench.Bench", "Count", [100, 200]) }
    for index in (0..<100).reversed() {
      for stream in streams {
        #expect(try stream.next() == [UInt8](repeating: UInt8(index), count: 200))
      }
    }
    for stream in streams { #expect(try stream.next() == nil) }
    #expect(echo.server.counters.streams == 0)
  }

  @Test func moreStreamsThanAllowedAreRefused() throws {
    var options = ServerOptions()
    options.streamsPerConnection = 4
    let echo = try EchoServer(options)
    let client = try echo.client()
    let streams = try (0..<4).map { _ in try client.stream("bench.Bench", "Watch", []) }
    let status = #expect(throws: RPCStatus.self) { try client.call("bench.Bench", "Echo", []) }
    #expect(status?.code == 8)
    #expect(streams.count == 4)
  }

  @Test func shutdownEndsStreamsAndLetsCallsFinish() throws {
    let echo = try EchoServer()
    let client = try echo.extendedClient()
    let stream = try client.stream("bench.Bench", "Watch", [])
    echo.watch.append(1)
    #expect(try stream.next() == [1])
    let poll = try client.begin("bench.Bench", "Later", [])
    #expect(try client.call("bench.Bench", "PooledEcho", [2]) == [2])
    echo.server.shutdown()
    let status = #expect(throws: RPCStatus.self) { try stream.next() }
    #expect(status?.code == 14)
    let pollStatus = #expect(throws: RPCStatus.self) { try client.answer(to: poll) }
    #expect(pollStatus?.code == 14)
    echo.stop()
    #expect(!FileManager.default.fileExists(atPath: echo.path))
    #expect(throws: ClientError.self) { try echo.client() }
  }
}
