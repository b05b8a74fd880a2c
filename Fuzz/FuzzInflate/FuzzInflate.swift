import DanvanWire

/// libFuzzer's entry: the bytes are a compressed request's data, the header is made for them, so that
/// every input reaches the inflater. What is taken must inflate to what it declares and not beyond.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInflate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let limit = 100_000
  var wire = ServerConnection(streamLimit: 4, maxInflated: limit)
  wire.enable(Extension(features: .all))
  var bytes: [UInt8] = []
  FrameHeader(
    length: count, stream: 1, type: FrameType.request, flags: FrameFlags.compressed
  ).append(to: &bytes)
  bytes += Array(UnsafeBufferPointer(start: start, count: count))
  bytes.withUnsafeBytes { bytes in
    var input = bytes
    while let event = wire.next(&input) {
      switch event {
      case .sealed(let stream, let sealed): check(wire.unseal(stream, sealed.open()), limit)
      default: check(event, limit)
      }
    }
  }
  return 0
}

private func check(_ event: ServerEvent?, _ limit: Int) {
  guard case .request(_, let request)? = event else { return }
  precondition(request.payload.count <= limit, "a payload beyond the limit")
}
