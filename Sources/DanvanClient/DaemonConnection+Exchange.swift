public import DanvanMessages
internal import SwiftProtobuf

/// A corpus for another program or another store.
extension DaemonConnection {
  /// The items of an export, as `ExportItem` messages, as of now.
  public func export(_ request: Danvan_V1_ExportRequest) throws(DaemonError) -> MessageStream {
    let payload: [UInt8] = try Self.translated { try request.serializedBytes() }
    return try stream("danvan.v1.Exchange", "Export", payload)
  }

  /// Takes items of an export in, all of them or none; on disk when this returns, a result each.
  public func take(_ request: Danvan_V1_ImportRequest, timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_ImportResult]
  {
    let answer: Danvan_V1_ImportResponse = try call(
      "danvan.v1.Exchange", "Import", request, timeout: timeout)
    guard answer.results.count == request.items.count else {
      throw .malformed("\(answer.results.count) results for \(request.items.count) items")
    }
    return answer.results
  }
}
