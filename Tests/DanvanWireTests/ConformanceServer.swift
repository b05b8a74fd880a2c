import DanvanWire
import TestSupport

/// The vectors' methods on the state machine alone: no socket, no clock, no thread.
struct ConformanceServer {
  private(set) var wire = ServerConnection(
    streamLimit: 256, maxInflated: Extension.defaultInflated)
  private(set) var output: [UInt8] = []
  private(set) var events: [String] = []
  private(set) var hasFailed = false
  private var hasCalled = false
  private var sending: [UInt32: (messages: ArraySlice<[UInt8]>, ending: RPCStatus?)] = [:]

  mutating func receive(_ bytes: some Collection<UInt8>) {
    Array(bytes).withUnsafeBytes { bytes in
      var input = bytes
      while let event = wire.next(&input) { handle(event) }
    }
    wire.send { first, second in
      output += Array(first) + Array(second)
      return first.count + second.count
    }
  }

  private mutating func handle(_ event: ServerEvent) {
    switch event {
    case .request(let stream, let request):
      events.append("request \(stream)")
      do throws(RPCStatus) {
        try begin(request, stream)
      } catch {
        wire.fail(stream, error)
      }
      hasCalled = true
    case .sealed(let stream, let sealed):
      if let event = wire.unseal(stream, sealed.open()) { handle(event) }
    case .message(let stream, _):
      events.append("message \(stream)")
      wire.fail(stream, RPCStatus(.invalidArgument, "one message"))
    case .remoteClosed(let stream): events.append("closed \(stream)")
    case .cancelled(let stream, let status):
      events.append("cancelled \(stream) \(status.code)")
      sending[stream] = nil
    case .credit(let stream): advance(stream)
    case .pong(let number): events.append("pong \(number)")
    case .failed(let status):
      events.append("failed \(status.code)")
      hasFailed = true
    }
  }

  private static let methods: Set<String> = [
    "Hello", "Echo", "Length", "Metadata", "Zeros", "Noise", "Text", "Fail", "Hang", "Count",
    "Large", "FailAfterOne", "Silent", "Open",
  ]

  private mutating func begin(_ request: RequestEnvelope, _ stream: UInt32) throws(RPCStatus) {
    let (service, method) = (request.service, request.method)
    guard request.timeoutNanoseconds >= 0 || !Self.methods.contains(method) else {
      throw RPCStatus(.deadlineExceeded, "over")
    }
    if service == Conformance.helloService, method == "Hello" { return try hello(request, stream) }
    guard service == Conformance.service else {
      throw RPCStatus(.unimplemented, "service \(service)")
    }
    if let answer = Conformance.answer(method, request.payload, request.metadata) {
      wire.answer(stream, .response(.success(answer), for: wire.agreed))
    } else if let messages = Conformance.messages(method, request.payload) {
      let ending = method == "FailAfterOne" ? RPCStatus(.dataLoss, "gone") : nil
      guard method != "Silent", method != "Open" else { return }
      sending[stream] = (messages[...], ending)
      advance(stream)
    } else if method == "Fail" {
      throw RPCStatus(.notFound, "nothing", details: [.init(type: "t", value: [1, 2])])
    } else if method != "Hang" {
      throw RPCStatus(.unimplemented, "method \(method)")
    }
  }

  private mutating func hello(_ request: RequestEnvelope, _ stream: UInt32) throws(RPCStatus) {
    guard !hasCalled else { throw RPCStatus(.failedPrecondition, "late") }
    let names = Conformance.hello(request.payload)
    let features = try Features.agreed(offered: names.offered, required: names.required)
    wire.answer(stream, .response(.success([]), for: .none))
    wire.enable(Extension(features: features))
  }

  private mutating func advance(_ stream: UInt32) {
    while wire.maySend(stream), let message = sending[stream]?.messages.popFirst() {
      guard let body = try? FrameBody.message(message, for: wire.agreed) else { return }
      var bodies = [body][...]
      wire.send(stream, &bodies, room: .max)
    }
    guard wire.maySend(stream), let ended = sending.removeValue(forKey: stream) else { return }
    if let status = ended.ending {
      wire.fail(stream, status)
    } else {
      wire.finish(stream)
    }
  }
}
