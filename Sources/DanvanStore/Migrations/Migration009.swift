extension Migration {
  /// Topics among the indexed names. The index is filled anew when the store is opened.
  static let migration009 = Migration(
    number: 9,
    sql: """
      DROP TABLE name_index;
      CREATE VIRTUAL TABLE name_index USING fts5 (
        person, post, organization, place, source, publisher, instrument, campaign, kind, topic,
        content = '', columnsize = 0, tokenize = 'danvan_names'
      );
      UPDATE meta SET value = '' WHERE key = 'tokenizer';
      """)
}
