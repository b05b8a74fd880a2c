internal import CSQLite

/// A result code of SQLite, primary or extended, by its name in `sqlite3.h` without `SQLITE_`.
public struct ResultCode: RawRepresentable, Hashable, Sendable {
  public let rawValue: Int32

  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The class of an extended code.
  public var primary: ResultCode { ResultCode(rawValue: rawValue & 0xFF) }

  public static let error = ResultCode(rawValue: SQLITE_ERROR)
  public static let perm = ResultCode(rawValue: SQLITE_PERM)
  public static let abort = ResultCode(rawValue: SQLITE_ABORT)
  public static let busy = ResultCode(rawValue: SQLITE_BUSY)
  public static let locked = ResultCode(rawValue: SQLITE_LOCKED)
  public static let nomem = ResultCode(rawValue: SQLITE_NOMEM)
  public static let readonly = ResultCode(rawValue: SQLITE_READONLY)
  public static let interrupt = ResultCode(rawValue: SQLITE_INTERRUPT)
  public static let ioerr = ResultCode(rawValue: SQLITE_IOERR)
  public static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
  public static let full = ResultCode(rawValue: SQLITE_FULL)
  public static let lockProtocol = ResultCode(rawValue: SQLITE_PROTOCOL)
  public static let cantopen = ResultCode(rawValue: SQLITE_CANTOPEN)
  public static let toobig = ResultCode(rawValue: SQLITE_TOOBIG)
  public static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
  public static let mismatch = ResultCode(rawValue: SQLITE_MISMATCH)
  public static let misuse = ResultCode(rawValue: SQLITE_MISUSE)
  public static let auth = ResultCode(rawValue: SQLITE_AUTH)
  public static let range = ResultCode(rawValue: SQLITE_RANGE)
  public static let notadb = ResultCode(rawValue: SQLITE_NOTADB)

  // Composed in C by macros that Swift does not read.
  public static let ioerrFsync = ResultCode(rawValue: SQLITE_IOERR | 4 << 8)
  public static let ioerrDirFsync = ResultCode(rawValue: SQLITE_IOERR | 5 << 8)
}
