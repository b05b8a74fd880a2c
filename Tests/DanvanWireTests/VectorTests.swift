import DanvanWire
import DanvanZlib
import TestSupport
import Testing

@Suite struct VectorTests {
  /// How a vector's bytes are cut.
  enum Feed: CaseIterable {
    case whole, joinedWithTheNext, byteByByte

    func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
      guard case .byteByByte = self else { return [bytes[...]] }
      // The megabytes of the few big ones go in larger steps once their heads are over.
      let (head, rest) = (bytes.prefix(40_000), bytes.dropFirst(40_000))
      return head.indices.map { bytes[$0...$0] }
        + stride(from: rest.startIndex, to: rest.endIndex, by: 65_536).map {
          rest[$0..<min($0 + 65_536, rest.endIndex)]
        }
    }
  }

  static let probeStream: UInt32 = 0xffff_fffd
  static let probe = Array(
    hexadecimal: "0000001a fffffffd 01 00 0a0b62656e63682e42656e636812044563686f1a0570726f6265")

  @Test(arguments: try Vector.all().filter { $0.needs == nil }, Feed.allCases)
  func aServerAnswers(vector: Vector, feed: Feed) throws {
    var server = ConformanceServer()
    let isProbed = vector.survives == "connection"
    var input = vector.bytes
    if isProbed, feed == .joinedWithTheNext { input += Self.probe }
    for piece in feed.pieces(input) { server.receive(piece) }
    if isProbed, feed != .joinedWithTheNext { server.receive(Self.probe) }

    var bytes = server.output
    var frames = WireFrame.take(from: &bytes)
    #expect(bytes.isEmpty)
    if isProbed {
      let index = try #require(frames.firstIndex { $0.stream == Self.probeStream })
      let answer = frames.remove(at: index)
      #expect(answer.complaint(against: Self.probeAnswer(vector)) == nil)
    }
    if vector.survives == "nothing", vector.end != true { #expect(server.hasFailed) }
    check(frames, against: vector)
  }

  /// Streams answer independently: order is looked at within each.
  private func check(_ frames: [WireFrame], against vector: Vector) {
    let expected = Dictionary(grouping: vector.expect, by: \.orderedStream)
    let came = Dictionary(grouping: frames, by: \.stream)
    for stream in Set(expected.keys).union(came.keys).sorted() {
      let (wanted, got) = (expected[stream] ?? [], came[stream] ?? [])
      #expect(wanted.count == got.count, "stream \(stream): \(got)")
      for (expectation, frame) in zip(wanted, got) {
        #expect(frame.complaint(against: expectation) == nil)
      }
    }
  }

  static func probeAnswer(_ vector: Vector) -> Vector.Expectation {
    if let code = vector.probe { return .init(stream: probeStream, code: code) }
    return .init(stream: probeStream, payload: Array("probe".utf8))
  }

  @Test(arguments: try Vector.all(role: "client"), Feed.allCases)
  func aClientHears(vector: Vector, feed: Feed) throws {
    var client = ClientConnection()
    for isStream in [false, true] {
      _ = try client.request(RequestEnvelope(), isStream: isStream)
    }
    client.enable(Extension(features: .all))
    var events: [ClientEvent] = []
    for piece in feed.pieces(vector.bytes) {
      Array(piece).withUnsafeBytes { bytes in
        var input = bytes
        while let event = client.next(&input) { events.append(event) }
      }
    }
    #expect(events.count == vector.expect.count, "\(events)")
    for (event, expectation) in zip(events, vector.expect) {
      let heard = Heard(event)
      #expect(heard.name == expectation.event)
      #expect(heard.stream == expectation.stream)
      if let code = expectation.code { #expect(heard.code == code) }
      if let payload = expectation.payload?.bytes { #expect(heard.payload == payload) }
      if let length = expectation.length { #expect(heard.payload.count == length) }
    }
  }
}

/// A client's event in the vectors' words.
private struct Heard {
  var stream: UInt32 = 0
  var name = ""
  var code: Int32 = 0
  var payload: [UInt8] = []

  init(_ event: ClientEvent) {
    switch event {
    case .response(let stream, let response):
      self.stream = stream
      switch response.result {
      case .success(let payload): (name, self.payload) = ("payload", payload)
      case .failure(let status): (name, code) = ("status", status.code)
      }
    case .message(let stream, let bytes, _):
      (self.stream, name, payload) = (stream, "message", bytes)
    case .remoteClosed(let stream): (self.stream, name) = (stream, "end")
    case .goAway(_, let status): (name, code) = ("goaway", status.code)
    case .pong: name = "pong"
    case .failed: name = "failed"
    }
  }
}

extension WireFrame {
  fileprivate func complaint(against expectation: Vector.Expectation) -> String? {
    do {
      return try complaint(against: expectation) { try Zlib.inflate($0, length: $1) }
    } catch {
      return "\(self): \(error)"
    }
  }
}
