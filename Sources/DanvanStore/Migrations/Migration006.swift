extension Migration {
  /// Kept documents are read anew by newer readers: a second kind of rebuild. From here on `original.body`
  /// is a difference against the text; see `OriginalBody`.
  static let migration006 = Migration(
    number: 6,
    sql: """
      -- One row a kind of rebuild, the one under way or the last: 1, facts by another rule set; 2, texts and
      -- facts by another reader. updated: articles whose text or metadata changed. Else as before.
      ALTER TABLE rebuild RENAME TO rebuild_of_facts;
      CREATE TABLE rebuild (
        kind INTEGER PRIMARY KEY,
        rule_set INTEGER NOT NULL,
        everything INTEGER NOT NULL,
        next INTEGER NOT NULL,
        last INTEGER NOT NULL,
        total INTEGER NOT NULL,
        done INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        updated INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL,
        started INTEGER NOT NULL,
        ended INTEGER
      ) STRICT;
      INSERT INTO rebuild (kind, rule_set, everything, next, last, total, done, changed, failed, started, ended)
        SELECT 1, rule_set, everything, next, last, total, done, changed, failed, started, ended
        FROM rebuild_of_facts;
      DROP TABLE rebuild_of_facts;

      -- The articles still to be read anew, and those that could not be, of the re-reading under way or the
      -- last.
      CREATE TABLE reread_queue (article INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE reread_fault (article INTEGER PRIMARY KEY, reason TEXT NOT NULL) STRICT;
      """)
}
