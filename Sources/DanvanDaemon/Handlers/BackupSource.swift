internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import FoundationEssentials
internal import SwiftProtobuf
internal import Synchronization

/// One backup as a stream: the copy is made on a thread of its own, then read as fast as the client
/// takes it.
final class BackupSource: StreamSource {
  private enum State {
    case copying
    case failed(RPCStatus)
    case copied(StoreBackup)
    case reading(StoreBackup)
    case over
  }
  private static let pieceBytes = 64 << 10
  private let state = Mutex(State.copying)

  init(
    _ desk: Desk, _ handle: StreamHandle, refusal: @escaping @Sendable (any Error) -> RPCStatus
  ) throws {
    try BackgroundThread.start { [weak self] in
      OwnProcess.giveWay()
      let made: State
      do {
        made = .copied(try desk.backup())
      } catch {
        made = .failed(refusal(error))
      }
      self?.state.withLock { state in
        if case .copying = state { state = made }
      }
      handle.wake()
    }
  }

  func next() throws -> StreamStep {
    let now = state.withLock { state in
      defer { if case .copied(let backup) = state { state = .reading(backup) } }
      return state
    }
    switch now {
    case .copying: return .idle
    case .failed(let status): throw status
    case .over: return .end
    case .copied(let backup):
      return try .one {
        $0.head.bytes = UInt64(clamping: backup.byteCount)
        $0.head.articles = UInt64(clamping: backup.articles)
        $0.head.schema = UInt32(clamping: backup.schema)
        $0.head.cursor = backup.cursor.description
      }
    case .reading(let backup):
      let piece = try backup.next(Self.pieceBytes)
      if !piece.isEmpty { return try .one { $0.piece = Data(piece) } }
      state.withLock { $0 = .over }
      return try .one { $0.end.crc32 = backup.checksum }
    }
  }

  func closed() { state.withLock { $0 = .over } }
}

extension StreamStep {
  fileprivate static func one(_ fill: (inout Danvan_V1_BackupItem) -> Void) throws -> Self {
    .messages([try Danvan_V1_BackupItem.with(fill).serializedBytes()])
  }
}
