extension Migration {
  /// The register: which names and posts stand in which facts; and what people have ruled about them.
  ///
  /// The register is derived from the facts. Rulings on entities and marks on directives are ground; they
  /// name articles, places and normal forms, never rows of the register.
  static let migration008 = Migration(
    number: 8,
    sql: """
      -- canonical: its index terms joined by spaces, which all spellings share. plain: the same
      -- without marks.
      CREATE TABLE name (
        id INTEGER PRIMARY KEY,
        canonical TEXT NOT NULL UNIQUE,
        plain TEXT NOT NULL,
        text TEXT NOT NULL
      ) STRICT;
      CREATE INDEX name_plain ON name (plain);

      -- An office, with its body's name where it has one (0: none); canonical, plain: of both.
      CREATE TABLE post (
        id INTEGER PRIMARY KEY,
        canonical TEXT NOT NULL UNIQUE,
        plain TEXT NOT NULL,
        role TEXT NOT NULL,
        body TEXT,
        body_name INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX post_body ON post (body_name);

      -- name: 0 for the fact as such. role: see RegisterRole. day: days since 1970-01-01. number: of
      -- the fact among those of its kind in the article. detail: see RegisterRole.
      CREATE TABLE part (
        name INTEGER NOT NULL,
        role INTEGER NOT NULL,
        day INTEGER NOT NULL,
        article INTEGER NOT NULL,
        number INTEGER NOT NULL,
        detail INTEGER NOT NULL,
        PRIMARY KEY (name, role, day, article, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX part_person ON part (article) WHERE role = 1;

      -- Who is said to hold which post. firm: the article's day is stated, by its sender or itself, and
      -- not taken from what it tells.
      CREATE TABLE position (
        person INTEGER NOT NULL,
        day INTEGER NOT NULL,
        article INTEGER NOT NULL,
        number INTEGER NOT NULL,
        post INTEGER NOT NULL,
        firm INTEGER NOT NULL,
        PRIMARY KEY (person, day, article, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX position_post ON position (post, day);
      CREATE INDEX position_day ON position (day);

      -- verb: merge, split, rename. names: canonical. An article of 0: wherever the name stands. text:
      -- of a rename. time: nanoseconds since 1970-01-01.
      CREATE TABLE entity_ruling (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        verb TEXT NOT NULL,
        name TEXT NOT NULL,
        article INTEGER NOT NULL,
        other_name TEXT NOT NULL,
        other_article INTEGER NOT NULL,
        text TEXT NOT NULL,
        time INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX entity_ruling_name ON entity_ruling (kind, name);
      CREATE INDEX entity_ruling_other ON entity_ruling (kind, other_name);

      -- What people noted on the directive that stands at those bytes of the article's text. A column
      -- that is NULL was left as it was.
      CREATE TABLE directive_mark (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        status TEXT,
        due TEXT,
        owner TEXT,
        note TEXT,
        time INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX directive_mark_article ON directive_mark (article);
      """)
}
