import DanvanRPC
import Foundation
import Testing

@Suite struct CallTests {
  @Test(arguments: ["Echo", "PooledEcho"], [0, 1, 1_000, 65_536, 1_000_000])
  func aCallIsAnswered(method: String, size: Int) throws {
    let echo = try EchoServer()
    for client in [try echo.client(), try echo.extendedClient()] {
      let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      #expect(try client.call("bench.Bench", method, payload) == payload)
    }
  }

  @Test(arguments: [("x.Y", "Echo", Int32(12)), ("bench.Bench", "Nothing", 12)])
  func anUnknownMethodIsUnimplemented(service: String, method: String, code: Int32) throws {
    let echo = try EchoServer()
    let client = try echo.client()
    let status = #expect(throws: RPCStatus.self) { try client.call(service, method, []) }
    #expect(status?.code == code)
    #expect(try client.call("bench.Bench", "Echo", [1]) == [1])
  }

  @Test func aHandlersStatusArrivesWhole() throws {
    let echo = try EchoServer()
    let status = #expect(throws: RPCStatus.self) {
      try echo.client().call("bench.Bench", "Fail", [])
    }
    #expect(
      status == RPCStatus(.notFound, "nothing", details: [.init(type: "t", value: [1, 2])]))
  }

  @Test func aHandlersOtherErrorsStayInside() throws {
    let echo = try EchoServer()
    let status = #expect(throws: RPCStatus.self) {
      try echo.client().call("bench.Bench", "Crash", [])
    }
    #expect(status?.code == 13)
    #expect(status?.message.contains("Cocoa") == false)
  }

  @Test func aDeferredCallIsAnsweredOnce() throws {
    let echo = try EchoServer()
    let client = try echo.client()
    let late = try client.begin("bench.Bench", "Later", [])
    // Calls behind it are not held up.
    #expect(try client.call("bench.Bench", "PooledEcho", [5]) == [5])
    while echo.watch.answerAll(.success([9])) == 0 { usleep(1_000) }
    #expect(try client.answer(to: late) == [9])
    #expect(try client.call("bench.Bench", "Echo", [6]) == [6])
  }

  @Test func aReplyLetGoIsInternal() throws {
    let echo = try EchoServer()
    let status = #expect(throws: RPCStatus.self) {
      try echo.client().call("bench.Bench", "Never", [])
    }
    #expect(status?.code == 13)
  }

  @Test func manyCallsInFlightGetTheirOwnAnswers() throws {
    let echo = try EchoServer()
    let client = try echo.extendedClient()
    let calls = try (0..<64).map { index in
      try client.begin("bench.Bench", index % 2 == 0 ? "Echo" : "PooledEcho", [UInt8(index)])
    }
    for (index, call) in calls.enumerated().reversed() {
      #expect(try client.answer(to: call) == [UInt8(index)])
    }
  }

  @Test func aRequestOverFourMiBIsRefusedAndTheNextIsServed() throws {
    let echo = try EchoServer()
    let raw = try RawConnection(echo.path)
    let head = request("Echo") + [0x1a, 0x81, 0x80, 0x80, 0x02]
    let long = head + [UInt8](repeating: 1, count: 4_194_305 - head.count)
    raw.send(frame(1, 1, 0, long))
    raw.send(frame(3, 1, 0, request("Echo", [7])))
    let first = try #require(raw.frame())
    #expect(first.header.stream == 1)
    #expect(first.data.starts(with: [0x0a]) && first.data[2...3] == [0x08, 0x08])
    let second = try #require(raw.frame())
    #expect(
      second
        == .init(header: FrameHeader(length: 3, stream: 3, type: 2, flags: 0), data: [0x12, 1, 7]))
  }

  @Test func anAnswerOverFourMiBBecomesAnError() throws {
    let echo = try EchoServer()
    let client = try echo.client()
    let status = #expect(throws: RPCStatus.self) {
      try client.call("bench.Bench", "Large", [0x40, 0, 0])
    }
    #expect(status?.code == 8)
    #expect(try client.call("bench.Bench", "Large", [0x3f, 0, 0]).count == 0x3f0000)
  }

  @Test func ourOwnClientRefusesToSendTooMuch() throws {
    let echo = try EchoServer()
    let client = try echo.client()
    let status = #expect(throws: RPCStatus.self) {
      try client.call("bench.Bench", "Echo", [UInt8](repeating: 1, count: 4_194_304))
    }
    #expect(status?.code == 8)
    #expect(try client.call("bench.Bench", "Echo", [1]) == [1])
  }

  @Test func withZlibAMessageMayBeLongerThanAFrame() throws {
    let echo = try EchoServer()
    let client = try echo.extendedClient()
    let payload = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 / 7 % 50 &* ($0 % 3)) }
    #expect(try client.call("bench.Bench", "Echo", payload) == payload)
  }

  @Test func metadataAndPeerReachTheHandler() throws {
    var router = Router()
    router.unary("t.T", "Who", on: .inline) { call in
      let pairs = call.metadata.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
      return Array("\(call.peer.pid) \(call.peer.uid) \(call.peer.socketName) \(pairs)".utf8)
    }
    let path = NSTemporaryDirectory() + "who-" + UUID().uuidString.prefix(8)
    let server = try Server(router: router)
    server.listen(try ListeningSocket.bind(path: path, name: "read"))
    Thread.detachNewThread { try? server.run() }
    defer { server.shutdown() }
    let answer = try Client(socketPath: path).call(
      "t.T", "Who", [], metadata: [("a", "1"), ("A", "2"), ("a", "3")])
    #expect(answer == Array("\(getpid()) \(getuid()) read a=1,A=2,a=3".utf8))
  }
}
