/// The part of a connection that both ends share: frames in, with the extension's types taken care
/// of, and frames out.
struct FrameChannel {
  enum Incoming {
    /// A Request, Response or Data as it came, or a CANCEL, CREDIT or GOAWAY.
    case frame(FrameHeader, FrameDecoder.Bytes)
    /// A Request, Response or Data that is too long.
    case oversized(FrameHeader, RPCStatus)
    case pong(UInt64)
  }

  private(set) var outbox = Outbox()
  var agreed = Extension.none
  /// The frames since they were last taken; nil while nobody follows them.
  private(set) var trace: [TracedFrame]?
  private var decoder: FrameDecoder
  private let maxInflated: Int

  init(maxInflated: Int) {
    self.maxInflated = maxInflated
    decoder = FrameDecoder(limit: Extension.greatestFrame)
  }

  var isMidFrame: Bool { decoder.isMidFrame }
  var frameCount: Int { decoder.count }
  var bytesHeld: Int { decoder.bytesHeld }

  /// The next frame that means something; frames of other types are passed over.
  mutating func next(_ input: inout UnsafeRawBufferPointer) -> Incoming? {
    while let piece = decoder.next(&input) {
      switch piece {
      case .oversized(let header):
        trace?.append(TracedFrame(isFromPeer: true, header: header, content: .none))
        guard FrameType.request...FrameType.data ~= header.type else { continue }
        let status = RPCStatus(
          .resourceExhausted,
          "a frame of \(header.length) bytes is longer than \(Extension.greatestFrame)")
        return .oversized(header, status)
      case .frame(let header, let bytes):
        if trace != nil {
          bytes.withBytes { trace?.append(TracedFrame(isFromPeer: true, header, $0)) }
        }
        if let incoming = interpret(header, bytes) { return incoming }
      }
    }
    return nil
  }

  /// Puts a frame on its way.
  mutating func append(
    _ type: UInt8, stream: UInt32, flags: UInt8 = 0, _ body: FrameBody = .none, isUrgent: Bool
  ) {
    let header = FrameHeader(
      length: body.count, stream: stream, type: type, flags: flags | body.flags)
    outbox.append(header, body, isUrgent: isUrgent)
    if trace != nil {
      (body.head + body.tail).withUnsafeBytes {
        trace?.append(TracedFrame(isFromPeer: false, header, $0))
      }
    }
  }

  /// Offers the bytes to be sent, as `Outbox.send` does.
  mutating func send(_ write: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int) {
    outbox.send(write)
  }

  /// Begins or ends keeping what `takeTrace` takes.
  mutating func setTraced(_ isTraced: Bool) { trace = isTraced ? trace ?? [] : nil }

  mutating func takeTrace() -> [TracedFrame] {
    defer { if trace != nil { trace = [] } }
    return trace ?? []
  }

  private mutating func interpret(_ header: FrameHeader, _ bytes: FrameDecoder.Bytes) -> Incoming? {
    switch header.type {
    case FrameType.request, FrameType.response, FrameType.data,
      FrameType.cancel where agreed.features.contains(.cancel),
      FrameType.credit where agreed.features.contains(.credit),
      FrameType.goaway where agreed.features.contains(.goaway):
      return .frame(header, bytes)
    case FrameType.ping where agreed.features.contains(.ping):
      return ping(header, bytes)
    default:
      return nil
    }
  }

  /// The compressed data of a Request, Response or Data; nil when it is plain.
  func compressed(
    _ header: FrameHeader, _ bytes: FrameDecoder.Bytes
  ) throws(Refusal) -> CompressedData? {
    guard header.flags & FrameFlags.compressed != 0 else { return nil }
    guard agreed.features.contains(.zlib) else {
      let status = RPCStatus(.invalidArgument, "a compressed frame, which was not agreed on")
      throw Refusal(status: status, isFatal: false)
    }
    guard header.type == FrameType.response || header.flags & FrameFlags.noData == 0 else {
      throw CompressedData.damaged("it is to carry no data")
    }
    return try bytes.withBytes { data throws(Refusal) in
      try CompressedData(data, limit: maxInflated)
    }
  }

  /// The data of a Request, Response or Data, inflated where it is compressed.
  func plain(
    _ header: FrameHeader, _ bytes: FrameDecoder.Bytes
  ) throws(Refusal) -> FrameDecoder.Bytes {
    guard let compressed = try compressed(header, bytes) else { return bytes }
    return .owned(try compressed.inflated())
  }

  /// Answers a ping; one that is not eight bytes long is passed over.
  private mutating func ping(_ header: FrameHeader, _ bytes: FrameDecoder.Bytes) -> Incoming? {
    let data = bytes.withBytes { [UInt8]($0) }
    guard data.count == 8 else { return nil }
    guard header.flags & FrameFlags.reply == 0 else {
      return .pong(data.reduce(0) { $0 << 8 | UInt64($1) })
    }
    append(FrameType.ping, stream: 0, flags: FrameFlags.reply, .data(data), isUrgent: true)
    return nil
  }

  /// Asks whether the peer lives; the answer carries the same number.
  mutating func ping(_ number: UInt64) {
    guard agreed.features.contains(.ping) else { return }
    var data: [UInt8] = []
    data.appendBigEndian(UInt32(truncatingIfNeeded: number >> 32))
    data.appendBigEndian(UInt32(truncatingIfNeeded: number))
    append(FrameType.ping, stream: 0, .data(data), isUrgent: true)
  }
}

/// How many bytes of messages a stream's sender may still send.
///
/// A message may be sent while there is any credit, so that none is too big to be sent; the count
/// then goes below zero until the receiver has made up for it.
struct Credit {
  static let greatest = Int(Int32.max)

  private var bytes: Int?

  /// The receiver's window, or nil where credit is not agreed on.
  init(window: Int?) { bytes = window }

  var isThere: Bool { bytes.map { $0 > 0 } ?? true }

  mutating func spend(_ count: Int) { bytes? -= count }

  /// False when the sum is more than the specification allows.
  mutating func add(_ count: UInt32) -> Bool {
    guard let before = bytes else { return true }
    guard before + Int(count) <= Self.greatest else { return false }
    bytes = before + Int(count)
    return true
  }
}
