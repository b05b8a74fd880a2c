public import DanvanModel
internal import DanvanSQLite

extension Snapshot {
  /// The corrections of an article, the oldest first. Throws `dataLoss` for one that cannot be read.
  public func corrections(of article: ArticleID) throws -> [Correction] {
    try CorrectionRows(db).all("correction.article = ?1") { $0.bind(1, article.value) }
  }

  /// The corrections of an article, or of all, behind one that was made at `time` with the number `id`: at
  /// most `limit`, the oldest first.
  public func corrections(of article: ArticleID?, after time: Int64, id: Int64, limit: Int) throws
    -> [Correction]
  {
    try CorrectionRows(db).all(
      "(?1 IS NULL OR article = ?1) AND (time, id) > (?2, ?3)", limit: limit
    ) {
      $0.bind(1, article?.value)
      $0.bind(2, time)
      $0.bind(3, id)
    }
  }

  public func correction(_ id: Int64) throws -> Correction? {
    try CorrectionRows(db).all("correction.id = ?1") { $0.bind(1, id) }.first
  }
}

/// Corrections as rows of their two tables.
struct CorrectionRows {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// The oldest first, at most `limit` where it is not negative.
  func all(_ condition: String, limit: Int = -1, _ bind: (SQLStatement) -> Void) throws
    -> [Correction]
  {
    let select = try SQLStatement(
      db,
      """
      SELECT id, article, start, end, words, before, after, why, who, uid, time
      FROM correction WHERE \(condition) ORDER BY time, id LIMIT \(limit)
      """)
    bind(select)
    defer { select.reset() }
    var corrections: [Correction] = []
    while try select.step() {
      let id = select.integer(0)
      let wrong = try fact(of: id, isRight: false)
      let right = try fact(of: id, isRight: true)
      guard wrong != nil || right != nil, select.integer(2) >= 0,
        select.integer(2) <= select.integer(3)
      else { throw Self.unreadable(id) }
      corrections.append(
        Correction(
          id: id, article: ArticleID(select.integer(1)),
          anchor: TextAnchor(
            range: TextRange(Int(select.integer(2)), Int(select.integer(3))),
            words: select.text(4) ?? "", before: select.text(5) ?? "",
            after: select.text(6) ?? ""),
          wrong: wrong, right: right, why: select.text(7) ?? "", who: select.text(8) ?? "",
          uid: UInt32(clamping: select.integer(9)), time: select.integer(10)))
    }
    return corrections
  }

  /// Returns it with the article and the number that it has here.
  func insert(_ correction: Correction, on article: ArticleID) throws -> Correction {
    let correction = correction.kept(as: 0, on: article)
    let anchor = correction.anchor
    try db.execute(
      sql: """
        INSERT INTO correction
          (article, start, end, words, before, after, why, who, uid, time)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        correction.article.value, anchor.range.start, anchor.range.end, anchor.words,
        anchor.before, anchor.after, correction.why, correction.who, Int64(correction.uid),
        correction.time,
      ])
    let id = db.lastInsertedRowID
    if let wrong = correction.wrong { try insert(wrong, of: id, isRight: false) }
    if let right = correction.right { try insert(right, of: id, isRight: true) }
    return correction.kept(as: id, on: article)
  }

  /// False where there is none of that number.
  func remove(_ id: Int64) throws -> Bool {
    try db.execute(sql: "DELETE FROM correction WHERE id = ?", arguments: [id])
    guard db.changesCount > 0 else { return false }
    try db.execute(sql: "DELETE FROM correction_fact WHERE correction = ?", arguments: [id])
    return true
  }

  func removeAll(of article: Int64) throws {
    try db.execute(
      sql: """
        DELETE FROM correction_fact
        WHERE correction IN (SELECT id FROM correction WHERE article = ?)
        """, arguments: [article])
    try db.execute(sql: "DELETE FROM correction WHERE article = ?", arguments: [article])
  }

  private func insert(_ fact: Fact, of id: Int64, isRight: Bool) throws {
    guard let row = Facts(only: fact).rows.first else {
      throw DanvanError(.internalError, "a correction's fact has no row")
    }
    try db.execute(
      sql: """
        INSERT INTO correction_fact (correction, is_right, kind, start, length, text, agent, value,
          more, rule, confidence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, isRight, row.kind.rawValue, row.range.start, row.range.count, row.text, row.agent,
        row.value, row.more.json, row.evidence.rule, row.evidence.confidence,
      ])
  }

  private func fact(of id: Int64, isRight: Bool) throws -> Fact? {
    let select = try SQLStatement(
      db,
      """
      SELECT kind, start, length, text, agent, value, more, rule, confidence
      FROM correction_fact WHERE correction = ?1 AND is_right = ?2
      """)
    select.bind(1, id)
    select.bind(2, isRight ? 1 : 0)
    defer { select.reset() }
    guard try select.step() else { return nil }
    let (start, length) = (Int(select.integer(1)), Int(select.integer(2)))
    let more = select.text(6)
    guard let kind = FactKind(rawValue: select.integer(0)), start >= 0, length >= 0,
      let attributes = more.map(FactAttributes.read) ?? FactAttributes()
    else { throw Self.unreadable(id) }
    var facts = Facts()
    let row = FactRow(
      kind: kind, range: TextRange(start, start + length),
      evidence: Evidence(rule: select.text(7) ?? "", confidence: select.double(8)),
      text: select.text(3) ?? "", agent: select.text(4), value: select.text(5), more: attributes)
    guard facts.append(row), let fact = facts.correctable.first else { throw Self.unreadable(id) }
    return fact
  }

  private static func unreadable(_ id: Int64) -> DanvanError {
    DanvanError(.dataLoss, "correction \(id) cannot be read")
  }
}
