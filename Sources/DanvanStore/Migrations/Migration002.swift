extension Migration {
  /// Revisions of an article, events by commit, named subscriptions.
  static let migration002 = Migration(
    number: 2,
    sql: """
      -- Counts from 1; `sequence` and the text's columns are those of the newest revision.
      ALTER TABLE article ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
      CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;

      -- The texts that an article had before, as they came; columns as in `article`. sequence: of the
      -- event that brought this one.
      CREATE TABLE revision (
        article INTEGER NOT NULL,
        number INTEGER NOT NULL,
        identity BLOB NOT NULL,
        sha256 BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        title TEXT,
        publisher TEXT,
        published TEXT,
        text_count INTEGER NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (article, number)
      ) STRICT;
      CREATE INDEX revision_identity ON revision (identity);

      -- commit_number: the same for all events of one transaction; 0 where that was not kept.
      ALTER TABLE event ADD COLUMN commit_number INTEGER NOT NULL DEFAULT 0;

      -- sequence: everything up to it is acknowledged. created, acknowledged: nanoseconds since 1970.
      CREATE TABLE subscription (
        name TEXT PRIMARY KEY,
        query TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        created INTEGER NOT NULL,
        acknowledged INTEGER
      ) STRICT, WITHOUT ROWID;
      """)
}
