internal import DanvanModel
internal import DanvanSQLite

/// An article as it is before its text is replaced.
struct FormerText {
  let id: ArticleID
  /// The number of its text.
  let revision: Int
  /// When the article came, in nanoseconds since 1970; nil where that can no longer be read.
  let ingested: Int64?
  /// Nil where its record, text or facts fail their checksum.
  let article: StoredArticle?

  /// Nil where there is no such article.
  init?(_ id: ArticleID, in snapshot: Snapshot) throws {
    self.id = id
    do {
      guard let article = try snapshot.article(id, parts: [.text, .facts]) else { return nil }
      self.article = article
      revision = article.header.revision
      ingested = article.header.ingested
    } catch let error as DanvanError where error.code == .dataLoss {
      article = nil
      // The record may be whole where text or facts are not.
      let header = try? snapshot.header(id)
      ingested = header?.ingested
      revision = try header?.revision ?? Self.nextRevision(of: id, on: snapshot.db)
    }
  }

  /// Copies the text to the article's revisions; returns the number of the next one. What fails its
  /// checksum does so there, too.
  func keep(on db: Database) throws -> Int64 {
    let keep = try SQLStatement(
      db,
      """
      INSERT INTO revision (article, number, identity, sha256, sequence, title, publisher, published,
        text_count, body, revised, seal)
      SELECT id, ?2, identity, sha256, sequence, title, publisher, published, text_count, body,
        revised, CASE WHEN \(Seal.article.holds) THEN 0 END
      FROM article WHERE id = ?1
      """)
    keep.bind(1, id.value)
    keep.bind(2, Int64(revision))
    try keep.run()
    let seal = try SQLStatement(
      db, "\(Seal.revision.renewal) WHERE article = ?1 AND number = ?2 AND seal IS NOT NULL")
    seal.bind(1, id.value)
    seal.bind(2, Int64(revision))
    try seal.run()
    return Int64(revision) + 1
  }

  private static func nextRevision(of id: ArticleID, on db: Database) throws -> Int {
    let newest = try Int64.fetchOne(
      db, sql: "SELECT max(number) FROM revision WHERE article = ?", arguments: [id.value])
    return Int(newest ?? 0) + 1
  }
}
