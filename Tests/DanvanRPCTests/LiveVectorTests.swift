import DanvanRPC
import DanvanZlib
import Foundation
import Synchronization
import TestSupport
import Testing

/// The vectors again, through sockets, threads and clocks.
@Suite struct LiveVectorTests {
  static let probeStream: UInt32 = 0xffff_fffd

  @Test(arguments: try Vector.all(), [false, true])
  func aServerAnswers(vector: Vector, byteByByte: Bool) throws {
    guard !byteByByte || vector.bytes.count < 2_000 else { return }
    let server = try ConformanceServer.shared.get()
    let raw = try RawConnection(server.path)
    if byteByByte {
      for byte in vector.bytes { raw.send([byte]) }
    } else {
      raw.send(vector.bytes)
    }
    if vector.end == true { shutdown(raw.number, Int32(SHUT_WR)) }

    var expected = Dictionary(grouping: vector.expect, by: \.orderedStream)
    func take(_ frame: RawConnection.Frame) throws {
      let stream = frame.header.stream
      guard let next = expected[stream]?.first else {
        Issue.record("unexpected: \(frame.wire)")
        return
      }
      let complaint = try frame.wire.complaint(against: next) { try Zlib.inflate($0, length: $1) }
      #expect(complaint == nil)
      expected[stream]?.removeFirst()
    }
    while expected.contains(where: { !$0.value.isEmpty }) {
      let frame = try #require(raw.frame(), "missing: \(expected)")
      try take(frame)
    }
    switch vector.survives {
    case "connection": try probe(raw, vector, take)
    case "nothing": #expect(raw.isClosedByServer)
    default: break
    }
  }

  private func probe(
    _ raw: RawConnection, _ vector: Vector, _ take: (RawConnection.Frame) throws -> Void
  ) throws {
    raw.send(frame(Self.probeStream, 1, 0, request("Echo", Array("probe".utf8))))
    while true {
      let frame = try #require(raw.frame(), "no answer to the probe")
      guard frame.header.stream == Self.probeStream else {
        try take(frame)
        continue
      }
      let expectation = Vector.Expectation(
        stream: Self.probeStream, code: vector.probe,
        payload: vector.probe == nil ? Array("probe".utf8) : nil)
      #expect(frame.wire.complaint(against: expectation) { bytes, _ in bytes } == nil)
      return
    }
  }
}

extension RawConnection.Frame {
  fileprivate var wire: WireFrame {
    var bytes: [UInt8] = []
    header.append(to: &bytes)
    return WireFrame(
      stream: header.stream, type: header.type, flags: header.flags, data: data,
      bytes: bytes + data)
  }
}

/// The vectors' methods on a real server.
final class ConformanceServer: Sendable {
  static let shared = Result { try ConformanceServer() }

  let path: String
  private let server: Server

  init() throws {
    path = NSTemporaryDirectory() + "vectors-" + UUID().uuidString.prefix(8)
    server = try Server(router: Self.router())
    server.listen(try ListeningSocket.bind(path: path))
    let server = server
    Thread.detachNewThread { try? server.run() }
  }

  private static func router() -> Router {
    let service = Conformance.service
    var router = Router()
    router.hello(Conformance.helloService, "Hello") { call in
      let names = Conformance.hello(call.payload)
      let features = try Features.agreed(offered: names.offered, required: names.required)
      return HelloAnswer(payload: [], agreed: Extension(features: features))
    }
    for method in ["Echo", "Length", "Metadata", "Zeros", "Noise", "Text"] {
      router.unary(service, method, on: method == "Echo" ? .inline : .pooled) { call in
        Conformance.answer(method, call.payload, call.metadata) ?? []
      }
    }
    router.unary(service, "Fail", on: .pooled) { _ in
      throw RPCStatus(.notFound, "nothing", details: [.init(type: "t", value: [1, 2])])
    }
    router.deferred(service, "Hang", on: .inline) { call, reply in
      // Held until nobody wants it any more.
      call.onCancel { reply.send(.success([])) }
    }
    for method in ["Count", "Large", "FailAfterOne", "Silent", "Open"] {
      router.serverStream(service, method) { call, _ in
        ListSource(
          Conformance.messages(method, call.payload) ?? [],
          isEndless: ["Silent", "Open"].contains(method),
          ending: method == "FailAfterOne" ? RPCStatus(.dataLoss, "gone") : nil)
      }
    }
    return router
  }
}

/// A list of messages, one a step, then an end, an error or silence.
private final class ListSource: StreamSource {
  private let messages: Mutex<ArraySlice<[UInt8]>>
  private let isEndless: Bool
  private let ending: RPCStatus?

  init(_ messages: [[UInt8]], isEndless: Bool, ending: RPCStatus?) {
    self.messages = Mutex(messages[...])
    self.isEndless = isEndless
    self.ending = ending
  }

  func next() throws -> StreamStep {
    if let message = messages.withLock({ $0.popFirst() }) { return .messages([message]) }
    if isEndless { return .idle }
    if let ending { throw ending }
    return .end
  }

  func closed() {}
}
