internal import DanvanModel
internal import GRDB

extension Store {
  /// Looks at everything that is stored, and returns a sentence for each fault found: pages, both
  /// directions of the full-text index, each article's checksum and facts.
  ///
  /// Takes seconds for tens of thousands of articles; readers go on, commits wait for the index.
  public func check() throws -> [String] {
    do {
      let faults = try writer.takingLong { try faultsOfIndex() }
      return try faults + faultsOfPages() + faultsOfArticles()
    } catch {
      throw StoreFailure.error(error)
    }
  }

  /// FTS5 takes its check as an insertion, so it runs on the committing connection.
  private func faultsOfIndex() throws -> [String] {
    try pool.writeWithoutTransaction { db in
      do {
        try db.execute(
          sql: """
            INSERT INTO article_index (article_index, rank) VALUES ('integrity-check', 1);
            INSERT INTO name_index (name_index) VALUES ('integrity-check');
            INSERT INTO rank_index (rank_index) VALUES ('integrity-check');
            """)
        return []
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        return ["the full-text index does not agree with the articles"]
      }
    }
  }

  private func faultsOfPages() throws -> [String] {
    try pool.read { db in
      try String.fetchAll(db, sql: "PRAGMA quick_check").filter { $0 != "ok" }
    }
  }

  private func faultsOfArticles() throws -> [String] {
    try read { snapshot in
      let ids = try Int64.fetchAll(snapshot.db, sql: "SELECT id FROM article ORDER BY id")
      return try ids.compactMap { id in
        do {
          _ = try snapshot.article(ArticleID(id), parts: .facts)
          return nil
        } catch let error as DanvanError where error.code == .dataLoss {
          return error.message
        }
      }
    }
  }
}
