internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import SwiftProtobuf

/// danvan.v1.Connection: what the two ends know of each other.
struct ConnectionHandlers: Sendable {
  let bounds: LogBounds
  let maxInflated: Int
  let log: Log

  /// Peers are on one machine, where copying an answer is far cheaper than compressing it; texts
  /// go out compressed as they are stored in any case.
  private static let compressFrom = 65_536

  func register(in router: inout Router) {
    router.hello("danvan.v1.Connection", "Hello") { call in
      try answering(call, log) { try hello(call) }
    }
    router.unary("danvan.v1.Connection", "Describe", on: .pooled, log: log, describe)
  }

  private func hello(_ call: Call) throws -> HelloAnswer {
    let request = try Danvan_V1_HelloRequest(decoding: call)
    let features = try Features.agreed(offered: request.features, required: request.required)
    let agreed = Extension(
      features: features, peerMaxFrame: Int(request.maxFrame),
      peerMaxInflated: Int(request.maxInflated), peerWindow: Int(request.window),
      compressFrom: Self.compressFrom)
    let answer = Danvan_V1_HelloResponse.with {
      $0.protocol = UInt32(Release.protocol)
      $0.features = features.names
      $0.maxFrame = UInt32(Extension.greatestFrame)
      $0.maxInflated = UInt32(clamping: maxInflated)
      $0.window = UInt32(Extension.defaultWindow)
      $0.store = bounds.store.description
      $0.server = "danvand"
      $0.version = Release.version
      $0.oldestCursor = bounds.oldest.description
      $0.headCursor = bounds.head.description
    }
    log.debug(
      "hello",
      [
        "client": request.client, "version": request.version, "method": call.name,
        "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid, "connection": call.connection,
      ])
    let client = "\(request.client) \(request.version)".trimmingSpaces(upTo: 64)
    return HelloAnswer(
      payload: try answer.serializedBytes(), agreed: agreed, client: client)
  }

  @Sendable private func describe(_ request: Danvan_V1_DescribeRequest, _ call: Call)
    -> Danvan_V1_DescribeResponse
  {
    .with {
      $0.files = ProtocolFiles.all.map { file in
        .with { ($0.name, $0.text) = file }
      }
    }
  }
}

extension String {
  /// Without spaces at the ends, and cut to so many characters.
  fileprivate func trimmingSpaces(upTo count: Int) -> String {
    let kept = drop { $0 == " " }.prefix(count)
    return String(kept.last == " " ? kept.dropLast() : kept)
  }
}
