public import DanvanModel
internal import GRDB

/// What somebody noted on a directive at one time; what is nil was left as it was.
public struct StoredMark: Sendable, Hashable {
  public let article: ArticleID
  /// Where the directive stood then: UTF-8 bytes of the article's text.
  public let range: TextRange
  public let status: String?
  public let due: String?
  public let owner: String?
  public let note: String?
  /// Nanoseconds since 1970-01-01.
  public let time: Int64

  public init(
    article: ArticleID, range: TextRange, status: String?, due: String?, owner: String?,
    note: String?, time: Int64
  ) {
    self.article = article
    self.range = range
    self.status = status
    self.due = due
    self.owner = owner
    self.note = note
    self.time = time
  }
}

extension Snapshot {
  /// What was noted on directives of an article, the oldest first.
  public func marks(on article: ArticleID) throws -> [StoredMark] {
    let select = try SQLStatement(
      db,
      """
      SELECT start, end, status, due, owner, note, time FROM directive_mark
      WHERE article = ?1 ORDER BY time, id
      """)
    select.bind(1, article.value)
    defer { select.reset() }
    var marks: [StoredMark] = []
    while try select.step() {
      marks.append(
        StoredMark(
          article: article,
          range: TextRange(Int(select.integer(0)), Int(select.integer(1))),
          status: select.text(2), due: select.text(3), owner: select.text(4),
          note: select.text(5), time: select.integer(6)))
    }
    return marks
  }

  /// The articles on whose directives something was noted.
  public func markedArticles() throws -> Set<ArticleID> {
    Set(
      try Int64.fetchAll(db, sql: "SELECT DISTINCT article FROM directive_mark").map(
        ArticleID.init))
  }
}

extension Store {
  /// Adds to a directive's history, as its newest also where the clock was put back; on disk on return.
  public func mark(_ mark: StoredMark) throws {
    try change { db in
      try db.execute(
        sql: """
          INSERT INTO directive_mark (article, start, end, status, due, owner, note, time)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, max(?8, coalesce(
            (SELECT max(time) + 1 FROM directive_mark WHERE article = ?1), 0)))
          """,
        arguments: [
          mark.article.value, mark.range.start, mark.range.end, mark.status, mark.due, mark.owner,
          mark.note, mark.time,
        ])
    }
  }
}
