public import DanvanModel
internal import DanvanSQLite

extension Snapshot {
  /// The articles whose day is nearest to that of one, itself included: at most 500 before and 500 after
  /// it; with their days, in days since 1970-01-01. Empty where it has no day.
  public func articles(around id: ArticleID) throws -> [(id: ArticleID, day: Int32)] {
    let find = try SQLStatement(db, "SELECT day FROM article WHERE id = ?1")
    find.bind(1, id.value)
    defer { find.reset() }
    guard try find.step(), !find.isNull(0) else { return [] }
    let day = find.integer(0)
    var found: [(id: ArticleID, day: Int32)] = []
    for (beyond, order) in [("<=", "DESC"), (">", "ASC")] {
      let select = try SQLStatement(
        db,
        """
        SELECT id, day FROM article INDEXED BY article_day
        WHERE day \(beyond) ?1 ORDER BY day \(order) LIMIT 500
        """)
      select.bind(1, day)
      defer { select.reset() }
      while try select.step() {
        found.append((ArticleID(select.integer(0)), Int32(clamping: select.integer(1))))
      }
    }
    // A day of very many articles must not leave out the one that is asked about.
    if !found.contains(where: { $0.id == id }) { found.append((id, Int32(clamping: day))) }
    return found
  }
}
