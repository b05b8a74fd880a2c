/// A compressed request whose declared length has been looked at and found good.
public struct SealedRequest: Sendable {
  /// Up to this inflated length a request is opened where it comes in, in well under a millisecond.
  private static let quickLength = 65_536

  let compressed: CompressedData

  /// The length of the request once inflated, in bytes.
  public var declaredLength: Int { compressed.declared }

  var isQuick: Bool { compressed.declared <= Self.quickLength }

  /// Inflates and decodes; may take some tens of milliseconds.
  public func open() -> OpenedRequest {
    OpenedRequest(
      result: Result { () throws(Refusal) in
        try Self.decode(.owned(try compressed.inflated()), isEmpty: false)
      })
  }

  static func decode(
    _ bytes: FrameDecoder.Bytes, isEmpty: Bool
  ) throws(Refusal) -> RequestEnvelope {
    do throws(RPCStatus) {
      var request = try bytes.withBytes { data throws(RPCStatus) in
        try RequestEnvelope(decoding: data)
      }
      if isEmpty { request.payload = [] }
      return request
    } catch {
      throw Refusal(status: error, isFatal: false)
    }
  }
}

/// What a sealed request turned out to hold.
public struct OpenedRequest: Sendable {
  let result: Result<RequestEnvelope, Refusal>
}
