internal import DanvanModel
internal import DanvanSQLite

/// Writes what comes from another store besides texts: an article's tags, sightings and notes on directives;
/// saved searches, rulings. What is there already is joined, and doing it twice changes nothing.
struct ArrivalWriter {
  let db: Database

  func join(_ arrival: Arrival, to id: Int64) throws {
    if let standing = arrival.text.standing { try join(standing, to: id) }
  }

  func join(_ standing: ExchangedStanding, to id: Int64) throws {
    for name in standing.tags {
      try run("INSERT INTO tag (name) VALUES (?1) ON CONFLICT DO NOTHING") { $0.bind(1, name) }
      try run(
        """
        INSERT OR IGNORE INTO article_tag (tag, article)
        SELECT id, ?2 FROM tag WHERE name = ?1
        """
      ) {
        $0.bind(1, name)
        $0.bind(2, id)
      }
    }
    for seen in standing.sightings {
      try run(
        """
        INSERT INTO sighting (article, source, url, first, last, times)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO UPDATE SET first = min(first, ?4), last = max(last, ?5),
          times = max(times, ?6)
        """
      ) {
        $0.bind(1, id)
        $0.bind(2, seen.source)
        $0.bind(3, seen.url)
        $0.bind(4, seen.first)
        $0.bind(5, seen.last)
        $0.bind(6, seen.times)
      }
    }
    for mark in standing.marks { try join(mark, to: id) }
  }

  private func join(_ mark: StoredMark, to id: Int64) throws {
    try run(
      """
      INSERT INTO directive_mark
        (article, start, end, status, due, owner, note, time, words, before, after)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE NOT EXISTS (
        SELECT 1 FROM directive_mark WHERE article = ?1 AND start = ?2 AND end = ?3
          AND status IS ?4 AND due IS ?5 AND owner IS ?6 AND note IS ?7 AND time = ?8)
      """
    ) {
      $0.bind(1, id)
      $0.bind(2, Int64(mark.range.start))
      $0.bind(3, Int64(mark.range.end))
      $0.bind(4, mark.status)
      $0.bind(5, mark.due)
      $0.bind(6, mark.owner)
      $0.bind(7, mark.note)
      $0.bind(8, mark.time)
      $0.bind(9, mark.anchor?.words)
      $0.bind(10, mark.anchor?.before)
      $0.bind(11, mark.anchor?.after)
    }
  }

  func join(_ search: SavedSearch) throws -> IntakeOutcome {
    let find = try SQLStatement(db, "SELECT query FROM saved_search WHERE name = ?1")
    find.bind(1, search.name)
    let known = try find.step() ? find.text(0) : nil
    find.reset()
    if let known { return known == search.query ? .known : .kept }
    try run("INSERT INTO saved_search (name, query, saved) VALUES (?1, ?2, ?3)") {
      $0.bind(1, search.name)
      $0.bind(2, search.query)
      $0.bind(3, search.saved)
    }
    return .added
  }

  /// Throws `invalidArgument` where an article that the ruling names is not here.
  func join(_ ruling: ExchangedRuling) throws -> IntakeOutcome {
    let entity = try number(of: ruling.entity)
    let other = try ruling.other.map(number) ?? 0
    try run(
      """
      INSERT INTO entity_ruling (kind, verb, name, article, other_name, other_article, text, time)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (
        SELECT 1 FROM entity_ruling WHERE kind = ?1 AND verb = ?2 AND name = ?3 AND article = ?4
          AND other_name = ?5 AND other_article = ?6 AND text = ?7 AND time = ?8)
      """
    ) {
      $0.bind(1, ruling.kind.rawValue)
      $0.bind(2, ruling.verb.rawValue)
      $0.bind(3, ruling.entity.name)
      $0.bind(4, entity)
      $0.bind(5, ruling.other?.name ?? "")
      $0.bind(6, other)
      $0.bind(7, ruling.text)
      $0.bind(8, ruling.time)
    }
    return db.changesCount > 0 ? .added : .known
  }

