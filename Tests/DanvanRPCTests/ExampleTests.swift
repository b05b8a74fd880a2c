import DanvanRPC
import Foundation
import Testing

/// A whole program of this library, with nothing of danvan in it.
@Suite struct ExampleTests {
  /// Counts down from a number, a message a step.
  final class Steps: StreamSource, @unchecked Sendable {
    // `next` is never called by two threads at a time.
    private var left: UInt8

    init(from start: UInt8) { left = start }

    func next() -> StreamStep {
      guard left > 0 else { return .end }
      left -= 1
      return .messages([[left]])
    }

    func closed() {}
  }

  @Test func echoAndCountdown() throws {
    // The server: a table of methods, a socket, a thread.
    var router = Router()
    router.hello("example.Echo", "Hello") { call in
      let offered = String(validating: call.payload, as: UTF8.self) ?? ""
      let features = Features(names: offered.split(separator: " ").map(String.init))
      return HelloAnswer(
        payload: Array(features.names.joined(separator: " ").utf8),
        agreed: Extension(features: features))
    }
    router.unary("example.Echo", "Echo", on: .inline) { call in call.payload }
    router.serverStream("example.Echo", "Countdown") { call, _ in
      guard let start = call.payload.first else {
        throw RPCStatus(.invalidArgument, "count down from what?")
      }
      return Steps(from: start)
    }
    let server = try Server(router: router)
    let path = NSTemporaryDirectory() + "example-" + UUID().uuidString.prefix(8)
    server.listen(try ListeningSocket.bind(path: path))
    Thread.detachNewThread { try? server.run() }
    defer { server.shutdown() }

    // The client: one connection, calls and streams on it.
    let client = try Client(socketPath: path)
    let answer = try client.call("example.Echo", "Hello", Array("zlib cancel credit".utf8))
    let names = (String(validating: answer, as: UTF8.self) ?? "").split(separator: " ")
    client.enable(Extension(features: Features(names: names.map(String.init))))
    #expect(client.agreed.features == [.zlib, .cancel, .credit])

    let hello = Array("xin chào".utf8)
    #expect(try client.call("example.Echo", "Echo", hello, timeout: .seconds(5)) == hello)
    let stream = try client.stream("example.Echo", "Countdown", [3])
    var numbers: [UInt8] = []
    while let message = try stream.next() { numbers += message }
    #expect(numbers == [2, 1, 0])
  }
}
