internal import DanvanMessages
internal import SwiftProtobuf

/// Care of the store. PERMISSION_DENIED for those who may only read.
extension DaemonConnection {
  /// A whole copy of the database, as `BackupItem` messages.
  public func backup() throws(DaemonError) -> MessageStream {
    try care("Backup", Danvan_V1_BackupRequest())
  }

  /// Looks at everything stored, after making the index anew where that is wanted; `CheckItem` messages.
  public func check(repairingIndex: Bool) throws(DaemonError) -> MessageStream {
    try care("Check", Danvan_V1_CheckRequest.with { $0.repairIndex = repairingIndex })
  }

  /// Takes out what only removed articles held, and gives free pages back; one `CompactResponse`.
  public func compact() throws(DaemonError) -> MessageStream {
    try care("Compact", Danvan_V1_CompactRequest())
  }

  private func care(_ method: String, _ request: some Message) throws(DaemonError) -> MessageStream
  {
    let payload: [UInt8] = try Self.translated { try request.serializedBytes() }
    return try stream("danvan.v1.Care", method, payload)
  }
}
