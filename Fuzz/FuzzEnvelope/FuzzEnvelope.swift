import DanvanWire

/// libFuzzer's entry: the bytes are the data of a Request, then of a Response. What is taken must be
/// the same after it was written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEnvelope(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let data = Array(UnsafeBufferPointer(start: start, count: count))
  if let first = request(data) {
    var client = ClientConnection()
    // What is empty or at its default may have been written longer; then it is read only once.
    guard (try? client.request(first, isStream: false)) != nil else { return 0 }
    var sent: [UInt8] = []
    client.send { head, tail in
      sent += Array(head) + Array(tail)
      return head.count + tail.count
    }
    guard let second = request(Array(sent.dropFirst(FrameHeader.count))) else {
      preconditionFailure("what was written cannot be read")
    }
    precondition(first.service == second.service && first.method == second.method)
    precondition(first.payload == second.payload)
    precondition(first.timeoutNanoseconds == second.timeoutNanoseconds)
    precondition(first.metadata.elementsEqual(second.metadata, by: ==))
  }
  response(data)
  return 0
}

private func request(_ data: [UInt8]) -> RequestEnvelope? {
  var wire = ServerConnection(streamLimit: 1, maxInflated: 0)
  let bytes = frame(FrameType.request, data)
  return bytes.withUnsafeBytes { bytes in
    var input = bytes
    guard case .request(_, let request)? = wire.next(&input) else { return nil }
    return request
  }
}

private func response(_ data: [UInt8]) {
  var wire = ClientConnection()
  _ = try? wire.request(RequestEnvelope(), isStream: false)
  frame(FrameType.response, data).withUnsafeBytes { bytes in
    var input = bytes
    guard case .response(_, let response)? = wire.next(&input),
      case .failure(let status) = response.result
    else { return }
    _ = FrameBody.status(status)
    precondition(status.code != 0, "an error with the code of none")
  }
}

private func frame(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  FrameHeader(length: data.count, stream: 1, type: type, flags: 0).append(to: &bytes)
  return bytes + data
}
