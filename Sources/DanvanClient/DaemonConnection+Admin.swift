public import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

/// The daemon seen from outside: what it knows, who is connected, what passes.
extension DaemonConnection {
  /// The .proto files the daemon was built from.
  public func describe(timeout: Duration? = nil) throws(DaemonError) -> Danvan_V1_DescribeResponse {
    try call(
      "danvan.v1.Connection", "Describe", Danvan_V1_DescribeRequest(), timeout: timeout)
  }

  /// All open connections, by number. PERMISSION_DENIED for those who may only read.
  public func connections(timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_ConnectionState]
  {
    let answer: Danvan_V1_ConnectionsResponse = try call(
      "danvan.v1.Admin", "Connections", Danvan_V1_ConnectionsRequest(), timeout: timeout)
    return answer.connections
  }

  /// The frames of a connection, of all others for 0; messages are `TraceFrame`s.
  public func trace(_ connection: UInt64) throws(DaemonError) -> MessageStream {
    let request = Danvan_V1_TraceRequest.with { $0.connection = connection }
    let payload: [UInt8] = try Self.translated { try request.serializedBytes() }
    return try stream("danvan.v1.Admin", "Trace", payload)
  }

  /// One call with encoded messages.
  public func call(
    _ service: String, _ method: String, _ payload: [UInt8], timeout: Duration? = nil
  ) throws(DaemonError) -> [UInt8] {
    try Self.translated { try client.call(service, method, payload, timeout: timeout) }
  }

  /// A server stream of encoded messages; `timeout` bounds the whole of it.
  public func stream(
    _ service: String, _ method: String, _ payload: [UInt8], timeout: Duration? = nil
  ) throws(DaemonError) -> MessageStream {
    MessageStream(
      try Self.translated { try client.stream(service, method, payload, timeout: timeout) })
  }

  /// Has articles read anew from their kept documents, in the background; or only asks how that stands.
  public func reread(_ request: Danvan_V1_RereadRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_RebuildResponse
  {
    try call("danvan.v1.Admin", "Reread", request, timeout: timeout)
  }
}
