extension Migration {
  /// Checksums over what is told of articles, and over the log; see `Seal`. What is there is sealed as it is.
  static let migration011 = Migration(
    number: 11,
    sql: """
      ALTER TABLE article ADD COLUMN seal INTEGER;
      UPDATE article SET seal = danvan_seal(identity, sha256, day, sequence, ingested, rule_set, title,
        url, publisher, published, date, date_basis, source, text_count, id, fact_count, revision,
        revised);

      ALTER TABLE revision ADD COLUMN seal INTEGER;
      UPDATE revision SET seal = danvan_seal(article, number, identity, sha256, sequence, title,
        publisher, published, text_count, revised);

      ALTER TABLE fact ADD COLUMN seal INTEGER;
      UPDATE fact SET seal = danvan_seal(article, facts);

      ALTER TABLE original ADD COLUMN seal INTEGER;
      UPDATE original SET seal = danvan_seal(article, revision, media_type, reader, author, given,
        reading, count);

      ALTER TABLE event ADD COLUMN seal INTEGER;
      UPDATE event SET seal = danvan_seal(sequence, kind, article, time, commit_number);

      ALTER TABLE rule ADD COLUMN seal INTEGER;
      UPDATE rule SET seal = danvan_seal(name, confidence, said_by);
      ALTER TABLE rule_set ADD COLUMN seal INTEGER;
      UPDATE rule_set SET seal = danvan_seal(version);
      """)
}
