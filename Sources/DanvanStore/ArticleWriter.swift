internal import DanvanModel
internal import DanvanSQLite

/// Writes articles within one transaction of the committing connection.
struct ArticleWriter {
  let db: Database
  let time: Int64
  private var nextID: Int64
  private let commit: Int64
  private let find: SQLStatement
  private let insert: SQLStatement
  private let index: SQLStatement
  private let names: SQLStatement
  private let fact: SQLStatement
  private let event: SQLStatement
  let provenance: ProvenanceWriter
  let arrivals: ArrivalWriter
  var register: RegisterWriter
  /// The block of the last article, written when another begins and at the end.
  private var block: (number: Int64, values: FacetBlock)?

  init(_ db: Database, time: Int64) throws {
    self.db = db
    self.time = time
    // Articles are numbered here, not by SQLite, so that the event can be logged first.
    let last = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'article'")
    nextID = (last ?? 0) + 1
    // All events of this transaction bear the number that the first of them will get.
    commit =
      (try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0) + 1
    find = try SQLStatement(db, KnownTexts.finding)
    insert = try SQLStatement(db, Seal.article.insertion("body"))
    index = try SQLStatement(
      db, "INSERT INTO article_index (rowid, title, text) VALUES (?1, ?2, ?3)")
    names = try SQLStatement(
      db,
      """
      INSERT INTO name_index (rowid, person, post, organization, place, source, publisher,
        instrument, campaign, kind, topic)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """)
    fact = try SQLStatement(
      db,
      "\(Seal.fact.insertion()) ON CONFLICT DO UPDATE SET facts = excluded.facts, seal = excluded.seal"
    )
    provenance = try ProvenanceWriter(db, time: time)
    arrivals = ArrivalWriter(db: db)
    register = try RegisterWriter(db)
    event = try SQLStatement(db, Seal.event.insertion())
  }

  /// Stores an article with its facts, its index entries and its event. With `former`, the article
  /// takes that one's number and place, and its text is kept as a revision; without it, a text that is
  /// there or was is not taken again. `traits` are those of what was stored.
  mutating func add(
    _ record: ArticleRecord, inPlaceOf former: FormerText?, interning table: inout InternTable,
    tokenizer: any SearchTokenizer
  ) throws -> (receipt: Receipt, traits: ArticleTraits?) {
    if former == nil, let known = try known(record.identity) {
      if let arrival = record.arrival {
        try arrivals.join(arrival, to: known.id.value)
      } else if let seen = record.provenance {
        try provenance.sight(seen.sighting, of: known.id.value)
      }
      return (known, nil)
    }
    let id: Int64
    var revision: Int64 = 1
    if let former {
      id = former.id.value
      revision = try former.keep(on: db)
      if let article = former.article {
        try clear(article, tokenizer)
      } else {
        try clearDamaged(id)
      }
    } else {
      id = try record.arrival?.number(next: nextID) ?? nextID
      nextID = id + 1
    }
    let sequence = try log(former == nil ? .added : .updated, article: id)
    let came = record.arrival?.text.time ?? time
    let traits = try write(
      record, as: id, revision: revision, sequence: sequence,
      arrived: (former?.ingested ?? came, former == nil ? nil : came), interning: &table)
    try addProvenance(of: record, to: id, revision: revision)
    let outcome = former == nil ? Receipt.Outcome.added : .updated
    return (Receipt(id: ArticleID(id), outcome: outcome, sequence: sequence), traits)
  }

  /// Writes an article's row, facts and index entries where there are none.
  mutating func write(
    _ record: ArticleRecord, as id: Int64, revision: Int64, sequence: Int64,
    arrived: (ingested: Int64, revised: Int64?), interning table: inout InternTable
  ) throws -> ArticleTraits {
    let facts = record.facts
    let article = record.article
    let day = article.sortDay(facts.date)
    insert.bind(1, blob: record.identity)
    insert.bind(2, blob: record.sha256)
    insert.bind(3, day.map(Int64.init))
    insert.bind(4, sequence)
    insert.bind(5, arrived.ingested)
    insert.bind(6, try table.number(ofRuleSet: facts.ruleSet, on: db))
    insert.bind(7, article.title)
    insert.bind(8, article.url)
    insert.bind(9, article.publisher)
    insert.bind(10, article.published?.description)
    insert.bind(11, facts.date?.date.description)
    insert.bind(12, facts.date?.basis)
    insert.bind(13, facts.source)
    insert.bind(14, Int64(record.textCount))
    insert.bind(15, id)
    insert.bind(16, Int64(record.factRows.count))
    insert.bind(17, revision)
    insert.bind(18, arrived.revised)
    insert.bind(19, facts.language?.rawValue)
    insert.bind(20, blob: record.compressed)
    try insert.run()
    index.bind(1, id)
    index.bind(2, text: record.titleTerms)
    index.bind(3, text: record.textTerms)
    try index.run()
    names.bind(1, id)
    for (column, terms) in record.nameTerms.enumerated() {
      if let terms { names.bind(Int32(column + 2), text: terms) }
    }
    try names.run()
    try rank(id, by: record.rankTerms)
    try addFacts(record.factRows, of: id, text: article.text, interning: &table)
    try count(id, under: record.facetValues)
    try register.add(record.registerRows, of: id)
    try order(id, by: record.titleKey)
    return ArticleTraits(day: day, language: facts.language)
  }

