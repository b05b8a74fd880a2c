extension Migration {
  /// What people decide about facts: ground state, laid over what the rules find. A rule's number also says
  /// who, where the rule is a person's word.
  static let migration010 = Migration(
    number: 10,
    sql: """
      -- start, end: where its words stood in the article's text when it was made, in UTF-8 bytes; before,
      -- after: what stood around. uid: the user, as the kernel named him. time: nanoseconds since 1970-01-01.
      CREATE TABLE correction (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        words TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        why TEXT NOT NULL,
        who TEXT NOT NULL,
        uid INTEGER NOT NULL,
        time INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX correction_article ON correction (article);

      -- The fact that was wrong (is_right 0) and the one in its place (1), at least one of the two.
      -- start, length: in the text of that time. The other columns: see FactRow.
      CREATE TABLE correction_fact (
        correction INTEGER NOT NULL,
        is_right INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        start INTEGER NOT NULL,
        length INTEGER NOT NULL,
        text TEXT NOT NULL,
        agent TEXT,
        value TEXT,
        more TEXT,
        rule TEXT NOT NULL,
        confidence REAL NOT NULL,
        PRIMARY KEY (correction, is_right)
      ) STRICT, WITHOUT ROWID;

      -- What stood there and around when it was noted, so that the directive is found again in a text that was
      -- read anew; NULL for what was noted before.
      ALTER TABLE directive_mark ADD COLUMN words TEXT;
      ALTER TABLE directive_mark ADD COLUMN before TEXT;
      ALTER TABLE directive_mark ADD COLUMN after TEXT;

      -- said_by: empty for what a rule finds.
      CREATE TABLE rule_10 (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        confidence REAL NOT NULL,
        said_by TEXT NOT NULL,
        UNIQUE (name, confidence, said_by)
      ) STRICT;
      INSERT INTO rule_10 SELECT id, name, confidence, '' FROM rule;
      DROP TABLE rule;
      ALTER TABLE rule_10 RENAME TO rule;
      """)
}
