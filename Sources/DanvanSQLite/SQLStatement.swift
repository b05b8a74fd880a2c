internal import CSQLite

/// A statement of a connection's cache, bound and stepped without boxing each value.
///
/// Parameters count from 1, columns from 0, as in SQLite. Two of the same text on one connection are the
/// same statement: one must be through with it before the other begins.
public struct SQLStatement {
  private let statement: OpaquePointer
  private let prepared: PreparedStatement

  /// Throws `DatabaseError` where the text is no SQL, or none for this schema.
  public init(_ db: Database, _ sql: String) throws {
    self.init(try db.cachedStatement(sql))
    // A statement that an error left half-way is taken up clean.
    reset()
  }

  init(_ prepared: PreparedStatement) {
    self.prepared = prepared
    statement = prepared.handle
  }

  /// True when there is a row to read. Throws also what went wrong when values were bound.
  public func step() throws -> Bool {
    try prepared.check()
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let failure = prepared.failure(code)
      reset()
      throw failure
    }
  }

  /// Runs a statement that gives no rows, and makes it ready for the next run.
  public func run() throws {
    while try step() {}
    reset()
  }

  /// Makes the statement ready for the next run; all its parameters are NULL then.
  public func reset() {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
    prepared.bindFailure = SQLITE_OK
  }
}

// MARK: Parameters

extension SQLStatement {
  public func bind(_ index: Int32, _ value: Int64?) {
    if let value {
      prepared.note(sqlite3_bind_int64(statement, index, value))
    } else {
      prepared.note(sqlite3_bind_null(statement, index))
    }
  }

  public func bind(_ index: Int32, real value: Double) {
    prepared.note(sqlite3_bind_double(statement, index, value))
  }

  public func bind(_ index: Int32, _ value: String?) {
    guard var value else {
      prepared.note(sqlite3_bind_null(statement, index))
      return
    }
    value.withUTF8 { bindText(index, UnsafeRawBufferPointer($0)) }
  }

  /// Bytes that SQLite takes for text, whatever they are.
  public func bind(_ index: Int32, text: [UInt8]) {
    text.withUnsafeBytes { bindText(index, $0) }
  }

  public func bind(_ index: Int32, blob: [UInt8]) {
    blob.withUnsafeBytes { bytes in
      // An empty buffer may have no address, which SQLite would read as NULL.
      let code =
        bytes.isEmpty
        ? sqlite3_bind_zeroblob(statement, index, 0)
        : sqlite3_bind_blob64(
          statement, index, bytes.baseAddress, UInt64(bytes.count), transientMemory)
      prepared.note(code)
    }
  }

  private func bindText(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
    let code =
      bytes.isEmpty
      ? sqlite3_bind_text(statement, index, "", 0, transientMemory)
      : sqlite3_bind_text64(
        statement, index, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        UInt64(bytes.count), transientMemory, UInt8(SQLITE_UTF8))
    prepared.note(code)
  }

  /// Throws `SQLITE_RANGE` where there are more or fewer than the statement has parameters.
  func bindAll(_ arguments: [(any SQLValue)?]) throws {
    let count = Int(sqlite3_bind_parameter_count(statement))
    guard count == arguments.count else {
      throw DatabaseError(
        resultCode: .range, message: "\(arguments.count) arguments for \(count) parameters",
        sql: prepared.sql)
    }
    // What is not bound is NULL.
    for (index, value) in arguments.enumerated() { value?.bind(to: self, at: Int32(index + 1)) }
  }
}

// MARK: Columns

extension SQLStatement {
  public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  public func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

  public func isNull(_ column: Int32) -> Bool { type(column) == SQLITE_NULL }

  func type(_ column: Int32) -> Int32 { sqlite3_column_type(statement, column) }

  /// Nil for NULL, and for bytes that are not UTF-8, as those on a damaged page need not be.
  public func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(statement, column) else { return nil }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(
      validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  public func blob(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, column) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, column))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Lends the bytes of a column until the next step.
  public func withBlob<Value>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value)
    -> Value
  {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return body(
      UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count))
  }
}