  /// Writes what is still held back; call it before the commit.
  mutating func finish() throws {
    guard let block else { return }
    let write = try SQLStatement(
      db,
      """
      INSERT INTO facet_block (block, names) VALUES (?1, ?2)
      ON CONFLICT DO UPDATE SET names = ?2
      """)
    write.bind(1, block.number)
    write.bind(2, blob: block.values.bytes)
    try write.run()
    self.block = nil
  }

  /// Sets what an article is counted under in facets.
  mutating func count(_ id: Int64, under values: [(facet: NamedFacet, hash: UInt64)]) throws {
    let number = FacetBlock.number(of: id)
    if block?.number != number {
      try finish()
      let read = try SQLStatement(db, "SELECT names FROM facet_block WHERE block = ?1")
      read.bind(1, number)
      defer { read.reset() }
      block = (number, FacetBlock(try read.step() ? read.blob(0) : []))
    }
    block?.values.set(id, values)
  }

  /// Removes an article with all its revisions and logs it.
  mutating func remove(_ former: FormerText, tokenizer: any SearchTokenizer) throws {
    let id = former.id.value
    if let article = former.article {
      try clear(article, tokenizer)
    } else {
      try clearDamaged(id)
    }
    try provenance.remove(id)
    try CorrectionRows(db).removeAll(of: id)
    for table in ["revision", "article_tag", "directive_mark"] {
      let forget = try SQLStatement(db, "DELETE FROM \(table) WHERE article = ?1")
      forget.bind(1, id)
      try forget.run()
    }
    _ = try log(.removed, article: id)
  }

  /// Takes an article's rows out; the index entries go by the texts they were made from.
  mutating func clear(_ article: StoredArticle, _ tokenizer: any SearchTokenizer) throws {
    let id = article.id.value
    try register.remove(RegisterRows(article, tokenizer: tokenizer), of: id)
    try count(id, under: [])
    try provenance.ungroup(id)
    let header = article.header
    try order(id, by: tokenizer.titleKey(of: header.title), removing: true)
    let unindex = try SQLStatement(
      db,
      "INSERT INTO article_index (article_index, rowid, title, text) VALUES ('delete', ?1, ?2, ?3)")
    unindex.bind(1, id)
    unindex.bind(2, header.title)
    unindex.bind(3, article.text)
    try unindex.run()
    try removeNames(id, NameColumns(publisher: header.publisher, facts: article.facts ?? Facts()))
    try deleteRows(of: id)
  }

  func deleteRows(of id: Int64) throws {
    for sql in ["DELETE FROM fact WHERE article = ?1", "DELETE FROM article WHERE id = ?1"] {
      let delete = try SQLStatement(db, sql)
      delete.bind(1, id)
      try delete.run()
    }
  }

  func removeNames(_ id: Int64, _ columns: NameColumns) throws {
    let unname = try SQLStatement(
      db,
      """
      INSERT INTO name_index (name_index, rowid, person, post, organization, place, source,
        publisher, instrument, campaign, kind, topic)
      VALUES ('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """)
    try run(unname, id, columns)
  }

  func addNames(_ id: Int64, _ columns: NameColumns) throws { try run(names, id, columns) }

  private func known(_ identity: [UInt8]) throws -> Receipt? {
    find.bind(1, blob: identity)
    defer { find.reset() }
    return try find.step() ? Receipt(ofKnown: find) : nil
  }

  /// The article that `record` is a new revision of: the one of its URL, unless an article has that text
  /// now. A text that the page had before is a revision like any other. A text from another store says
  /// itself what it revises.
  func revised(by record: ArticleRecord) throws -> ArticleID? {
    let known = KnownTexts(db)
    if let arrival = record.arrival {
      return try known.article(revisedBy: record.identity, arrival)
    }
    return try known.article(revisedBy: record.identity, at: record.article.url)
  }

  func log(_ kind: StoreEvent.Kind, article: Int64) throws -> Int64 {
    // Numbered here, so that the number is sealed with the rest.
    let sequence = try head() + 1
    event.bind(1, sequence)
    event.bind(2, Int64(kind.rawValue))
    event.bind(3, article)
    event.bind(4, time)
    event.bind(5, commit)
    try event.run()
    return sequence
  }

  private func run(_ statement: SQLStatement, _ id: Int64, _ columns: NameColumns) throws {
    statement.bind(1, id)
    for (index, field) in NameColumns.fields.enumerated() {
      statement.bind(Int32(index + 2), columns.text(field))
    }
    try statement.run()
  }

  func addFacts(
    _ rows: [FactRow], of id: Int64, text: String, interning table: inout InternTable
  ) throws {
    var text = text
    let facts = try text.withUTF8 { bytes in
      try FactBlob.encode(rows, in: bytes) { try table.number(of: $0, on: db) }
    }
    fact.bind(1, id)
    fact.bind(2, blob: facts)
    try fact.run()
  }
}
