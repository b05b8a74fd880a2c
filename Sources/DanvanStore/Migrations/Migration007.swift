extension Migration {
  /// When later revisions came, and the texts in the order in which they came.
  static let migration007 = Migration(
    number: 7,
    sql: """
      -- revised: when this text came, where it is not an article's first; nanoseconds since 1970-01-01.
      -- NULL where the event of before had been removed already.
      ALTER TABLE article ADD COLUMN revised INTEGER;
      ALTER TABLE revision ADD COLUMN revised INTEGER;
      UPDATE article SET revised = (SELECT time FROM event WHERE event.sequence = article.sequence)
        WHERE revision > 1;
      UPDATE revision SET revised = (SELECT time FROM event WHERE event.sequence = revision.sequence)
        WHERE number > 1;

      CREATE INDEX article_sequence ON article (sequence);
      CREATE INDEX revision_sequence ON revision (sequence);
      """)
}
