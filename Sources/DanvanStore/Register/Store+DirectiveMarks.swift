public import DanvanModel
internal import DanvanSQLite

/// What somebody noted on a directive at one time; what is nil was left as it was.
public struct StoredMark: Sendable, Hashable {
  public let article: ArticleID
  /// Where the directive stood then: UTF-8 bytes of the article's text.
  public let range: TextRange
  /// The same by its words; nil for what was noted before such was kept.
  public let anchor: TextAnchor?
  /// Where that is in the text of now; nil where it tells no one place.
  public fileprivate(set) var place: TextRange?
  public let status: String?
  public let due: String?
  public let owner: String?
  public let note: String?
  /// Nanoseconds since 1970-01-01.
  public let time: Int64

  public init(
    article: ArticleID, range: TextRange, anchor: TextAnchor? = nil, status: String?, due: String?,
    owner: String?, note: String?, time: Int64
  ) {
    self.article = article
    self.range = range
    self.anchor = anchor
    place = range
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
      SELECT start, end, status, due, owner, note, time, words, before, after FROM directive_mark
      WHERE article = ?1 ORDER BY time, id
      """)
    select.bind(1, article.value)
    defer { select.reset() }
    var marks: [StoredMark] = []
    while try select.step() {
      let range = TextRange(Int(select.integer(0)), Int(select.integer(1)))
      let anchor = select.text(7).map { words in
        TextAnchor(
          range: range, words: words, before: select.text(8) ?? "", after: select.text(9) ?? "")
      }
      marks.append(
        StoredMark(
          article: article, range: range, anchor: anchor, status: select.text(2),
          due: select.text(3), owner: select.text(4), note: select.text(5), time: select.integer(6)
        ))
    }
    return try placed(marks, in: article)
  }

  private func placed(_ marks: [StoredMark], in article: ArticleID) throws -> [StoredMark] {
    guard marks.contains(where: { $0.anchor != nil }),
      let text = try self.article(article, parts: .text, verifying: false)?.text
    else { return marks }
    let bytes = Array(text.utf8)
    return marks.map { mark in
      guard let anchor = mark.anchor else { return mark }
      var mark = mark
      mark.place = anchor.place(in: bytes)
      return mark
    }
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
          INSERT INTO directive_mark
            (article, start, end, status, due, owner, note, time, words, before, after)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, max(?8, coalesce(
            (SELECT max(time) + 1 FROM directive_mark WHERE article = ?1), 0)), ?9, ?10, ?11)
          """,
        arguments: [
          mark.article.value, mark.range.start, mark.range.end, mark.status, mark.due, mark.owner,
          mark.note, mark.time, mark.anchor?.words, mark.anchor?.before, mark.anchor?.after,
        ])
    }
  }
}
