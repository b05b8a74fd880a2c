extension Migration {
  /// What articles came from, where else they were seen, and which are copies of one another.
  ///
  /// Originals and sightings are ground; signatures and groups are derived from the texts. Articles
  /// of before have none of them.
  static let migration005 = Migration(
    number: 5,
    sql: """
      -- One row a revision. given: what the sender stated, JSON. reading: how it was read, JSON. body: the bytes as they
      -- came, one zlib stream; NULL where they are those of the stored text.
      CREATE TABLE original (
        article INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        reader INTEGER NOT NULL,
        author TEXT,
        given TEXT NOT NULL,
        reading TEXT NOT NULL,
        count INTEGER NOT NULL,
        body BLOB,
        PRIMARY KEY (article, revision)
      ) STRICT;

      -- One row a place where the same text was seen; first, last: nanoseconds since 1970-01-01.
      CREATE TABLE sighting (
        article INTEGER NOT NULL,
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (article, source, url)
      ) STRICT, WITHOUT ROWID;

      -- signature: minima of 48 hashes, 32 bits each, low byte first. head: the oldest article of the
      -- group of copies, itself where it is alone.
      CREATE TABLE copy (
        article INTEGER PRIMARY KEY,
        head INTEGER NOT NULL,
        signature BLOB NOT NULL
      ) STRICT;
      CREATE INDEX copy_head ON copy (head);

      -- hash: of three neighbouring minima and their place.
      CREATE TABLE copy_band (
        hash INTEGER NOT NULL,
        article INTEGER NOT NULL,
        PRIMARY KEY (hash, article)
      ) STRICT, WITHOUT ROWID;
      """)
}
