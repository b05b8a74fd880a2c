public import DanvanModel
internal import DanvanSQLite

/// A text that an article has or had.
public struct StoredRevision: Sendable {
  /// Counts from 1.
  public let number: Int
  public let title: String?
  public let publisher: String?
  public let published: PartialDate?
  public let textCount: Int
  public let sha256: [UInt8]
  /// When it came, in nanoseconds since 1970; nil where that was not kept.
  public let came: Int64?
}

extension Snapshot {
  /// Every text of an article, the first one first; empty where there is no such article. Throws `dataLoss`,
  /// naming it, for one whose record fails its checksum.
  public func revisions(of id: ArticleID) throws -> [StoredRevision] {
    try revisions(of: id, number: nil).map(\.revision)
  }

  /// One of them with its text, as an article; nil where there is none of that number. Throws `dataLoss`
  /// when the text fails its checksum.
  public func revision(_ number: Int, of id: ArticleID) throws -> (StoredRevision, Article)? {
    guard let (found, body) = try revisions(of: id, number: number).first else { return nil }
    guard let bytes = try? store.dictionaries.inflate(body, length: found.textCount),
      Digest.sha256(bytes) == found.sha256, let text = String(validating: bytes, as: UTF8.self)
    else {
      throw DanvanError(
        .dataLoss, "article \(id), revision \(number): its stored text fails its checksum")
    }
    let header = try header(id)
    return (
      found,
      Article(
        text: text, title: found.title, url: header?.url, publisher: found.publisher,
        published: found.published)
    )
  }

  private func revisions(of id: ArticleID, number: Int?) throws
    -> [(revision: StoredRevision, body: [UInt8])]
  {
    let select = try SQLStatement(
      db,
      """
      SELECT number, title, publisher, published, text_count, sha256, came,
        CASE WHEN ?2 IS NULL THEN x'' ELSE body END, is_whole
      FROM (
        SELECT number, revision.title, revision.publisher, revision.published, revision.text_count,
          revision.sha256, revision.body,
          CASE number WHEN 1 THEN ingested ELSE revision.revised END AS came,
          \(Seal.revision.holds) AND (number > 1 OR \(Seal.article.holds)) AS is_whole
          FROM revision JOIN article ON id = revision.article WHERE revision.article = ?1
        UNION ALL
        SELECT revision, title, publisher, published, text_count, sha256, body,
          CASE revision WHEN 1 THEN ingested ELSE revised END, \(Seal.article.holds)
          FROM article WHERE id = ?1)
      WHERE ?2 IS NULL OR number = ?2 ORDER BY number
      """)
    select.bind(1, id.value)
    select.bind(2, number.map(Int64.init))
    defer { select.reset() }
    var found: [(revision: StoredRevision, body: [UInt8])] = []
    while try select.step() {
      guard select.integer(8) != 0 else {
        throw DanvanError(
          .dataLoss, "article \(id), revision \(select.integer(0)): its record fails its checksum")
      }
      let revision = StoredRevision(
        number: Int(select.integer(0)), title: select.text(1), publisher: select.text(2),
        published: select.text(3).flatMap { PartialDate($0) }, textCount: Int(select.integer(4)),
        sha256: select.blob(5), came: select.isNull(6) ? nil : select.integer(6))
      found.append((revision, select.blob(7)))
    }
    return found
  }
}
