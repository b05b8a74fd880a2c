import DanvanWire

/// libFuzzer's entry: the first byte chooses an end of a connection and where the rest is cut in
/// two. Whole and cut must mean the same; a trap is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrame(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = UnsafeRawBufferPointer(start: start, count: count)
  guard let choice = input.first else { return 0 }
  let bytes = UnsafeRawBufferPointer(rebasing: input[1...])
  let place = min(Int(choice >> 2), bytes.count)
  let pieces = [
    UnsafeRawBufferPointer(rebasing: bytes[..<place]),
    UnsafeRawBufferPointer(rebasing: bytes[place...]),
  ]
  let isExtended = choice & 1 != 0
  let (whole, cut) =
    choice & 2 != 0
    ? (client([bytes], isExtended), client(pieces, isExtended))
    : (server([bytes], isExtended), server(pieces, isExtended))
  precondition(whole == cut, "cut at \(place), the bytes mean something else")
  return 0
}

private func server(_ pieces: [UnsafeRawBufferPointer], _ isExtended: Bool) -> [UInt8] {
  var wire = ServerConnection(streamLimit: 4, maxInflated: 100_000)
  if isExtended { wire.enable(Extension(features: .all, peerWindow: 100)) }
  for piece in pieces {
    var input = piece
    while var event = wire.next(&input) {
      if case .sealed(let stream, let sealed) = event {
        guard let opened = wire.unseal(stream, sealed.open()) else { continue }
        event = opened
      }
      // Some calls are answered at once, some stay open.
      guard case .request(let stream, let request) = event, stream % 4 == 1 else { continue }
      wire.answer(stream, .response(.success(request.payload), for: wire.agreed))
    }
  }
  var output: [UInt8] = []
  wire.send { first, second in
    output += Array(first) + Array(second)
    return first.count + second.count
  }
  return output
}

private func client(_ pieces: [UnsafeRawBufferPointer], _ isExtended: Bool) -> [UInt8] {
  var wire = ClientConnection(maxInflated: 100_000)
  for isStream in [false, true] { _ = try? wire.request(RequestEnvelope(), isStream: isStream) }
  if isExtended { wire.enable(Extension(features: .all)) }
  var heard: [UInt8] = []
  for piece in pieces {
    var input = piece
    while let event = wire.next(&input) { heard += Array("\(event)".utf8) }
  }
  return heard
}
