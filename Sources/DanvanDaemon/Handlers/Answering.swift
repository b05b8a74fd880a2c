internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import SwiftProtobuf

extension Router {
  /// A method of messages: decodes, calls `handler`, encodes, and puts what it throws into a status.
  mutating func unary<Request: Message, Answer: Message>(
    _ service: String, _ method: String, on execution: Execution, limit: Duration? = nil, log: Log,
    _ handler: @escaping @Sendable (Request, Call) throws -> Answer
  ) {
    unary(service, method, on: execution, limit: limit) { call in
      try answering(call, log) {
        try handler(try Request(decoding: call), call).serializedBytes()
      }
    }
  }
}

extension Router {
  /// A method whose answer is a stream of messages; `open` runs on a worker.
  mutating func serverStream<Request: Message>(
    _ service: String, _ method: String, log: Log,
    _ open: @escaping @Sendable (Request, Call, StreamHandle) throws -> any StreamSource
  ) {
    serverStream(service, method) { call, handle in
      try answering(call, log) { try open(try Request(decoding: call), call, handle) }
    }
  }
}

extension Message {
  /// The call's request. Throws INVALID_ARGUMENT for bytes that are no such message.
  init(decoding call: Call) throws(RPCStatus) {
    do {
      try self.init(serializedBytes: call.payload)
    } catch {
      throw RPCStatus(.invalidArgument, "the payload is no \(Self.protoMessageName)")
    }
  }
}

/// Runs `body`; what it throws becomes an `RPCStatus`, and what only the log may know goes there.
func answering<Value>(_ call: Call, _ log: Log, _ body: () throws -> Value) throws(RPCStatus)
  -> Value
{
  do {
    return try body()
  } catch {
    throw status(of: error, call, log)
  }
}

/// The status for an error: the same number and words for ours, INTERNAL for any other.
func status(of error: any Error, _ call: Call, _ log: Log) -> RPCStatus {
  switch error {
  case let status as RPCStatus: return status
  case let known as DanvanError:
    if let cause = known.cause {
      log.error(
        "call failed",
        [
          "method": call.name, "code": known.code.rawValue, "error": known.message,
          "cause": cause, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
        ])
    }
    return RPCStatus(known.code.rawValue, known.message, details: details(of: known))
  default:
    log.error(
      "call failed",
      [
        "method": call.name, "code": ErrorCode.internalError.rawValue, "error": "internal error",
        "cause": "\(error)", "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
      ])
    return RPCStatus(.internalError, "internal error; the daemon's log says more")
  }
}

/// Says which of several items was the trouble.
private func details(of error: DanvanError) -> [RPCStatus.Detail] {
  guard let item = error.item,
    let bytes: [UInt8] = try? Danvan_V1_ImportFault.with({ $0.item = UInt32(clamping: item) })
      .serializedBytes()
  else { return [] }
  let type = "type.googleapis.com/\(Danvan_V1_ImportFault.protoMessageName)"
  return [RPCStatus.Detail(type: type, value: bytes)]
}

extension Call {
  var name: String { "\(service)/\(method)" }
}
