internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import SwiftProtobuf

/// The other clients: who they are, what they wait for, and what passes between them and the daemon.
extension AdminHandlers {
  func registerConnections(in router: inout Router) {
    router.deferred("danvan.v1.Admin", "Connections", on: .inline, connections)
    router.serverStream("danvan.v1.Admin", "Trace", log: log, trace)
  }

  @Sendable private func connections(_ call: Call, _ reply: Reply) {
    do throws(RPCStatus) {
      try Rights.demandOversight(call, log)
      _ = try Danvan_V1_ConnectionsRequest(decoding: call)
      let head = bounds.head.sequence
      try demandServer().connections { list in
        reply.send(
          Result { () throws(RPCStatus) in
            try answering(call, log) {
              try Danvan_V1_ConnectionsResponse.with {
                $0.connections = list.map { Danvan_V1_ConnectionState($0, head: head) }
              }.serializedBytes()
            }
          })
      }
    } catch {
      reply.send(.failure(error))
    }
  }

  @Sendable private func trace(
    _ request: Danvan_V1_TraceRequest, _ call: Call, _ handle: StreamHandle
  ) throws -> any StreamSource {
    try Rights.demandOversight(call, log)
    guard request.connection != call.connection else {
      throw RPCStatus(.invalidArgument, "a trace of the connection that reads it has no end")
    }
    log.notice(
      "trace",
      [
        "of": request.connection == 0 ? "all" : "\(request.connection)",
        "method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
      ])
    let tap = FrameTap(
      connection: request.connection == 0 ? nil : request.connection, reader: call.connection,
      wake: { handle.wake() })
    return TraceSource(tap, try demandServer())
  }

  private func demandServer() throws(RPCStatus) -> Server {
    guard let server = figures.server else {
      throw RPCStatus(.unavailable, "the daemon is still starting")
    }
    return server
  }
}

extension Danvan_V1_ConnectionState {
  /// `head` is the newest event's sequence number.
  init(_ info: ConnectionInfo, head: Int64) {
    self.init()
    number = info.number
    uid = info.peer.uid
    gid = info.peer.gid
    pid = info.peer.pid
    socket = info.peer.socketName
    client = info.client
    features = info.features.names
    ageNano = Int64(clamping: info.age.nanoseconds)
    calls = info.callCount
    bytesIn = info.bytesIn
    bytesOut = info.bytesOut
    bytesWaiting = UInt64(clamping: info.bytesWaiting)
    inProgress = info.inProgress.map { call in
      .with {
        $0.stream = call.stream
        $0.method = "\(call.method.service)/\(call.method.name)"
        if let position = call.position { $0.lag = UInt64(clamping: head - position) }
      }
    }
  }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isTooLong ? .max : whole &+ attoseconds / 1_000_000_000
  }
}
