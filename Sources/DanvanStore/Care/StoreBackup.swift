public import DanvanModel
internal import DanvanSQLite
internal import DanvanZlib
internal import Glibc
internal import Synchronization

/// A whole copy of the database as of one moment, read piece by piece.
///
/// The copy lies in the state directory and is gone with this value.
public final class StoreBackup: Sendable {
  /// The event log's head in the copy.
  public let cursor: DanvanModel.Cursor
  public let articles: Int64
  public let schema: Int
  /// Of the whole copy.
  public let byteCount: Int64
  private let path: String
  private let state: Mutex<(file: Int32, read: Int64, checksum: CRC32)>

  /// Copies and verifies; takes about as long as reading the store. `path` must not be in use.
  fileprivate init(_ store: Store, at path: String) throws {
    self.path = path
    unlink(path)
    var made = false
    defer { if !made { unlink(path) } }
    // A copy without free pages, so without what was deleted.
    try store.pool.readWithoutTransaction { db in
      try db.execute(sql: "VACUUM INTO ?", arguments: [path])
    }
    (articles, cursor, schema) = try Self.verify(path, of: store)
    let file = open(path, O_RDONLY | O_CLOEXEC)
    var about = stat()
    guard file >= 0, fstat(file, &about) == 0 else {
      if file >= 0 { close(file) }
      throw DanvanError(
        .internalError, "the copy cannot be read", cause: String(cString: strerror(errno)))
    }
    byteCount = Int64(about.st_size)
    state = Mutex((file, 0, CRC32()))
    made = true
  }

  deinit {
    state.withLock { _ = close($0.file) }
    unlink(path)
  }

  /// The next bytes, at most `count`; none at the end. Throws `internalError` where the disk fails.
  public func next(_ count: Int) throws -> [UInt8] {
    try state.withLock { state in
      var bytes = [UInt8](repeating: 0, count: count)
      let found = bytes.withUnsafeMutableBytes {
        pread(state.file, $0.baseAddress, $0.count, Int(state.read))
      }
      guard found >= 0 else {
        throw DanvanError(
          .internalError, "the copy cannot be read", cause: String(cString: strerror(errno)))
      }
      bytes.removeSubrange(found...)
      bytes.withUnsafeBufferPointer { state.checksum.add($0) }
      state.read += Int64(found)
      return bytes
    }
  }

  /// The CRC-32 of what was read so far.
  public var checksum: UInt32 { state.withLock { $0.checksum.value } }

  /// Throws `dataLoss` where the copy is not whole.
  private static func verify(_ path: String, of store: Store) throws
    -> (Int64, DanvanModel.Cursor, Int)
  {
    let copy = try Database(path: path, mode: .readOnly)
    guard try String.fetchAll(copy, sql: "PRAGMA quick_check") == ["ok"] else {
      throw DanvanError(.dataLoss, "the copy is damaged; `dvctl check` says where the store is")
    }
    let head = try Int64.fetchOne(copy, sql: "SELECT max(sequence) FROM event") ?? 0
    let compacted =
      try Int64.fetchOne(copy, sql: "SELECT value FROM meta WHERE key = 'compacted'") ?? 0
    return (
      try Int64.fetchOne(copy, sql: "SELECT count(*) FROM article") ?? 0,
      store.cursor(max(head, compacted)),
      try Int.fetchOne(copy, sql: "PRAGMA user_version") ?? 0
    )
  }
}

extension Store {
  /// Copies the whole database as of now, while it is in use, and verifies the copy's pages.
  ///
  /// Needs as much room in the state directory as the articles take. Throws `resourceExhausted` where
  /// there is none, and `dataLoss` where the copy is not whole.
  public func backup() throws -> StoreBackup {
    do {
      return try StoreBackup(self, at: directory.backup(number: Self.now()))
    } catch {
      let failure = StoreFailure.error(error)
      guard failure.code == .resourceExhausted else { throw failure }
      throw DanvanError(
        .resourceExhausted,
        "no room in \(directory.path) for the copy, which takes as much as the articles do",
        cause: failure.cause)
    }
  }
}
