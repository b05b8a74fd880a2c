internal import DanvanModel
internal import DanvanSQLite

extension RegisterRows {
  /// The rows of an article as it is stored, with its facts.
  init(_ article: StoredArticle, tokenizer: any SearchTokenizer) {
    let facts = article.facts ?? Facts()
    self.init(
      facts, day: article.header.sortDay(facts.date), published: article.header.published,
      tokenizer: tokenizer)
  }
}

extension Store {
  /// Changes whenever the same facts would give other rows.
  private static let registerVersion = "2"

  /// Makes the register anew from the facts when it was made otherwise or not at all, in one
  /// transaction.
  func rebuildRegisterIfNeeded() throws {
    let version = "\(Self.registerVersion) \(tokenizer.version)"
    let known = try pool.read {
      try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = 'register'")
    }
    guard known != version else { return }
    try pool.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        try db.execute(
          sql: "DELETE FROM part; DELETE FROM position; DELETE FROM post; DELETE FROM name;")
        var writer = try RegisterWriter(db)
        let snapshot = Snapshot(db: db, store: self)
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM article ORDER BY id") {
          // An article that is damaged has no facts to be found by; `check` names it.
          guard let article = try Self.undamaged(ArticleID(id), in: snapshot) else { continue }
          try writer.add(RegisterRows(article, tokenizer: tokenizer), of: id)
        }
        try db.execute(
          sql: "INSERT OR REPLACE INTO meta (key, value) VALUES ('register', ?)",
          arguments: [version])
      }
    }
  }
}
