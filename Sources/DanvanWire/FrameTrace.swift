/// One frame as whoever follows a connection sees it: the header, and what it says, without bodies.
public struct TracedFrame: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    /// A Request: what is called, how long the client waits, the names of its metadata, the
    /// payload's length in bytes.
    case request(
      service: String, method: String, timeoutNanoseconds: Int64, metadata: [String], bytes: Int)
    /// A Response that is an error.
    case status(RPCStatus)
    /// A message or an answer, its length in bytes.
    case message(bytes: Int)
    /// A compressed frame, the inflated length in bytes that it declares.
    case compressed(inflated: Int)
    case credit(bytes: Int)
    /// Nothing to be said beyond the header: control frames, unknown types, what is too long.
    case none
    /// Not what the header says it is.
    case malformed
  }

  public let isFromPeer: Bool
  public let header: FrameHeader
  public let content: Content
}

extension TracedFrame {
  /// Reads what is to be shown of a frame's data.
  init(isFromPeer: Bool, _ header: FrameHeader, _ bytes: UnsafeRawBufferPointer) {
    self.isFromPeer = isFromPeer
    self.header = header
    content = Self.content(header, bytes)
  }

  private static func content(_ header: FrameHeader, _ bytes: UnsafeRawBufferPointer) -> Content {
    let isMessage = FrameType.request...FrameType.data ~= header.type
    if isMessage, header.flags & FrameFlags.compressed != 0 {
      return bytes.bigEndian(at: 0).map { .compressed(inflated: Int($0)) } ?? .malformed
    }
    switch header.type {
    case FrameType.request:
      guard let request = try? RequestEnvelope(decoding: bytes) else { return .malformed }
      return .request(
        service: request.service, method: request.method,
        timeoutNanoseconds: request.timeoutNanoseconds, metadata: request.metadata.map(\.name),
        bytes: request.payload.count)
    case FrameType.response:
      guard let response = try? ResponseEnvelope(decoding: bytes) else { return .malformed }
      switch response.result {
      case .success(let payload): return .message(bytes: payload.count)
      case .failure(let status): return .status(status)
      }
    case FrameType.data where header.flags & FrameFlags.noData == 0:
      return .message(bytes: bytes.count)
    case FrameType.credit:
      return bytes.bigEndian(at: 0).map { .credit(bytes: Int($0)) } ?? .malformed
    default: return .none
    }
  }
}
