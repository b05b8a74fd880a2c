public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// Something in the store that is not as it was written.
public struct StoreFault: Sendable, Equatable {
  /// Nil where it is not of one article.
  public let article: ArticleID?
  public let reason: String
}

extension Store {
  /// Looks at what is stored, and calls `report` with each fault as it is found: the full-text index
  /// against the articles, the structure of the indexes of names and of ranks (which keep no text to hold
  /// them against), the database's pages, the checksums of the log and of what names rules, those of each
  /// article: its record, text, facts, document and former texts.
  ///
  /// Calls `progress` now and then with how many articles were looked at, of how many; what either
  /// throws ends the check. Takes seconds for tens of thousands of articles; readers go on, commits wait
  /// for the index.
  public func check(
    progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in },
    report: (StoreFault) throws -> Void
  ) throws {
    do {
      try progress(0, articleCount)
      if try !indexAgrees() {
        try report(
          StoreFault(article: nil, reason: "the full-text index does not agree with the articles"))
      }
      for reason in try faultsOfPages() + faultsOfSeals() + faultsOfTitles() {
        try report(StoreFault(article: nil, reason: reason))
      }
      try checkArticles(progress, report)
    } catch {
      throw StoreFailure.error(error)
    }
  }

  /// Makes both full-text indexes anew from the articles and their facts, in one transaction: what a
  /// search finds is again what is stored. Commits wait for it.
  public func repairIndex() throws {
    do {
      try remakeIndex()
      forgetMatches()
    } catch {
      throw StoreFailure.error(error)
    }
  }

  private var articleCount: Int { days.withLock { $0.count } }

  /// FTS5 takes its check as an insertion, so it runs on the committing connection.
  /// It also fails where an article's text, against which the index is held, cannot be read.
  private func indexAgrees() throws -> Bool {
    try pool.writeWithoutTransaction { db in
      do {
        try writer.takingLong {
          try db.execute(
            sql: """
              INSERT INTO article_index (article_index, rank) VALUES ('integrity-check', 1);
              INSERT INTO name_index (name_index) VALUES ('integrity-check');
              INSERT INTO rank_index (rank_index) VALUES ('integrity-check');
              """)
        }
        return true
      } catch let error as DatabaseError
        where error.resultCode == .corrupt || error.resultCode == .error
      {
        return false
      }
    }
  }

  private func faultsOfPages() throws -> [String] {
    try pool.read { db in
      try String.fetchAll(db, sql: "PRAGMA quick_check").filter { $0 != "ok" }
    }
  }

  private func faultsOfTitles() throws -> [String] {
    try pool.read { db in
      let strays = try Int64.fetchAll(
        db,
        sql: "SELECT article FROM title_order WHERE article NOT IN (SELECT id FROM article)")
      return strays.map { "article \($0) is in the order of headlines, but not there" }
    }
  }

  /// Of rows that are of no article, or of none that is there.
  private func faultsOfSeals() throws -> [String] {
    try read { snapshot in
      func broken(_ seal: Seal, _ key: String) throws -> [Int64] {
        try Int64.fetchAll(
          snapshot.db, sql: "SELECT \(key) FROM \(seal.table) WHERE NOT (\(seal.holds))")
      }
      let strays = try Int64.fetchAll(
        snapshot.db,
        sql: "SELECT article FROM original WHERE article NOT IN (SELECT id FROM article)")
      return try strays.map { "a kept document is said to be of article \($0), which is not there" }
        + broken(.event, "sequence").map { "event \($0) of the log fails its checksum" }
        + broken(.rule, "id").map { "rule \($0) fails its checksum" }
        + broken(.ruleSet, "id").map { "rule set \($0) fails its checksum" }
    }
  }

  /// A few at a time, so that no look at the store outlives many commits.
  private func checkArticles(
    _ progress: (Int, Int) throws -> Void, _ report: (StoreFault) throws -> Void
  ) throws {
    var last: Int64 = 0
    var done = 0
    while true {
      let (ids, faults) = try read { snapshot in
        let ids = try Int64.fetchAll(
          snapshot.db, sql: "SELECT id FROM article WHERE id > ? ORDER BY id LIMIT 200",
          arguments: [last])
        return (ids, try ids.compactMap { try fault(of: ArticleID($0), in: snapshot) })
      }
      guard let newest = ids.last else { return }
      last = newest
      done += ids.count
      for fault in faults { try report(fault) }
      try progress(done, max(done, articleCount))
    }
  }

  private func fault(of id: ArticleID, in snapshot: Snapshot) throws -> StoreFault? {
    do {
      guard let article = try snapshot.article(id, parts: [.text, .facts]) else { return nil }
      guard try snapshot.originalsAreWhole(of: article) else {
        throw DanvanError(.dataLoss, "article \(id): its kept document cannot be read")
      }
      guard try snapshot.isInTitleOrder(article.header) else {
        return StoreFault(
          article: id, reason: "article \(id): its headline is not in the order of headlines")
      }
      // A former text that is gone was not taken out: none is, without its article.
      for number in 1..<max(1, article.header.revision)
      where try snapshot.revision(number, of: id) == nil {
        return StoreFault(article: id, reason: "article \(id): its revision \(number) is missing")
      }
      return nil
    } catch let error as DanvanError where error.code == .dataLoss {
      return StoreFault(article: id, reason: error.message)
    }
  }
}
