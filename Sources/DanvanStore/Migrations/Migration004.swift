extension Migration {
  /// The rebuild of facts after the rule set has changed.
  ///
  /// The index says which articles another rule set has read, which every start asks.
  static let migration004 = Migration(
    number: 4,
    sql: """
      CREATE INDEX article_rule_set ON article (rule_set);

      -- The rebuild that is under way, or was the last: one row. everything: also articles that this
      -- rule set has read already. next, last: the articles still to be looked at. started, ended:
      -- nanoseconds since 1970-01-01.
      CREATE TABLE rebuild (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        rule_set INTEGER NOT NULL,
        everything INTEGER NOT NULL,
        next INTEGER NOT NULL,
        last INTEGER NOT NULL,
        total INTEGER NOT NULL,
        done INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        started INTEGER NOT NULL,
        ended INTEGER
      ) STRICT;
      """)
}
