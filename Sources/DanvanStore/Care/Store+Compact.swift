internal import DanvanModel
internal import DanvanSQLite
internal import Glibc

/// What tidying up has given back.
public struct Compaction: Sendable, Equatable {
  /// Bytes of the database file and of the log beside it.
  public let before: Int64
  public let after: Int64
  /// Names, posts and index terms that no article held any more.
  public let forgotten: Int
}

extension Store {
  /// Forgets the names, posts and terms that only removed articles held, takes removed articles out of
  /// the full-text indexes for good, and gives the free pages back to the system. Afterwards no word that
  /// only removed articles held is in the file, but for what the compression dictionary took from them.
  ///
  /// Commits wait for it, reads go on; needs as much room on the disk as the articles take. Throws
  /// `resourceExhausted` where there is none, and `unavailable` where readers hold the log beside the
  /// database for so long that it cannot be emptied: what is forgotten by then stays so, and calling it
  /// again does the rest.
  public func compact() throws -> Compaction {
    do {
      let before = try bytesOnDisk()
      let forgotten = try pool.writeWithoutTransaction { db in
        try writer.takingLong {
          var forgotten = 0
          try db.inTransaction(.immediate) {
            forgotten = try forgetUnusedNames(db)
            try db.execute(
              sql: """
                INSERT INTO article_index (article_index) VALUES ('optimize');
                INSERT INTO name_index (name_index) VALUES ('optimize');
                INSERT INTO rank_index (rank_index) VALUES ('optimize');
                """)
            forgotten += try forgetUnusedTerms(db)
          }
          // Before the next commit, which may bring a forgotten term anew.
          collector.forgetAll()
          try loadTerms(db)
          try db.execute(sql: "VACUUM")
          try emptyLog(db)
          return forgotten
        }
      }
      return Compaction(before: before, after: try bytesOnDisk(), forgotten: forgotten)
    } catch {
      throw StoreFailure.error(error)
    }
  }

  /// Waits some seconds for readers that need what stands in the log.
  private func emptyLog(_ db: Database) throws {
    for _ in 0..<200 {
      do {
        try db.checkpoint(.truncate)
        return
      } catch let error as DatabaseError where error.resultCode == .busy {
        usleep(50_000)
      }
    }
    throw DanvanError(
      .unavailable,
      "removed words are out of the database, but readers hold the log beside it; compact again")
  }

  private func bytesOnDisk() throws -> Int64 {
    let status = try status()
    return status.databaseBytes + status.walBytes
  }

  private func forgetUnusedNames(_ db: Database) throws -> Int {
    try db.execute(sql: "DELETE FROM post WHERE id NOT IN (SELECT post FROM position)")
    let posts = db.changesCount
    try db.execute(
      sql: """
        DELETE FROM name WHERE id NOT IN (
          SELECT name FROM part UNION SELECT person FROM position UNION SELECT body_name FROM post)
        """)
    let names = db.changesCount
    // What was noted on directives of removed articles.
    try db.execute(sql: "DELETE FROM directive_mark WHERE article NOT IN (SELECT id FROM article)")
    return posts + names + db.changesCount
  }

  private func forgetUnusedTerms(_ db: Database) throws -> Int {
    let indexes = ["article_index", "name_index", "rank_index"]
    for index in indexes {
      try db.execute(
        sql: "CREATE VIRTUAL TABLE temp.\(index)_terms USING fts5vocab (main, \(index), row)")
    }
    let held = indexes.map { "SELECT CAST(term AS BLOB) FROM temp.\($0)_terms" }
    try db.execute(
      sql: "DELETE FROM term WHERE canonical NOT IN (\(held.joined(separator: " UNION ")))")
    let count = db.changesCount
    for index in indexes { try db.execute(sql: "DROP TABLE temp.\(index)_terms") }
    return count
  }
}
