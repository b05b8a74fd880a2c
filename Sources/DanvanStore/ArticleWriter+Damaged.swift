internal import DanvanModel
internal import DanvanSQLite

/// Taking out what can no longer be read.
extension ArticleWriter {
  /// Takes out the rows of an article whose record, text or facts fail their checksum.
  ///
  /// Its entries in the indexes go by what the indexes hold of it, so that all their terms are read, and its
  /// rows in the register by its number, so that all of those are looked at: seconds for tens of thousands of
  /// articles.
  mutating func clearDamaged(_ id: Int64) throws {
    try register.removeAll(of: id)
    try count(id, under: [])
    try provenance.ungroup(id)
    for index in ["article_index", "name_index", "rank_index"] { try unindex(id, in: index) }
    let unorder = try SQLStatement(db, "DELETE FROM title_order WHERE article = ?1")
    unorder.bind(1, id)
    try unorder.run()
    try deleteRows(of: id)
  }

  /// Takes an article out of an index by the terms that are there.
  func unindex(_ id: Int64, in index: String) throws {
    var columns: [String: [(place: Int64, term: [UInt8])]] = [:]
    try db.execute(
      sql: """
        CREATE VIRTUAL TABLE temp.occurrence USING fts5vocab ('main', '\(index)', 'instance')
        """)
    defer { try? db.execute(sql: "DROP TABLE temp.occurrence") }
    let terms = try SQLStatement(
      db, "SELECT col, offset, CAST(term AS BLOB) FROM temp.occurrence WHERE doc = ?1")
    terms.bind(1, id)
    defer { terms.reset() }
    while try terms.step() {
      guard let column = terms.text(0) else { continue }
      // Without places where the index keeps none.
      columns[column, default: []].append(
        (terms.isNull(1) ? -1 : terms.integer(1), terms.blob(2)))
    }
    guard !columns.isEmpty else { return }
    let named = columns.sorted { $0.key < $1.key }
    let delete = try SQLStatement(
      db,
      """
      INSERT INTO \(index) (\(index), rowid, \(named.map(\.key).joined(separator: ", ")))
      VALUES ('delete', ?1, \(named.indices.map { "?\($0 + 2)" }.joined(separator: ", ")))
      """)
    delete.bind(1, id)
    for (number, column) in named.enumerated() {
      delete.bind(Int32(number + 2), text: TermStream(of: column.value).bytes)
    }
    try delete.run()
  }
}
