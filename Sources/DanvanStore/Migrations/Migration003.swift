extension Migration {
  /// Saved searches and tags on articles, which are ground, for people made them; and what facets
  /// are counted from.
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
      """)
}
