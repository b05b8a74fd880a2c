internal import CSQLite

/// What SQLite answered in place of doing what it was told.
public struct DatabaseError: Error, Sendable, CustomStringConvertible {
  public let extendedResultCode: ResultCode
  /// In SQLite's words, which are of the connection's last failure.
  public let message: String?
  /// The statement that failed, without the values bound to it.
  public let sql: String?

  /// The class of the failure.
  public var resultCode: ResultCode { extendedResultCode.primary }

  public init(resultCode: ResultCode, message: String? = nil, sql: String? = nil) {
    extendedResultCode = resultCode
    self.message = message
    self.sql = sql
  }

  /// The last failure of a connection; `code` is what the call returned.
  init(_ code: Int32, of handle: OpaquePointer?, sql: String? = nil) {
    let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
    // A call that was wrong in itself may have left an older failure there.
    let isOfThisCall = extended & 0xFF == code & 0xFF
    self.init(
      resultCode: ResultCode(rawValue: isOfThisCall ? extended : code),
      message: String(
        cString: isOfThisCall && handle != nil ? sqlite3_errmsg(handle) : sqlite3_errstr(code)),
      sql: sql)
  }

  static var isClosed: DatabaseError {
    DatabaseError(resultCode: .misuse, message: "the connection is closed")
  }

  public var description: String {
    let statement = sql.map { ", in: \($0)" } ?? ""
    return "SQLite error \(extendedResultCode.rawValue): \(message ?? "no message")\(statement)"
  }
}
