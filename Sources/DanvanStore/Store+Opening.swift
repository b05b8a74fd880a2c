internal import DanvanModel
internal import DanvanSQLite
internal import Synchronization

extension Store {
  /// Gives a new store its id; true when it is new.
  static func makeIdentity(on db: Database, indexVersion: String) throws -> Bool {
    try db.inTransaction(.immediate) {
      let known = try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'store'")
      guard known == nil else { return false }
      try db.execute(
        sql: "INSERT INTO meta (key, value) VALUES ('store', ?), ('tokenizer', ?)",
        arguments: [Int64(UInt32.random(in: .min ... .max)), indexVersion])
      return true
    }
  }

  static func identity(on db: Database) throws -> StoreID {
    guard let bits = try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'store'"),
      let id = UInt32(exactly: bits)
    else { throw DanvanError(.dataLoss, "the store has lost its id") }
    return StoreID(id)
  }

  /// Reads what is held in memory: the articles' days and the terms.
  func load() throws {
    try pool.read { db in
      try loadSaved(db)
      try loadDictionaries(db)
      try days.withLock { days in
        let select = try SQLStatement(
          db, "SELECT id, day, language FROM article INDEXED BY article_day")
        while try select.step() {
          days.set(
            select.integer(0),
            ArticleTraits(
              day: select.isNull(1) ? nil : Int32(clamping: select.integer(1)),
              language: select.text(2).flatMap(Language.init)))
        }
        select.reset()
      }
      try loadTerms(db)
    }
  }

  /// Takes the stored terms in place of those in memory at once: a query that met none of them would miss
  /// what it asks for.
  func loadTerms(_ db: Database) throws {
    var terms = Vocabulary()
    let select = try SQLStatement(db, "SELECT canonical, plain FROM term ORDER BY id")
    defer { select.reset() }
    while try select.step() {
      let term = select.blob(0)
      collector.know([term])
      terms.append(term, plain: select.isNull(1) ? nil : select.blob(1))
    }
    vocabulary.withLock { $0 = terms }
  }

  /// Of what the indexes are made by.
  static func indexVersion(_ tokenizer: any SearchTokenizer) -> String {
    "\(tokenizer.version), names \(NameColumns.version)"
  }

  /// Makes both indexes anew when they were made by another tokenizer, or of other names, in one transaction.
  func rebuildIndexIfNeeded() throws {
    let version = Self.indexVersion(tokenizer)
    let known = try pool.read {
      try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = 'tokenizer'")
    }
    if known != version { try remakeIndex() }
  }

  /// Makes both indexes, the facets, the order of headlines and the list of terms anew, in one transaction.
  func remakeIndex() throws {
    try pool.writeWithoutTransaction { db in
      try writer.takingLong {
        // Every term is noted anew; queries go on with those they had.
        collector.forgetAll()
        let made = Result {
          try db.inTransaction(.immediate) {
            try remakeIndex(on: db)
          }
        }
        // What was noted and not written is forgotten, too.
        collector.forgetAll()
        try loadTerms(db)
        try made.get()
      }
    }
  }

  private func remakeIndex(on db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM term;
        INSERT INTO article_index (article_index) VALUES ('rebuild');
        INSERT INTO name_index (name_index) VALUES ('delete-all');
        INSERT INTO rank_index (rank_index) VALUES ('delete-all');
        DELETE FROM title_order;
        """)
    var writer = try ArticleWriter(db, time: Self.now())
    let snapshot = Snapshot(db: db, store: self)
    for id in try Int64.fetchAll(db, sql: "SELECT id FROM article ORDER BY id") {
      // A damaged one stays out; `check` names it.
      guard let article = try Self.undamaged(ArticleID(id), in: snapshot),
        let facts = article.facts
      else { continue }
      let publisher = article.header.publisher
      try writer.addNames(id, NameColumns(publisher: publisher, facts: facts))
      try writer.rank(id, by: rankTerms(of: article))
      try writer.order(id, by: tokenizer.titleKey(of: article.header.title))
      try writer.count(
        id,
        under: FacetNames(publisher: publisher, facts: facts).hashes(tokenizer)
          .map { ($0.facet, $0.hash) })
    }
    try writer.finish()
    try keepNewTerms(on: db)
    try db.execute(
      sql: "UPDATE meta SET value = ? WHERE key = 'tokenizer'",
      arguments: [Self.indexVersion(tokenizer)])
  }
}
