import DanvanMessages
import GRDBSQLite
import Glibc

/// An export as a SQLite file of plain tables, for `pandas.read_sql` and the like.
///
/// The table `columns` says what each column holds; the view `facts` has all facts in one list.
final class SQLiteSink: ExportSink {
  private let path: String
  private var database: OpaquePointer?
  private var inserts: [OpaquePointer] = []
  private var isFinished = false

  /// The file is made anew under a name of its own, and takes `path` when it is complete.
  init(path: String) throws {
    let path = try ReplacedFile.place(path)
    self.path = path
    unlink(OutputFile.temporary(path))
    guard sqlite3_open(OutputFile.temporary(path), &database) == SQLITE_OK else { throw failure() }
    // What breaks off is made anew, so nothing need be safe before the end.
    try run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; BEGIN")
    try run("CREATE TABLE columns (\"table\" TEXT, \"column\" TEXT, about TEXT)")
    let about = try prepare("INSERT INTO columns VALUES (?, ?, ?)")
    defer { sqlite3_finalize(about) }
    for table in FactTable.all {
      let columns = table.columns.map { "\(Self.quoted($0.name)) \($0.type)" }
      let key = table.kind == "article" ? ", PRIMARY KEY (article)" : ""
      try run("CREATE TABLE \(table.name) (\(columns.joined(separator: ", "))\(key))")
      try insert([.text(table.name), .null, .text(table.about)], with: about)
      for column in table.columns {
        try insert([.text(table.name), .text(column.name), .text(column.about)], with: about)
      }
      let places = repeatElement("?", count: columns.count).joined(separator: ", ")
      inserts.append(try prepare("INSERT INTO \(table.name) VALUES (\(places))"))
    }
    let parts = FactTable.all.filter { $0.kind != "article" }.map {
      "SELECT article, '\($0.kind)' AS kind, date, source, url, start, \"end\", "
        + "\(Self.quoted(Self.wording(of: $0))) AS text, sentence, rule, confidence FROM \($0.name)"
    }
    try run("CREATE VIEW facts AS " + parts.joined(separator: " UNION ALL "))
  }

  /// The column that holds what a fact says: its text, else what comes nearest.
  private static func wording(of table: FactTable) -> String {
    ["text", "name", "content", "action", "topic", "role"].first { name in
      table.columns.contains { $0.name == name }
    } ?? "rule"
  }

  func write(_ item: Danvan_V1_ExportItem) throws {
    guard item.hasText else { return }
    let article = ExportedArticle(item.text)
    for (table, statement) in zip(FactTable.all, inserts) {
      for row in table.rows(article) { try insert(row, with: statement) }
    }
  }

  func finish() throws {
    for table in FactTable.all where table.kind != "article" {
      try run("CREATE INDEX \(table.name)_article ON \(table.name) (article)")
    }
    try run("COMMIT")
    close()
    let file = open(OutputFile.temporary(path), O_RDONLY | O_CLOEXEC)
    guard file >= 0, fsync(file) == 0 else { throw OutputFile.failure(path, errno) }
    Glibc.close(file)
    guard rename(OutputFile.temporary(path), path) == 0 else {
      throw OutputFile.failure(path, errno)
    }
    isFinished = true
  }

  private func close() {
    for statement in inserts { sqlite3_finalize(statement) }
    inserts = []
    sqlite3_close(database)
    database = nil
  }

  deinit {
    close()
    if !isFinished { unlink(OutputFile.temporary(path)) }
  }

  private func run(_ sql: String) throws {
    guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
  }

  private func prepare(_ sql: String) throws -> OpaquePointer {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw failure()
    }
    return statement
  }

  private func insert(_ row: [Cell], with statement: OpaquePointer) throws {
    for (index, cell) in row.enumerated() {
      let place = Int32(index + 1)
      switch cell {
      case .null: sqlite3_bind_null(statement, place)
      case .integer(let value): sqlite3_bind_int64(statement, place, value)
      case .real(let value): sqlite3_bind_double(statement, place, value)
      case .text, .list: sqlite3_bind_text(statement, place, cell.plain, -1, Self.copied)
      }
    }
    let result = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard result == SQLITE_DONE else { throw failure() }
  }

  private func failure() -> Failure {
    let reason = database.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
    return Failure(.failed, "OUTPUT", Localized("\(path): \(reason)"))
  }

  private static func quoted(_ name: String) -> String { "\"\(name)\"" }
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