  /// The number here of the article in which a name is meant; 0 for wherever it stands.
  private func number(of bearer: ExchangedRuling.Bearer) throws -> Int64 {
    guard let identity = bearer.article else { return 0 }
    guard let known = try KnownTexts(db).receipt(of: identity) else {
      throw DanvanError.invalid("a ruling on '\(bearer.name)' names an article that is not here")
    }
    return known.id.value
  }

  private func run(_ sql: String, _ bind: (SQLStatement) -> Void) throws {
    let statement = try SQLStatement(db, sql)
    bind(statement)
    try statement.run()
  }
}

extension KnownTexts {
  /// The article that a text from another store is a new revision of: the one with the text before it. Nil
  /// for a first text, and for one that is there: a page may go back to a text that it had, but that very
  /// revision comes once.
  func article(revisedBy identity: [UInt8], _ arrival: Arrival) throws -> ArticleID? {
    guard let previous = arrival.text.previous else { return nil }
    guard try receipt(of: identity) != nil else { return try receipt(of: previous)?.id }
    guard let page = try article(having: previous), try article(having: identity) == nil,
      try !hasRevision(identity, of: page, at: arrival.text.time)
    else { return nil }
    return page
  }

  private func hasRevision(_ identity: [UInt8], of page: ArticleID, at time: Int64) throws -> Bool {
    let find = try SQLStatement(
      db,
      """
      SELECT 1 FROM revision WHERE article = ?1 AND identity = ?2
        AND number > 1 AND coalesce(revised, ?3) = ?3
      """)
    find.bind(1, page.value)
    find.bind(2, blob: identity)
    find.bind(3, time)
    defer { find.reset() }
    return try find.step()
  }
}

extension Arrival {
  /// The number for a new article, `next` being the first that this store has not given yet.
  ///
  /// Numbers are never given twice, so one below is taken, whatever has become of its article. Throws
  /// `alreadyExists` where it was to be kept and cannot be, `invalidArgument` for one so far above that
  /// the tables in memory, which have a place for each number, would be mostly empty.
  func number(next: Int64) throws -> Int64 {
    guard text.id.value < next + Self.greatestGap else {
      throw DanvanError.invalid(
        "the number \(text.id) is more than \(Self.greatestGap) above the last one here")
    }
    if text.id.value >= next { return text.id.value }
    guard !keepsNumber else {
      throw DanvanError(
        .alreadyExists, "the number \(text.id) is taken here, and another was not to be given")
    }
    return next
  }

  private static let greatestGap: Int64 = 1 << 24
}

extension ArticleWriter {
  /// Joins what comes with a text that is there. Throws `aborted` where it is no longer, or where it has
  /// become a further revision.
  func join(_ arrival: Arrival, having identity: [UInt8]) throws -> Receipt {
    let known = KnownTexts(db)
    guard let receipt = try known.receipt(of: identity),
      try known.article(revisedBy: identity, arrival) == nil
    else {
      throw DanvanError(.aborted, "the text of article \(arrival.text.id) is no longer known")
    }
    try arrivals.join(arrival, to: receipt.id.value)
    return receipt
  }

  /// What it came from and where it was seen; for a text from another store as stated.
  func addProvenance(of record: ArticleRecord, to id: Int64, revision: Int64) throws {
    guard let arrival = record.arrival else {
      if let origin = record.provenance { try provenance.add(origin, of: id, revision: revision) }
      return
    }
    if let origin = record.provenance { try provenance.keep(origin, of: id, revision: revision) }
    guard let standing = arrival.text.standing else { return }
    try arrivals.join(standing, to: id)
    guard let signature = record.provenance?.signature else { return }
    let head = try standing.copyOf.flatMap { try KnownTexts(db).receipt(of: $0)?.id.value } ?? id
    try provenance.group(id, by: signature, under: arrival.regroups ? nil : head)
  }
}
