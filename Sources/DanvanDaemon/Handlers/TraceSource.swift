internal import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

/// The frames of one trace as a stream; it ends with the connection that it follows.
final class TraceSource: StreamSource {
  /// Frames to a step: a step is kept near 64 KiB.
  private static let most = 256

  private let tap: FrameTap
  private let server: Server
  private let began = ContinuousClock.now

  init(_ tap: FrameTap, _ server: Server) {
    self.tap = tap
    self.server = server
    server.trace(tap)
  }

  func next() throws -> StreamStep {
    let (entries, missed, end) = tap.take(most: Self.most)
    if !entries.isEmpty {
      var messages = entries.map { Danvan_V1_TraceFrame($0, since: began) }
      messages[messages.count - 1].missed = UInt64(missed)
      return .messages(try messages.map { try $0.serializedBytes() })
    }
    switch end {
    case .unknown: throw RPCStatus(.notFound, "there is no connection \(tap.connection ?? 0)")
    case .closed: return .end
    case nil: return .idle
    }
  }

  func closed() { server.endTrace(tap) }
}

extension Danvan_V1_TraceFrame {
  init(_ entry: FrameTap.Entry, since began: ContinuousClock.Instant) {
    self.init()
    let frame = entry.frame
    connection = entry.connection
    timeNano = max((entry.time - began).nanoseconds, 0)
    fromClient = frame.isFromPeer
    stream = frame.header.stream
    type = UInt32(frame.header.type)
    flags = UInt32(frame.header.flags)
    length = UInt32(clamping: frame.header.length)
    switch frame.content {
    case .request(let service, let method, let timeout, let names, let bytes):
      self.method = "\(service)/\(method)"
      timeoutNano = timeout
      metadata = names
      payloadBytes = UInt32(clamping: bytes)
    case .status(let status):
      code = status.code
      message = status.message
    case .message(let bytes): payloadBytes = UInt32(clamping: bytes)
    case .compressed(let inflated): inflatedBytes = UInt32(clamping: inflated)
    case .credit(let bytes): credit = UInt32(clamping: bytes)
    case .malformed: malformed = true
    case .none: break
    }
  }
}
