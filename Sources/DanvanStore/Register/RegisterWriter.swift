internal import DanvanModel
internal import DanvanSQLite

/// Writes an article's rows of the register, and takes them out again, within one transaction.
struct RegisterWriter {
  private let db: Database
  private let part: SQLStatement
  private let position: SQLStatement
  private var names: [String: Int64] = [:]
  private var posts: [String: Int64] = [:]

  init(_ db: Database) throws {
    self.db = db
    part = try SQLStatement(
      db,
      """
      INSERT INTO part (name, role, day, article, number, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """)
    position = try SQLStatement(
      db,
      "INSERT INTO position (person, day, article, number, post, firm) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    )
  }

  mutating func add(_ rows: RegisterRows, of article: Int64) throws {
    for row in rows.parts {
      part.bind(1, try row.name.map { try number(of: $0) } ?? 0)
      part.bind(2, row.role.rawValue)
      part.bind(3, row.day)
      part.bind(4, article)
      part.bind(5, Int64(row.number))
      part.bind(6, row.detail)
      try part.run()
    }
    for row in rows.positions {
      position.bind(1, try number(of: row.person))
      position.bind(2, rows.day)
      position.bind(3, article)
      position.bind(4, Int64(row.number))
      position.bind(5, try number(of: row.post))
      position.bind(6, rows.isFirm ? 1 : 0)
      try position.run()
    }
  }

  /// Names and posts stay: they are numbers for what was written once.
  mutating func remove(_ rows: RegisterRows, of article: Int64) throws {
    let part = try SQLStatement(
      db,
      """
      DELETE FROM part WHERE name = ?1 AND role = ?2 AND day = ?3 AND article = ?4 AND number = ?5
      """)
    for row in rows.parts {
      part.bind(1, try row.name.map { try number(of: $0) } ?? 0)
      part.bind(2, row.role.rawValue)
      part.bind(3, row.day)
      part.bind(4, article)
      part.bind(5, Int64(row.number))
      try part.run()
    }
    let position = try SQLStatement(
      db,
      "DELETE FROM position WHERE person = ?1 AND day = ?2 AND article = ?3 AND number = ?4")
    for row in rows.positions {
      position.bind(1, try number(of: row.person))
      position.bind(2, rows.day)
      position.bind(3, article)
      position.bind(4, Int64(row.number))
      try position.run()
    }
  }

  /// Takes out whatever is there of an article; looks through the whole register.
  func removeAll(of article: Int64) throws {
    for table in ["part", "position"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE article = ?", arguments: [article])
    }
  }

  private mutating func number(of name: RegisteredName) throws -> Int64 {
    if let known = names[name.canonical] { return known }
    let find = try SQLStatement(db, "SELECT id, text FROM name WHERE canonical = ?1")
    find.bind(1, name.canonical)
    defer { find.reset() }
    let number: Int64
    if try find.step() {
      number = find.integer(0)
      if let text = find.text(1), Self.isBetter(name.text, than: text) {
        try db.execute(
          sql: "UPDATE name SET text = ? WHERE id = ?", arguments: [name.text, number])
      }
    } else {
      let insert = try SQLStatement(
        db, "INSERT INTO name (canonical, plain, text) VALUES (?1, ?2, ?3)")
      insert.bind(1, name.canonical)
      insert.bind(2, name.plain)
      insert.bind(3, name.text)
      try insert.run()
      number = db.lastInsertedRowID
    }
    names[name.canonical] = number
    return number
  }

  private mutating func number(of post: RegisteredPost) throws -> Int64 {
    if let known = posts[post.canonical] { return known }
    let find = try SQLStatement(db, "SELECT id, role, body FROM post WHERE canonical = ?1")
    find.bind(1, post.canonical)
    defer { find.reset() }
    let number: Int64
    if try find.step() {
      number = find.integer(0)
    } else {
      let body = try post.body.map { try self.number(of: $0) }
      let insert = try SQLStatement(
        db,
        """
        INSERT INTO post (canonical, plain, role, body, body_name) VALUES (?1, ?2, ?3, ?4, ?5)
        """)
      insert.bind(1, post.canonical)
      insert.bind(2, post.plain)
      insert.bind(3, post.role)
      insert.bind(4, post.body?.text)
      insert.bind(5, body ?? 0)
      try insert.run()
      number = db.lastInsertedRowID
    }
    posts[post.canonical] = number
    return number
  }

  /// Of two spellings of one name that with more syllables in mixed case is shown: headlines and
  /// careless typing have the others. Among equals the first in byte order, so that the order in which
  /// articles came does not matter.
  static func isBetter(_ a: String, than b: String) -> Bool {
    func rank(_ text: String) -> Int {
      text.split(separator: " ").count { word in
        word.first?.isUppercase == true && word.dropFirst().contains { $0.isLowercase }
      }
    }
    let (left, right) = (rank(a), rank(b))
    return left != right ? left > right : Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8))
  }
}
