internal import DanvanSQLite

/// What the orders of a result but the newest first are made of.
extension ArticleWriter {
  /// Puts an article into the rank index, or takes it out with the terms that it went in by.
  func rank(_ id: Int64, by terms: RankTerms, removing: Bool = false) throws {
    let statement = try SQLStatement(
      db,
      removing
        ? "INSERT INTO rank_index (rank_index, rowid, title, high) VALUES ('delete', ?1, ?2, ?3)"
        : "INSERT INTO rank_index (rowid, title, high) VALUES (?1, ?2, ?3)")
    statement.bind(1, id)
    statement.bind(2, text: terms.title)
    statement.bind(3, text: terms.high)
    try statement.run()
  }

  /// Puts an article into the order of headlines, or takes it out by the key that it went in by.
  func order(_ id: Int64, by key: [UInt8], removing: Bool = false) throws {
    let statement = try SQLStatement(
      db,
      removing
        ? "DELETE FROM title_order WHERE title = ?1 AND article = ?2"
        : "INSERT INTO title_order (title, article) VALUES (?1, ?2)")
    statement.bind(1, blob: key)
    statement.bind(2, id)
    try statement.run()
  }
}
