public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

extension Store {
  /// Puts tags on articles and takes others off, in one transaction; returns how many articles it
  /// changed. Articles that are not there are passed over.
  public func tag(
    _ articles: [ArticleID], adding: [String], removing: [String]
  ) throws -> Int {
    guard !articles.isEmpty else { return 0 }
    let changed = Mutex(0)
    try change { db in
      var touched: Set<ArticleID> = []
      for name in adding {
        try db.execute(
          sql: "INSERT INTO tag (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [name])
        let add = try SQLStatement(
          db,
          """
          INSERT OR IGNORE INTO article_tag (tag, article)
          SELECT tag.id, article.id FROM tag, article WHERE tag.name = ?1 AND article.id = ?2
          """)
        try Self.run(add, name, articles, on: db, &touched)
      }
      for name in removing {
        let remove = try SQLStatement(
          db,
          """
          DELETE FROM article_tag
          WHERE tag = (SELECT id FROM tag WHERE name = ?1) AND article = ?2
          """)
        try Self.run(remove, name, articles, on: db, &touched)
      }
      try db.execute(
        sql: "DELETE FROM tag WHERE id NOT IN (SELECT DISTINCT tag FROM article_tag)")
      changed.withLock { $0 = touched.count }
    }
    return changed.withLock { $0 }
  }

  private static func run(
    _ statement: SQLStatement, _ name: String, _ articles: [ArticleID], on db: Database,
    _ touched: inout Set<ArticleID>
  ) throws {
    for article in articles {
      statement.bind(1, name)
      statement.bind(2, article.value)
      try statement.run()
      if db.changesCount > 0 { touched.insert(article) }
    }
  }
}

extension Snapshot {
  /// Every tag in use with the number of its articles, in no order.
  public func tags() throws -> [(name: String, articles: Int)] {
    try db.rows(
      """
      SELECT tag.name, count(*) FROM tag JOIN article_tag ON article_tag.tag = tag.id GROUP BY tag.id
      """
    ) { (name: $0.text(0) ?? "", articles: Int($0.integer(1))) }
  }

  /// The tags of one article, in no order.
  public func tags(of article: ArticleID) throws -> [String] {
    let select = try SQLStatement(
      db, "SELECT name FROM article_tag JOIN tag ON tag.id = tag WHERE article = ?1")
    select.bind(1, article.value)
    defer { select.reset() }
    var names: [String] = []
    while try select.step() { if let name = select.text(0) { names.append(name) } }
    return names
  }

  func articles(tagged tag: String, in range: ClosedRange<Int64>) throws -> ArticleSet {
    let select = try SQLStatement(
      db,
      """
      SELECT article FROM article_tag WHERE tag = (SELECT id FROM tag WHERE name = ?1)
      AND article BETWEEN ?2 AND ?3
      """)
    select.bind(1, tag)
    select.bind(2, range.lowerBound)
    select.bind(3, range.upperBound)
    defer { select.reset() }
    var set = ArticleSet(in: range)
    while try select.step() { set.insert(select.integer(0)) }
    return set
  }
}
