public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// Re-reading: a rebuild of texts, metadata and facts from the kept documents. The articles to be read
/// wait in a table, so that more of them can join while it is under way.
extension Store {
  /// Begins a re-reading of the articles, or adds them to the one under way; nil where there are none.
  public func beginRereading(_ ids: [ArticleID], ruleSet: String) throws -> RebuildStatus? {
    guard case .rebuild(let status, _) = try run(.beginRereading(ruleSet, ids)) else { return nil }
    return status
  }

  /// The articles that the last re-reading left as they were, with the reason: at most `limit`.
  public func rereadFaults(limit: Int) throws -> [(article: ArticleID, reason: String)] {
    try read { snapshot in
      let select = try SQLStatement(
        snapshot.db, "SELECT article, reason FROM reread_fault ORDER BY article LIMIT ?1")
      select.bind(1, Int64(limit))
      defer { select.reset() }
      var faults: [(article: ArticleID, reason: String)] = []
      while try select.step() {
        faults.append((ArticleID(select.integer(0)), select.text(1) ?? ""))
      }
      return faults
    }
  }

  func beginRereading(_ ids: [ArticleID], _ ruleSet: String, with writer: ArticleWriter) throws
    -> RebuildStatus?
  {
    let db = writer.db
    let known = try Self.rebuildStatus(.readings, on: db)
    let isUnderWay = known != nil && known?.ended == nil
    if ids.isEmpty { return isUnderWay ? known : nil }
    let before = try queueCount(on: db)
    let add = try SQLStatement(db, "INSERT OR IGNORE INTO reread_queue (article) VALUES (?1)")
    for id in ids {
      add.bind(1, id.value)
      try add.run()
    }
    let added = try queueCount(on: db) - before
    if isUnderWay {
      try db.execute(
        sql: "UPDATE rebuild SET total = total + ? WHERE kind = 2", arguments: [added])
    } else {
      let number = try interned.withLock { try $0.number(ofRuleSet: ruleSet, on: db) }
      try db.execute(sql: "DELETE FROM reread_fault")
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO rebuild
            (kind, rule_set, everything, next, last, total, done, changed, failed, started)
          VALUES (2, ?, 0, 0, 0, ?, 0, 0, 0, ?)
          """, arguments: [number, added, writer.time])
    }
    return try Self.rebuildStatus(.readings, on: db)
  }

  /// The next articles of the queue; see `articlesToRebuild`.
  func queued(_ limit: Int, _ byteLimit: Int, in snapshot: Snapshot) throws
    -> [(id: ArticleID, article: StoredArticle?)]
  {
    let select = try SQLStatement(
      snapshot.db,
      """
      SELECT id, text_count FROM reread_queue JOIN article ON id = reread_queue.article
      ORDER BY id LIMIT ?1
      """)
    select.bind(1, Int64(limit))
    var ids: [ArticleID] = []
    var bytes = 0
    while bytes < byteLimit, try select.step() {
      ids.append(ArticleID(select.integer(0)))
      bytes += Int(select.integer(1))
    }
    select.reset()
    return try ids.map { ($0, try Self.undamaged($0, in: snapshot)) }
  }

  /// Articles still to be read; those removed meanwhile are no longer.
  func queueCount(on db: Database) throws -> Int64 {
    try db.execute(sql: "DELETE FROM reread_queue WHERE article NOT IN (SELECT id FROM article)")
    return try Int64.fetchOne(db, sql: "SELECT count(*) FROM reread_queue") ?? 0
  }

  func takeFromQueue(_ ids: [ArticleID], on db: Database) throws {
    let take = try SQLStatement(db, "DELETE FROM reread_queue WHERE article = ?1")
    for id in ids {
      take.bind(1, id.value)
      try take.run()
    }
  }

  func noteFault(_ reason: String, of id: ArticleID, on db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO reread_fault (article, reason) VALUES (?, ?)",
      arguments: [id.value, reason])
  }

  /// What became of an article, and what it is now.
  enum Applied {
    case same
    case facts(ArticleTraits)
    case article(ArticleTraits)
    case failed(String)
  }

  /// Writes what a rebuild made of an article, `stored` as it is now; nil where that is damaged.
  func apply(
    _ outcome: RebuiltArticle.Outcome, to stored: StoredArticle?, by writer: inout ArticleWriter
  ) throws -> Applied {
    guard let stored else { return .failed("its stored text fails its checksum") }
    func traits(_ facts: Facts) -> ArticleTraits {
      ArticleTraits(day: stored.header.sortDay(facts.date), language: facts.language)
    }
    switch outcome {
    case .failed(let reason): return .failed(reason)
    case .facts(let facts):
      return try replaceFacts(of: stored, with: facts, by: &writer)
        ? .facts(traits(facts)) : .same
    case .reading(let record):
      if record.isOf(stored) {
        try writer.noteReading(record, of: stored)
        return try replaceFacts(of: stored, with: record.facts, by: &writer)
          ? .facts(traits(record.facts)) : .same
      }
      if let other = try KnownTexts(writer.db).article(having: record.identity),
        other != stored.id
      {
        return .failed("its text would be that of article \(other)")
      }
      let record = try corrected(record, of: stored.id.value, on: writer.db)
      try unrank(stored, with: writer)
      let traits = try interned.withLock {
        try writer.reread(stored, as: record, interning: &$0, tokenizer: tokenizer)
      }
      record.noteTerms(in: collector)
      return .article(traits)
    }
  }

  /// Corrections are laid over the facts first; returns whether they are others than before.
  func replaceFacts(
    of stored: StoredArticle, with found: Facts, by writer: inout ArticleWriter
  ) throws -> Bool {
    let facts = try corrected(found, of: stored.id.value, stored.text ?? "", on: writer.db)
    return try interned.withLock { table in
      try writer.replaceFacts(of: stored, with: facts, interning: &table, tokenizer: tokenizer)
    }
  }
}

extension ArticleRecord {
  /// Whether text and metadata are what is stored; facts may differ.
  fileprivate func isOf(_ stored: StoredArticle) -> Bool {
    let header = stored.header
    return sha256 == header.sha256 && article.title == header.title && article.url == header.url
      && article.publisher == header.publisher && article.published == header.published
  }
}
