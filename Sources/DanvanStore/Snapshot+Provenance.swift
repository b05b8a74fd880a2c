public import DanvanModel
internal import DanvanSQLite

/// What is kept of an article's coming.
public struct ArticleOrigin: Sendable {
  public let mediaType: String
  public let author: String?
  public let reading: Reading
  public let sightings: [Sighting]
  /// The other articles of its group of copies, oldest first.
  public let copies: [ArticleID]
}

extension Snapshot {
  /// What the article came from; nil for one of before such was kept.
  public func origin(of id: ArticleID) throws -> ArticleOrigin? {
    let select = try SQLStatement(
      db,
      "SELECT media_type, author, reading, \(Seal.original.holds) FROM original WHERE article = ?1 "
        + "ORDER BY revision DESC LIMIT 1")
    select.bind(1, id.value)
    defer { select.reset() }
    guard try select.step() else { return nil }
    guard select.integer(3) != 0, let reading = columnValue(select.text(2), as: Reading.self) else {
      throw DanvanError(.dataLoss, "article \(id): how it was read cannot be read")
    }
    return ArticleOrigin(
      mediaType: select.text(0) ?? "", author: select.text(1), reading: reading,
      sightings: try sightings(of: id), copies: try copies(of: id))
  }

  /// The document as it came, with what its sender stated; nil for an article of before such was kept.
  /// Throws `dataLoss` where it cannot be read.
  public func original(of id: ArticleID) throws -> Submission? {
    let select = try SQLStatement(
      db,
      "SELECT media_type, given, count, body, revision, \(Seal.original.holds) FROM original WHERE article = ?1 "
        + "ORDER BY revision DESC LIMIT 1")
    select.bind(1, id.value)
    defer { select.reset() }
    guard try select.step() else { return nil }
    let fault = DanvanError(.dataLoss, "article \(id): its kept document cannot be read")
    guard select.integer(5) != 0, let type = select.text(0).flatMap(MediaType.init(rawValue:)),
      let given = columnValue(select.text(1), as: GivenFields.self)
    else { throw fault }
    let revision = Int(select.integer(4))
    func text() throws -> String? { try self.revision(revision, of: id)?.1.text }
    let content =
      select.isNull(3)
      ? try text().map { Array($0.utf8) }
      : try OriginalBody.inflate(
        select.blob(3), length: Int(select.integer(2)), against: text)
    guard let content else { throw fault }
    return given.submission(content, type)
  }

  /// Whether what is kept of the documents of all its texts is as it was written: their rows, and the bytes by
  /// the checksum of their stream.
  func originalsAreWhole(of article: StoredArticle) throws -> Bool {
    let select = try SQLStatement(
      db,
      "SELECT revision, count, body, \(Seal.original.holds) FROM original WHERE article = ?1")
    select.bind(1, article.id.value)
    defer { select.reset() }
    while try select.step() {
      guard select.integer(3) != 0 else { return false }
      guard !select.isNull(2) else { continue }
      let revision = Int(select.integer(0))
      let content = try OriginalBody.inflate(select.blob(2), length: Int(select.integer(1))) {
        revision == article.header.revision
          ? article.text : try self.revision(revision, of: article.id)?.1.text
      }
      guard content != nil else { return false }
    }
    return true
  }

  /// Articles whose newest document was read by a reader older than `version`, oldest first.
  public func articles(readBefore version: Int) throws -> [ArticleID] {
    let select = try SQLStatement(
      db,
      """
      SELECT article FROM original JOIN article ON article.id = original.article
      WHERE reader < ?1 AND original.revision = article.revision ORDER BY article
      """)
    select.bind(1, Int64(version))
    defer { select.reset() }
    var articles: [ArticleID] = []
    while try select.step() { articles.append(ArticleID(select.integer(0))) }
    return articles
  }

  /// The other articles of the group of copies, oldest first.
  public func copies(of id: ArticleID) throws -> [ArticleID] {
    let select = try SQLStatement(
      db,
      """
      SELECT article FROM copy WHERE head = (SELECT head FROM copy WHERE article = ?1)
        AND article <> ?1 ORDER BY article
      """)
    select.bind(1, id.value)
    defer { select.reset() }
    var copies: [ArticleID] = []
    while try select.step() { copies.append(ArticleID(select.integer(0))) }
    return copies
  }

  /// The article by which its group of copies is known; itself where it is alone.
  public func copyHead(of id: ArticleID) throws -> ArticleID {
    let select = try SQLStatement(db, "SELECT head FROM copy WHERE article = ?1")
    select.bind(1, id.value)
    defer { select.reset() }
    return try select.step() ? ArticleID(select.integer(0)) : id
  }

  func sightings(of id: ArticleID) throws -> [Sighting] {
    let select = try SQLStatement(
      db,
      "SELECT source, url, first, last, times FROM sighting WHERE article = ?1 ORDER BY first, source, url"
    )
    select.bind(1, id.value)
    defer { select.reset() }
    var sightings: [Sighting] = []
    while try select.step() {
      sightings.append(
        Sighting(
          source: select.text(0) ?? "", url: select.text(1) ?? "", first: select.integer(2),
          last: select.integer(3), times: select.integer(4)))
    }
    return sightings
  }
}

extension Store {
  /// Notes that texts which are there already were seen again, in one transaction.
  public func sight(_ seen: [(article: ArticleID, place: SightingPlace)]) throws {
    guard !seen.isEmpty else { return }
    _ = try run(
      .change { db in
        let writer = try ProvenanceWriter(db, time: Self.now())
        for (article, place) in seen { try writer.sight(place, of: article.value) }
      })
  }
}
