internal import CSQLite

/// A type that a column's value can be read as, and that can be given for a parameter.
public protocol SQLValue: Sendable {
  func bind(to statement: SQLStatement, at index: Int32)

  /// The column of the present row; nil where it holds something else, or a number out of range.
  static func read(_ column: Int32, of row: SQLStatement) -> Self?
}

extension SQLValue {
  /// The first column of the first row; nil where there is no row, and for NULL. Throws `SQLITE_MISMATCH` for
  /// a value of another type.
  public static func fetchOne(
    _ db: Database, sql: String, arguments: [(any SQLValue)?] = []
  ) throws -> Self? {
    let statement = try SQLStatement(db, sql)
    defer { statement.reset() }
    try statement.bindAll(arguments)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return try value(statement, sql)
  }

  /// The first column of all rows. Throws `SQLITE_MISMATCH` for a value of another type, and for NULL.
  public static func fetchAll(
    _ db: Database, sql: String, arguments: [(any SQLValue)?] = []
  ) throws -> [Self] {
    try db.rows(sql, arguments: arguments) { try value($0, sql) }
  }

  private static func value(_ row: SQLStatement, _ sql: String) throws -> Self {
    guard let value = read(0, of: row) else {
      throw DatabaseError(resultCode: .mismatch, message: "no \(Self.self)", sql: sql)
    }
    return value
  }
}

extension SQLValue where Self: FixedWidthInteger {
  public static func read(_ column: Int32, of row: SQLStatement) -> Self? {
    row.type(column) == SQLITE_INTEGER ? Self(exactly: row.integer(column)) : nil
  }
}

extension SQLValue where Self: SignedInteger & FixedWidthInteger {
  public func bind(to statement: SQLStatement, at index: Int32) {
    statement.bind(index, Int64(self))
  }
}

extension Int64: SQLValue {}
extension Int: SQLValue {}
extension Int32: SQLValue {}

extension Bool: SQLValue {
  public func bind(to statement: SQLStatement, at index: Int32) {
    statement.bind(index, self ? 1 : 0)
  }

  public static func read(_ column: Int32, of row: SQLStatement) -> Bool? {
    Int64.read(column, of: row).map { $0 != 0 }
  }
}

extension Double: SQLValue {
  public func bind(to statement: SQLStatement, at index: Int32) {
    statement.bind(index, real: self)
  }

  public static func read(_ column: Int32, of row: SQLStatement) -> Double? {
    let type = row.type(column)
    return type == SQLITE_FLOAT || type == SQLITE_INTEGER ? row.double(column) : nil
  }
}

extension String: SQLValue {
  public func bind(to statement: SQLStatement, at index: Int32) { statement.bind(index, self) }

  public static func read(_ column: Int32, of row: SQLStatement) -> String? {
    row.type(column) == SQLITE_TEXT ? row.text(column) : nil
  }
}

extension [UInt8]: SQLValue {
  public func bind(to statement: SQLStatement, at index: Int32) {
    statement.bind(index, blob: self)
  }

  public static func read(_ column: Int32, of row: SQLStatement) -> [UInt8]? {
    row.type(column) == SQLITE_BLOB ? row.blob(column) : nil
  }
}
