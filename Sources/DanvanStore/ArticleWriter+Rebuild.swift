internal import DanvanModel
internal import DanvanSQLite

/// What rebuilds write.
extension ArticleWriter {
  /// Puts other facts in the place of those that the article has, with an event. Where they are the
  /// same only the rule set is noted; returns whether they were others, or damaged.
  mutating func replaceFacts(
    of article: StoredArticle, with facts: Facts, interning table: inout InternTable,
    tokenizer: any SearchTokenizer
  ) throws -> Bool {
    let id = article.id.value
    let ruleSet = try table.number(ofRuleSet: facts.ruleSet, on: db)
    var known = article.facts ?? Facts()
    known.ruleSet = facts.ruleSet
    let isDamaged = try !factsAreWhole(of: id)
    guard known != facts || isDamaged else {
      try db.execute(
        sql: "UPDATE article SET rule_set = ? WHERE id = ? AND rule_set <> ?",
        arguments: [ruleSet, id, ruleSet])
      if db.changesCount > 0 { try renewSeal(of: id) }
      return false
    }
    let header = article.header
    if isDamaged {
      // What they wrote into the register and the index cannot be told from them.
      try register.removeAll(of: id)
      try unindex(id, in: "name_index")
    } else {
      try register.remove(RegisterRows(article, tokenizer: tokenizer), of: id)
      try removeNames(id, NameColumns(publisher: header.publisher, facts: known))
    }
    try addNames(id, NameColumns(publisher: header.publisher, facts: facts))
    try count(
      id,
      under: FacetNames(publisher: header.publisher, facts: facts).hashes(tokenizer)
        .map { ($0.facet, $0.hash) })
    try db.execute(sql: "DELETE FROM fact WHERE article = ?", arguments: [id])
    let rows = facts.rows
    try addFacts(rows, of: id, text: article.text ?? "", interning: &table)
    let day = header.sortDay(facts.date)
    try register.add(
      RegisterRows(facts, day: day, published: header.published, tokenizer: tokenizer), of: id)
    try db.execute(
      sql: """
        UPDATE article SET rule_set = ?, day = ?, date = ?, date_basis = ?, source = ?,
          language = ?, fact_count = ? WHERE id = ?
        """,
      arguments: [
        ruleSet, day, facts.date?.date.description, facts.date?.basis, facts.source,
        facts.language?.rawValue, rows.count, id,
      ])
    try renewSeal(of: id)
    _ = try log(.factsRebuilt, article: id)
    return true
  }

  private func factsAreWhole(of id: Int64) throws -> Bool {
    let select = try SQLStatement(
      db, "SELECT 1 FROM fact WHERE article = ?1 AND \(Seal.fact.holds)")
    select.bind(1, id)
    defer { select.reset() }
    return try select.step()
  }

  /// After a change of the article's row, whose seal was looked at before.
  private func renewSeal(of id: Int64) throws {
    let renew = try SQLStatement(db, "\(Seal.article.renewal) WHERE id = ?1")
    renew.bind(1, id)
    try renew.run()
  }

  /// Puts what its document reads as now in the place of an article, with an event; the document is no
  /// other, so it is no other revision.
  mutating func reread(
    _ article: StoredArticle, as record: ArticleRecord, interning table: inout InternTable,
    tokenizer: any SearchTokenizer
  ) throws -> ArticleTraits {
    let (id, revision) = (article.id.value, Int64(article.header.revision))
    let revised = try Int64.fetchOne(
      db, sql: "SELECT revised FROM article WHERE id = ?", arguments: [id])
    try clear(article, tokenizer)
    _ = try log(.updated, article: id)
    // It came when it came: its place among the texts stays.
    let traits = try write(
      record, as: id, revision: revision, sequence: article.header.sequence,
      arrived: (article.header.ingested, revised), interning: &table)
    if let origin = record.provenance {
      try provenance.keep(origin, of: id, revision: revision)
      if let signature = origin.signature { try provenance.group(id, by: signature) }
    }
    return traits
  }

  /// Notes how a document was read where that gave the article that there is.
  func noteReading(_ record: ArticleRecord, of article: StoredArticle) throws {
    guard let origin = record.provenance else { return }
    try provenance.noteReading(
      origin, of: article.id.value, revision: Int64(article.header.revision))
  }

  /// The mark behind the last event of a rebuild; it is of no article.
  func logRebuildEnded() throws { _ = try log(.rebuildEnded, article: 0) }

  /// The newest event.
  func head() throws -> Int64 { try Snapshot.headSequence(on: db) }
}
