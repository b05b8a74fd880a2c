import DanvanLanguage
import DanvanMessages
import DanvanSQLite
import Glibc

/// An export as a SQLite file of plain tables, for `pandas.read_sql` and the like.
///
/// The table `columns` says what each column holds; the view `facts` has all facts in one list.
final class SQLiteSink: ExportSink {
  private let path: String
  private let database: Database
  private var inserts: [SQLStatement] = []
  private var isFinished = false

  /// The file is made anew under a name of its own, and takes `path` when it is complete.
  init(path: String) throws {
    let path = try ReplacedFile.place(path)
    self.path = path
    unlink(OutputFile.temporary(path))
    // SQLite does not say why it cannot make a file.
    let part = open(OutputFile.temporary(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard part >= 0 else { throw OutputFile.failure(path, errno) }
    close(part)
    database = try Self.told(path) {
      try Database(path: OutputFile.temporary(path), mode: .readWrite)
    }
    try Self.told(path) { try begin() }
  }

  private func begin() throws {
    // What breaks off is made anew, so nothing need be safe before the end.
    try run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; BEGIN")
    try run("CREATE TABLE columns (\"table\" TEXT, \"column\" TEXT, about TEXT)")
    let about = try SQLStatement(database, "INSERT INTO columns VALUES (?, ?, ?)")
    for table in FactTable.all {
      let columns = table.columns.map { "\(Self.quoted($0.name)) \($0.type)" }
      let key = table.kind == "article" ? ", PRIMARY KEY (article)" : ""
      try run("CREATE TABLE \(table.name) (\(columns.joined(separator: ", "))\(key))")
      try insert([.text(table.name), .null, .text(table.about)], with: about)
      for column in table.columns {
        try insert([.text(table.name), .text(column.name), .text(column.about)], with: about)
      }
      let places = repeatElement("?", count: columns.count).joined(separator: ", ")
      inserts.append(try SQLStatement(database, "INSERT INTO \(table.name) VALUES (\(places))"))
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
    try Self.told(path) {
      for (table, statement) in zip(FactTable.all, inserts) {
        for row in table.rows(article) { try insert(row, with: statement) }
      }
    }
  }

  func finish() throws {
    try Self.told(path) {
      for table in FactTable.all where table.kind != "article" {
        try run("CREATE INDEX \(table.name)_article ON \(table.name) (article)")
      }
      try run("COMMIT")
      inserts = []
      try database.close()
    }
    let file = open(OutputFile.temporary(path), O_RDONLY | O_CLOEXEC)
    guard file >= 0, fsync(file) == 0 else { throw OutputFile.failure(path, errno) }
    Glibc.close(file)
    guard rename(OutputFile.temporary(path), path) == 0 else {
      throw OutputFile.failure(path, errno)
    }
    isFinished = true
  }

  deinit {
    if !isFinished { unlink(OutputFile.temporary(path)) }
  }

  private func run(_ sql: String) throws { try database.execute(sql: sql) }

  private func insert(_ row: [Cell], with statement: SQLStatement) throws {
    for (index, cell) in row.enumerated() {
      let place = Int32(index + 1)
      switch cell {
      case .null: statement.bind(place, nil as Int64?)
      case .integer(let value): statement.bind(place, value)
      case .real(let value): statement.bind(place, real: value)
      case .text, .list: statement.bind(place, cell.plain)
      }
    }
    try statement.run()
  }

  /// What SQLite answers, as a failure to write the file.
  private static func told<Answer>(_ path: String, _ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let error as DatabaseError {
      let reason = Localized(error.message ?? error.description, by: .system)
      throw Failure(.failed, "OUTPUT", Localized("\(path): \(reason)"))
    }
  }

  private static func quoted(_ name: String) -> String { "\"\(name)\"" }
}
