/// A frame's data ready to be sent, and the flag that says how it is packed.
///
/// Made by pure functions of what a peer takes, so a worker thread can do it and the I/O thread
/// only copies.
public struct FrameBody: Sendable {
  let flags: UInt8
  let head: [UInt8]
  let tail: [UInt8]

  public var count: Int { head.count + tail.count }

  static let none = data([])

  /// A control frame's bytes as they are.
  static func data(_ bytes: [UInt8]) -> FrameBody { FrameBody(flags: 0, head: [], tail: bytes) }

  /// An answer; one that is longer than the peer takes becomes RESOURCE_EXHAUSTED.
  public static func response(
    _ result: Result<[UInt8], RPCStatus>, for peer: Extension
  ) -> FrameBody {
    let (head, tail) = ResponseEnvelope(result).encoded()
    do throws(RPCStatus) {
      return try packed(head, tail, for: peer)
    } catch {
      return status(error)
    }
  }

  /// A status; its message is cut so that it fits everywhere.
  public static func status(_ status: RPCStatus) -> FrameBody {
    var (head, _) = ResponseEnvelope(.failure(status)).encoded()
    if head.count > statusLimit {
      let short = RPCStatus(status.code, String(status.message.prefix(256)))
      (head, _) = ResponseEnvelope(.failure(short)).encoded()
    }
    return FrameBody(flags: 0, head: head, tail: [])
  }

  /// A stream's message. Throws RESOURCE_EXHAUSTED when it is longer than the peer takes.
  public static func message(_ message: [UInt8], for peer: Extension) throws(RPCStatus) -> FrameBody
  {
    try packed([], message, for: peer)
  }

  /// A request. Throws RESOURCE_EXHAUSTED when it is longer than the peer takes.
  static func request(
    _ request: RequestEnvelope, for peer: Extension
  ) throws(RPCStatus) -> FrameBody {
    let (head, tail) = request.encoded()
    return try packed(head, tail, for: peer)
  }

  private static let statusLimit = 16_384

  private static func packed(
    _ head: [UInt8], _ tail: [UInt8], for peer: Extension
  ) throws(RPCStatus) -> FrameBody {
    let count = head.count + tail.count
    let fits = count <= peer.peerMaxFrame
    if peer.features.contains(.zlib), count <= peer.peerMaxInflated,
      !fits || count >= peer.compressFrom,
      let data = CompressedData.pack(head, tail, required: !fits), data.count <= peer.peerMaxFrame
    {
      return FrameBody(flags: FrameFlags.compressed, head: [], tail: data)
    }
    guard fits else {
      throw RPCStatus(
        .resourceExhausted, "a message of \(count) bytes is longer than \(peer.peerMaxFrame)")
    }
    return FrameBody(flags: 0, head: head, tail: tail)
  }
}
