internal import GRDB
internal import GRDBSQLite

/// A statement of a connection's cache, bound and stepped without boxing each value.
///
/// Parameters count from 1, columns from 0, as in SQLite. Valid while its connection is.
struct SQLStatement {
  private let statement: OpaquePointer
  private let owner: Statement

  init(_ db: Database, _ sql: String) throws {
    owner = try db.cachedStatement(sql: sql)
    statement = owner.sqliteStatement
    // A statement that an error left half-way is taken up clean.
    reset()
  }

  func bind(_ index: Int32, _ value: Int64?) {
    if let value {
      sqlite3_bind_int64(statement, index, value)
    } else {
      sqlite3_bind_null(statement, index)
    }
  }

  func bind(_ index: Int32, _ value: Double) { sqlite3_bind_double(statement, index, value) }

  func bind(_ index: Int32, _ value: String?) {
    guard var value else {
      sqlite3_bind_null(statement, index)
      return
    }
    value.withUTF8 { bytes in
      guard !bytes.isEmpty else {
        // An empty buffer may have no address, which SQLite would read as NULL.
        _ = sqlite3_bind_text(statement, index, "", 0, Self.copied)
        return
      }
      bytes.withMemoryRebound(to: CChar.self) {
        _ = sqlite3_bind_text(
          statement, index, $0.baseAddress, Int32(clamping: $0.count), Self.copied)
      }
    }
  }

  /// Bytes that SQLite takes for text, whatever they are.
  func bind(_ index: Int32, text: [UInt8]) {
    text.withUnsafeBytes { bytes in
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = sqlite3_bind_text(statement, index, base, Int32(clamping: bytes.count), Self.copied)
    }
  }

  func bind(_ index: Int32, blob: [UInt8]) {
    _ = blob.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        sqlite3_bind_blob(statement, index, base, Int32(clamping: bytes.count), Self.copied)
      } else {
        sqlite3_bind_zeroblob(statement, index, 0)
      }
    }
  }

  /// True when there is a row to read.
  func step() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let connection = sqlite3_db_handle(statement)
      let failure = DatabaseError(
        resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
        message: String(cString: sqlite3_errmsg(connection)))
      reset()
      throw failure
    }
  }

  /// Runs a statement that gives no rows, and makes it ready for the next run.
  func run() throws {
    while try step() {}
    reset()
  }

  func reset() {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
  }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }
  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(statement, column) == SQLITE_NULL
  }

  func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(statement, column) else { return nil }
    let count = Int(sqlite3_column_bytes(statement, column))
    // Bytes on a damaged page need not be UTF-8.
    return String(
      validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func blob(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, column) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, column))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Lends the bytes of a column until the next step.
  func withBlob<Value>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return body(
      UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count))
  }

  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
