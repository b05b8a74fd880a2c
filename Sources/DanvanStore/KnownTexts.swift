public import DanvanModel
internal import DanvanSQLite

/// Which texts the store has, or had before a revision, by their identity; see `Digest.identity(of:)`.
public struct KnownTexts {
  let db: Database

  init(_ db: Database) { self.db = db }

  /// What became of a text that is, or at some time was, an article's; nil for a new one.
  public func receipt(of identity: [UInt8]) throws -> Receipt? {
    let find = try SQLStatement(db, Self.finding)
    find.bind(1, blob: identity)
    defer { find.reset() }
    return try find.step() ? Receipt(ofKnown: find) : nil
  }

  /// The article that this text would be a new revision of: the one of the URL, unless an article has
  /// the very text now.
  public func article(revisedBy identity: [UInt8], at url: String?) throws -> ArticleID? {
    guard let page = try article(at: url), try article(having: identity) == nil else { return nil }
    return page
  }

  /// Whether the text is the one that the article of the URL has now.
  public func isNewest(_ identity: [UInt8], at url: String?) throws -> Bool {
    guard let page = try article(at: url) else { return false }
    return try article(having: identity) == page
  }

  /// Whether a text from another store is there and comes as no further revision, so that nothing need be
  /// made of it.
  public func has(_ identity: [UInt8], _ arrival: Arrival) throws -> Bool {
    guard try receipt(of: identity) != nil else { return false }
    return try article(revisedBy: identity, arrival) == nil
  }

  private func article(at url: String?) throws -> ArticleID? {
    guard let url, !url.isEmpty else { return nil }
    // The newest, should a store from before revisions hold several.
    let newest = try SQLStatement(db, "SELECT max(id) FROM article WHERE url = ?1")
    newest.bind(1, url)
    defer { newest.reset() }
    guard try newest.step(), !newest.isNull(0) else { return nil }
    return ArticleID(newest.integer(0))
  }

  func article(having identity: [UInt8]) throws -> ArticleID? {
    let find = try SQLStatement(db, "SELECT id FROM article WHERE identity = ?1")
    find.bind(1, blob: identity)
    defer { find.reset() }
    return try find.step() ? ArticleID(find.integer(0)) : nil
  }

  /// Number and sequence of the article whose text is, or at some time was, the one of an identity.
  static let finding = """
    SELECT id, sequence FROM article WHERE identity = ?1
    UNION ALL SELECT article, sequence FROM revision WHERE identity = ?1 LIMIT 1
    """
}

extension Receipt {
  /// Of a row of `KnownTexts.finding`.
  init(ofKnown row: SQLStatement) {
    self.init(id: ArticleID(row.integer(0)), outcome: .duplicate, sequence: row.integer(1))
  }
}
