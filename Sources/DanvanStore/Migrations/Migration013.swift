extension Migration {
  /// The language of each article, which the rebuild of facts finds, and the order of headlines, which is filled
  /// when the store is opened.
  static let migration013 = Migration(
    number: 13,
    sql: """
      -- language: vi, en or und; NULL until a rule set that tells it has read the article.
      ALTER TABLE article ADD COLUMN language TEXT;
      -- A seal that was broken stays so.
      UPDATE article SET seal = danvan_seal(identity, sha256, day, sequence, ingested, rule_set, title,
        url, publisher, published, date, date_basis, source, text_count, id, fact_count, revision,
        revised, language)
      WHERE seal IS danvan_seal(identity, sha256, day, sequence, ingested, rule_set, title,
        url, publisher, published, date, date_basis, source, text_count, id, fact_count, revision,
        revised);
      -- What the start reads of every article.
      DROP INDEX article_day;
      CREATE INDEX article_day ON article (day, fact_count, language);

      -- title: a key that sorts as headlines do; see SearchTokenizer.sortKey.
      CREATE TABLE title_order (
        title BLOB NOT NULL,
        article INTEGER NOT NULL,
        PRIMARY KEY (title, article)
      ) STRICT, WITHOUT ROWID;
      UPDATE meta SET value = '' WHERE key = 'tokenizer';
      """)
}
