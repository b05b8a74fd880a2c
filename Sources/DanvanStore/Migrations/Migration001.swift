extension Migration {
  /// The first schema.
  ///
  /// Articles and events are ground; facts, terms and both indexes are derived from them.
  static let migration001 = Migration(
    number: 1,
    sql: """
      CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value ANY NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE rule_set (
        id INTEGER PRIMARY KEY,
        version TEXT NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE rule (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        confidence REAL NOT NULL,
        UNIQUE (name, confidence)
      ) STRICT;

      -- identity: half the SHA-256 of the canonical text, by which an article is kept once.
      -- sha256: of the text itself; verified at every read. body: the text, one zlib stream.
      -- day: the sort key, in days since 1970-01-01. ingested: nanoseconds since then.
      CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        identity BLOB NOT NULL,
        sha256 BLOB NOT NULL,
        day INTEGER,
        sequence INTEGER NOT NULL,
        ingested INTEGER NOT NULL,
        rule_set INTEGER NOT NULL,
        title TEXT,
        url TEXT,
        publisher TEXT,
        published TEXT,
        date TEXT,
        date_basis TEXT,
        source TEXT,
        fact_count INTEGER NOT NULL,
        text_count INTEGER NOT NULL,
        body BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX article_identity ON article (identity);
      CREATE INDEX article_day ON article (day, fact_count);

      -- start, length: UTF-8 bytes of the article's text. text: NULL where it is the same as those
      -- bytes. agent: whom the fact is about: a PERSON's full name, a TITLE's holder, a speaker, an
      -- issuer. value: a TIME's value, an event's or a directive's time. more: rarer attributes, JSON.
      CREATE TABLE fact (
        article INTEGER NOT NULL,
        number INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        rule INTEGER NOT NULL,
        start INTEGER NOT NULL,
        length INTEGER NOT NULL,
        text TEXT,
        agent TEXT,
        value TEXT,
        more TEXT,
        PRIMARY KEY (article, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        kind INTEGER NOT NULL,
        article INTEGER NOT NULL,
        time INTEGER NOT NULL
      ) STRICT;

      -- Every term with a letter in it, in the order of its first appearance; plain: NULL where it
      -- is the same. Unmarked syllables of a query are looked up here.
      CREATE TABLE term (
        id INTEGER PRIMARY KEY,
        canonical BLOB NOT NULL,
        plain BLOB
      ) STRICT;

      CREATE VIEW article_text (id, title, text) AS
        SELECT id, title, danvan_inflate(body, text_count) FROM article;

      CREATE VIRTUAL TABLE article_index USING fts5 (
        title, text,
        content = 'article_text', content_rowid = 'id', tokenize = 'danvan'
      );

      CREATE VIRTUAL TABLE name_index USING fts5 (
        person, post, organization, place, source, publisher, instrument, campaign, kind,
        content = '', columnsize = 0, tokenize = 'danvan_names'
      );
      """)
}
