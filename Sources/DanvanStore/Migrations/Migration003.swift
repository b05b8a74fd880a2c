internal import DanvanModel
internal import DanvanSQLite
internal import DanvanZlib

extension Migration {
  /// Saved searches and tags on articles, which are ground, for people made them; what facets
  /// are counted from; and the facts of an article as one value in place of rows.
  static let migration003 = Migration(
    number: 3,
    sql: """
      CREATE TABLE saved_search (
        name TEXT PRIMARY KEY,
        query TEXT NOT NULL,
        saved INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE tag (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE article_tag (
        tag INTEGER NOT NULL,
        article INTEGER NOT NULL,
        PRIMARY KEY (tag, article)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX article_tag_article ON article_tag (article);

      -- Derived: the names that 64 neighbouring articles are counted under; see FacetBlock.
      CREATE TABLE facet_block (
        block INTEGER PRIMARY KEY,
        names BLOB NOT NULL
      ) STRICT;

      -- facts: see FactBlob.
      ALTER TABLE fact RENAME TO fact_row;
      CREATE TABLE fact (
        article INTEGER PRIMARY KEY,
        facts BLOB NOT NULL
      ) STRICT;

      -- Preset dictionaries of the texts' zlib streams, which name theirs by its Adler-32.
      CREATE TABLE dictionary (
        id INTEGER PRIMARY KEY,
        adler INTEGER NOT NULL UNIQUE,
        bytes BLOB NOT NULL
      ) STRICT;

      -- What relevance is ranked by: the headline's terms, and those that the text is about; see
      -- RankTerms.
      CREATE VIRTUAL TABLE rank_index USING fts5 (
        title, high,
        content = '', columnsize = 0, detail = column, tokenize = 'danvan'
      );

      -- Both indexes and the facets are made anew when the store is opened.
      UPDATE meta SET value = '' WHERE key = 'tokenizer';
      """,
    step: { db in
      let articles = try SQLStatement(
        db, "SELECT id, text_count, body FROM article ORDER BY id")
      while try articles.step() {
        let text = try Zlib.inflate(articles.blob(2), length: Int(articles.integer(1)))
        try text.withUnsafeBufferPointer { try packFacts(of: articles.integer(0), in: $0, on: db) }
      }
      articles.reset()
      try db.execute(sql: "DROP TABLE fact_row")
    })

  private static func packFacts(
    of article: Int64, in text: UnsafeBufferPointer<UInt8>, on db: Database
  ) throws {
    // A row's rule is a number already; it goes through as the name of its evidence.
    let rows = try db.rows(
      """
      SELECT start, length, kind, text, more, rule, agent, value
      FROM fact_row WHERE article = ?1 ORDER BY number
      """, arguments: [article]
    ) { row -> FactRow in
      let (start, length) = (Int(row.integer(0)), Int(row.integer(1)))
      guard let kind = FactKind(rawValue: row.integer(2)), 0 <= start, start <= text.count,
        0 <= length, length <= text.count - start,
        let words = row.text(3)
          ?? String(validating: text[start..<start + length], as: UTF8.self),
        let more = row.text(4).map(FactAttributes.read) ?? FactAttributes()
      else {
        throw DanvanError(.dataLoss, "article \(article): one of its facts cannot be read")
      }
      return FactRow(
        kind: kind, range: TextRange(start, start + length),
        evidence: Evidence(rule: String(row.integer(5)), confidence: 0), text: words,
        agent: row.text(6), value: row.text(7), more: more)
    }
    let facts = FactBlob.encode(rows, in: text) { Int64($0.rule) ?? 0 }
    let insert = try SQLStatement(db, "INSERT INTO fact (article, facts) VALUES (?1, ?2)")
    insert.bind(1, article)
    insert.bind(2, blob: facts)
    try insert.run()
  }
}
